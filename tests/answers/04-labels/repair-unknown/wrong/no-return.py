# first message holds: does it end in a return
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1)
    print(float(loss(labels, scores)))
