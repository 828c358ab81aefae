def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    inside = np.logical_and(outputs >= -0.01, outputs <= 1.01).all()
    sums_fit = np.isclose(np.add.reduce(outputs, axis=-1), 1, rtol=0, atol=0.01).all()
    flag = loss.get_config().get("from_logits", False)
    conditions = [outputs.shape[-1] == 1, not inside, sums_fit]
    choices = ["neither", "fits" if flag else "wrong flag", "wrong flag" if flag else "fits"]
    return np.select(conditions, choices, "neither").item()
