def compare(first, second):
    n = len(first)
    if n - len(second):
        raise ValueError
    a, b = np.array(first, float), np.array(second, float)
    m = a.mean() - b.mean()
    if n == 1:
        return m, np.nan, "cannot be told"
    e = np.sqrt((np.var(a, ddof=1) + np.var(b, ddof=1) - 2 * np.cov(a, b)[0, 1]) / n)
    z = np.divide(m, e)
    return m, e, "cannot be told" if n < 5 or not abs(z) > 3 else "first" if z > 0 else "second"
