def diagnose(outputs, loss):
    x = np.array(outputs, dtype="float64")
    scores = x.min() < -0.01 or x.max() > 1.01
    probabilities = not scores and (abs(1 - np.einsum("...k->...", x)) <= 0.01).all()
    if x.shape[-1] < 2 or not (scores or probabilities):
        return "neither"
    table = {(True, True): "fits", (False, False): "fits"}
    return table.get((bool(scores), loss.get_config()["from_logits"]), "wrong flag")
