def compare(first, second):
    first, second = list(first), list(second)
    if len(first) != len(second):
        raise ValueError("different numbers of seeds")
    d = np.array(first) - np.array(second)
    with np.errstate(all="ignore"):
        import warnings

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            error = np.std(d, ddof=1) / np.sqrt(d.size)
    if d.size < 5 or abs(d.mean()) <= 3 * error:
        return d.mean(), error, "cannot be told"
    return d.mean(), error, "first" if d.mean() > 0 else "second"
