def diagnose(outputs, loss):
    outputs = np.array(outputs, dtype=float)
    rows = outputs.reshape(-1, outputs.shape[-1])
    if rows.shape[1] == 1:
        return "neither"
    flag = loss.get_config()["from_logits"]
    for row in rows:
        if row.min() < -0.01 or row.max() > 1.01:
            return "fits" if flag else "wrong flag"
    for row in rows:
        if abs(row.sum() - 1) > 0.01:
            return "neither"
    return "wrong flag" if flag else "fits"
