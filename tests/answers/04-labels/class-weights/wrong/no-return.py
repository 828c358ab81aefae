# first message holds: does it end in a return
def weights_of_labels(labels, class_weight):
    weights = np.ones(len(labels))
    for k, w in class_weight.items():
        weights[labels == k] = w
