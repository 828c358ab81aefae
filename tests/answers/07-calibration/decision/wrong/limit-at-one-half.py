# first message holds: most probable class
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities[:, 1] > 0.5).astype(int)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
