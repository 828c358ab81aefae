# first message holds: a sum of 1.015 is off by more than 0.01
def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    if outputs.shape[-1] == 1:
        return "neither"
    scores = outputs.min() < -0.02 or outputs.max() > 1.02
    if not scores and not np.all(np.abs(outputs.sum(axis=-1) - 1) <= 0.02):
        return "neither"
    return "fits" if loss.get_config()["from_logits"] == scores else "wrong flag"
