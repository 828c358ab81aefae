# first message holds: give float("nan"), not 0
# refused by: compare-numbers
def compare(first, second):
    if len(first) != len(second):
        raise ValueError("The two have different numbers of seeds.")
    differences = np.subtract(first, second)
    seeds = len(differences)
    mean = differences.mean()
    error = differences.std(ddof=1) / np.sqrt(seeds) if seeds > 1 else 0.0
    if seeds < 5 or abs(mean) <= 3 * error:
        return mean, error, "cannot be told"
    return mean, error, "first" if mean > 0 else "second"
