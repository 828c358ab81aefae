# first message holds: `decide` stopped with ValueError
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities * costs).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
