def diagnose(outputs, loss):
    numbers = np.asarray(outputs, dtype="float64")

    def are_scores():
        return np.abs(numbers - 0.5).max() > 0.51

    def are_probabilities():
        return np.abs(numbers.sum(axis=-1) - 1).max() <= 0.01

    wanted = loss.get_config()["from_logits"]
    if numbers.shape[-1] > 1 and are_scores():
        return "fits" if wanted else "wrong flag"
    if numbers.shape[-1] > 1 and are_probabilities():
        return "wrong flag" if wanted else "fits"
    return "neither"
