# first message holds: 0.1, 0.8, 0.1 are probabilities
def diagnose(outputs, loss):
    x = np.asarray(outputs, dtype=float)
    flag = loss.get_config()["from_logits"]
    if 1 in x.shape:
        return "neither"
    if x.min() < -0.01 or x.max() > 1.01:
        return "fits" if flag else "wrong flag"
    if np.all(np.abs(x.sum(axis=-1) - 1) <= 0.01):
        return "wrong flag" if flag else "fits"
    return "neither"
