def compare(first, second):
    f, s = map(np.asarray, (first, second))
    if f.shape != s.shape:
        raise ValueError(f"{len(f)} and {len(s)} seeds")
    d = f - s
    error = np.nan if d.size == 1 else np.sqrt(((d - d.mean()) ** 2).sum() / (d.size - 1) / d.size)
    low, high = d.mean() - 3 * error, d.mean() + 3 * error
    if d.size >= 5 and low > 0:
        return [d.mean(), error, "first"]
    if d.size >= 5 and high < 0:
        return [d.mean(), error, "second"]
    return [d.mean(), error, "cannot be told"]
