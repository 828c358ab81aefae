import statistics


def compare(first, second):
    if len(first) != len(second):
        raise ValueError("different numbers of seeds")
    gaps = [float(a) - float(b) for a, b in zip(first, second, strict=True)]
    mean = statistics.fmean(gaps)
    if len(gaps) == 1:
        return mean, float("nan"), "cannot be told"
    error = statistics.stdev(gaps) / len(gaps) ** 0.5
    verdict = "cannot be told"
    if len(gaps) >= 5 and abs(mean) > 3 * error:
        verdict = "first" if mean > 0 else "second"
    return mean, error, verdict
