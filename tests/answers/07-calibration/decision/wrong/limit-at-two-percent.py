# first message holds: The last patient is ill with 0.03
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities[:, 1] > 0.02).astype(int)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
