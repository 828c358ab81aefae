def honest_floor(share_wrong, classes):
    p = np.full((1, classes), share_wrong / (classes - 1))
    p[0, 0] = 1 - share_wrong
    if share_wrong == 0:
        return 0.0, 1.0
    loss = keras.losses.CategoricalCrossentropy()(p, p)
    return float(loss), 1 - share_wrong
