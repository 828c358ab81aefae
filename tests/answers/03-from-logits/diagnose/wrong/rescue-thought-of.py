# first message holds: 0.1, 0.8, 0.1 are probabilities
def diagnose(outputs, loss):
    x = np.asarray(outputs, dtype=float)
    if x.shape[-1] == 1:
        return "neither"
    if x.min() < -0.01 or x.max() > 1.01:
        return "fits" if loss.get_config()["from_logits"] else "wrong flag"
    return "fits" if np.all(np.abs(x.sum(axis=-1) - 1) <= 0.01) else "neither"
