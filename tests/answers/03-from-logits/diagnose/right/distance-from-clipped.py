def diagnose(outputs, loss):
    rows = np.reshape(np.asarray(outputs, dtype=float), (-1, np.shape(outputs)[-1]))
    outside = np.abs(rows - np.clip(rows, 0, 1)).max() > 0.01
    if rows.shape[1] == 1 or (not outside and not np.allclose(rows.sum(1), 1, rtol=0, atol=0.01)):
        return "neither"
    return "fits" if outside == loss.get_config()["from_logits"] else "wrong flag"
