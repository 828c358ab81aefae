def compare(first, second):
    if np.size(first) != np.size(second):
        raise ValueError("seeds differ")
    seeds = np.size(first)
    mean = np.mean(first) - np.mean(second)
    if seeds == 1:
        return mean, float("nan"), "cannot be told"
    (a, both), (_, b) = np.cov(first, second, ddof=1)
    error = np.sqrt(max(a + b - 2 * both, 0) / seeds)
    if abs(mean) < 1e-12 or seeds < 5 or abs(mean) <= 3 * error:
        return mean, error, "cannot be told"
    return mean, error, "first" if mean > 0 else "second"
