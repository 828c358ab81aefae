def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    if outputs.shape[-1] == 1:
        kind = "neither"
    elif np.any(outputs < -0.01) or np.any(outputs > 1.01):
        kind = "scores"
    elif np.allclose(outputs.sum(axis=-1), 1, rtol=0, atol=0.01):
        kind = "probabilities"
    else:
        kind = "neither"
    if kind == "neither":
        return "neither"
    return "fits" if (kind == "scores") == loss.get_config()["from_logits"] else "wrong flag"
