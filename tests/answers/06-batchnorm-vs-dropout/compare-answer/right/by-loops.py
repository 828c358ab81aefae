def compare(first, second):
    seeds = len(first)
    if seeds != len(second):
        raise ValueError("cannot be paired")
    total = 0.0
    for seed in range(seeds):
        total += first[seed] - second[seed]
    mean = total / seeds
    if seeds == 1:
        return mean, np.nan, "cannot be told"
    squares = 0.0
    for seed in range(seeds):
        squares += (first[seed] - second[seed] - mean) ** 2
    error = np.sqrt(squares / (seeds - 1) / seeds)
    if seeds >= 5 and mean > 3 * error:
        return mean, error, "first"
    if seeds >= 5 and mean < -3 * error:
        return mean, error, "second"
    return mean, error, "cannot be told"
