# first message holds: std(ddof=1)
# refused by: compare-numbers, compare-verdict
def compare(first, second):
    if len(first) != len(second):
        raise ValueError("The two have different numbers of seeds.")
    differences = np.subtract(first, second)
    seeds = len(differences)
    mean = differences.mean()
    if seeds < 2:
        return mean, float("nan"), "cannot be told"
    error = differences.std() / np.sqrt(seeds)
    if seeds < 5 or abs(mean) <= 3 * error:
        return mean, error, "cannot be told"
    return mean, error, "first" if mean > 0 else "second"
