# first message holds: a sum of 1.008
def diagnose(outputs, loss):
    x = np.asarray(outputs, dtype=float)
    flag = loss.get_config()["from_logits"]
    if x.shape[-1] == 1:
        return "neither"
    if x.min() < -0.01 or x.max() > 1.01:
        return "fits" if flag else "wrong flag"
    if np.all(x.sum(axis=-1).round(2) == 1):
        return "wrong flag" if flag else "fits"
    return "neither"
