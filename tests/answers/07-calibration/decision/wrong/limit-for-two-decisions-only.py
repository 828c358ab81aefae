# first message holds: Three decisions for two classes
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities[:, 1] * costs[0, 1] > costs[1, 0]).astype(int)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
