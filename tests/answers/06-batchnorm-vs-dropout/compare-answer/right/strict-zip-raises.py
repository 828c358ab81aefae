def compare(first, second):
    differences = np.array([a - b for a, b in zip(first, second, strict=True)])
    seeds, mean = differences.size, np.mean(differences)
    if seeds == 1:
        return [mean, float("nan"), "cannot be told"]
    error = (np.var(differences, ddof=1) / seeds) ** 0.5
    told = ["second", "cannot be told", "first"][
        1 + (seeds >= 5) * int(np.sign(mean)) * int(abs(mean) > 3 * error)
    ]
    return [mean, error, told]
