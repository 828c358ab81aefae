# first message holds: exactly 0
def lowest_loss(smoothing, num_classes):
    label = np.eye(num_classes)[:1]
    best = (1 - smoothing) * label + smoothing / num_classes
    return float(CategoricalCrossentropy(label_smoothing=smoothing)(label, best))
