def softmax(scores):
    def of_row(row):
        powers = np.exp(row - row.max())
        return powers / powers.sum()

    return np.apply_along_axis(of_row, 1, scores)


def log_softmax(scores):
    def of_row(row):
        return row - row.max() - np.log(np.exp(row - row.max()).sum())

    return np.apply_along_axis(of_row, 1, scores)
