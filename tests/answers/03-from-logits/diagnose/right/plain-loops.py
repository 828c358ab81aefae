def diagnose(outputs, loss):
    rows = np.asarray(outputs, dtype=float)
    k = rows.shape[-1]
    kind = "probabilities"
    for row in rows.reshape(-1, k).tolist():
        if abs(sum(row) - 1) > 0.01 and kind == "probabilities":
            kind = None
        if any(number < -0.01 or number > 1.01 for number in row):
            kind = "scores"
            break
    if k == 1 or kind is None:
        return "neither"
    wanted = kind == "scores"
    return "fits" if wanted is loss.get_config()["from_logits"] else "wrong flag"
