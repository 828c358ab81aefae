# first message holds: one number of eighty
def diagnose(outputs, loss):
    x = np.asarray(outputs, dtype=float)
    flag = loss.get_config()["from_logits"]
    if x.shape[-1] == 1:
        return "neither"
    if np.all(np.any((x < -0.01) | (x > 1.01), axis=-1)):
        return "fits" if flag else "wrong flag"
    if np.all(np.abs(x.sum(axis=-1) - 1) <= 0.01):
        return "wrong flag" if flag else "fits"
    return "neither"
