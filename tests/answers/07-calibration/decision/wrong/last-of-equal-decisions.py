# first message holds: take the first, 0
# refused by: decision-decide
def decide(probabilities, costs):
    expected = probabilities @ costs.T
    return expected.shape[1] - 1 - expected[:, ::-1].argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
