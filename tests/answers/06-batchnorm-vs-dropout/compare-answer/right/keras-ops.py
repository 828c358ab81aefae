def compare(first, second):
    if len(first) != len(second):
        raise ValueError("pairs")
    d = keras.ops.cast(np.subtract(first, second), "float64")
    n = len(first)
    m = float(keras.ops.mean(d))
    e = float(keras.ops.std(d)) / (n - 1) ** 0.5 if n > 1 else float("nan")
    told = "cannot be told" if n < 5 or not abs(m) > 3 * e else ("second", "first")[m > 0]
    return m, e, told
