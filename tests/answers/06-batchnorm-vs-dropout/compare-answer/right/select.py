def compare(first, second):
    if np.shape(first) != np.shape(second):
        raise ValueError("not paired")
    d = np.subtract(first, second)
    n = d.shape[0]
    e = np.std(d, ddof=1) / n**0.5 if n > 1 else float("nan")
    told = np.select(
        [(n >= 5) & (d.mean() > 3 * e), (n >= 5) & (-d.mean() > 3 * e)],
        ["first", "second"],
        "cannot be told",
    )
    return d.mean(), e, str(told)
