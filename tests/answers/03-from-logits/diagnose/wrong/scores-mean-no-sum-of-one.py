# first message holds: 2, -1.5, 0.5 sum to 1
def diagnose(outputs, loss):
    x = np.asarray(outputs, dtype=float)
    flag = loss.get_config()["from_logits"]
    if x.shape[-1] == 1:
        return "neither"
    if np.all(np.abs(x.sum(axis=-1) - 1) <= 0.01):
        return "wrong flag" if flag else "fits"
    return "fits" if flag else "wrong flag"
