def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    if outputs.shape[-1] == 1:
        return "neither"
    if np.any(outputs < -0.01) or np.any(outputs > 1.01):
        return "fits" if loss.from_logits else "wrong flag"
    if np.max(np.abs(outputs.sum(-1) - 1)) > 0.01:
        return "neither"
    return "wrong flag" if loss.from_logits else "fits"
