# first message holds: changed an array that it was given
# refused by: compare-numbers
def compare(first, second):
    if len(first) != len(second):
        raise ValueError("The two have different numbers of seeds.")
    first = np.asarray(first)
    first -= second
    seeds = len(first)
    mean = first.mean()
    if seeds < 2:
        return mean, float("nan"), "cannot be told"
    error = first.std(ddof=1) / np.sqrt(seeds)
    if seeds < 5 or abs(mean) <= 3 * error:
        return mean, error, "cannot be told"
    return mean, error, "first" if mean > 0 else "second"
