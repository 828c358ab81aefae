def compare(first, second):
    if len(first) != len(second):
        raise ValueError("not paired")
    d = np.float64(first) - np.float64(second)
    match len(d):
        case 1:
            return d[0], float("nan"), "cannot be told"
        case n:
            e = np.linalg.norm(d - d.mean()) / np.sqrt(n * (n - 1))
    verdict = "cannot be told"
    if n > 4:
        verdict = {True: "first"}.get(
            d.mean() > 3 * e, {True: "second"}.get(d.mean() < -3 * e, verdict)
        )
    return d.mean(), e, verdict
