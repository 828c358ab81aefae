# first message holds: You decide by the most probable class
# refused by: decision-decide
def decide(probabilities, costs):
    return costs[:, probabilities.argmax(axis=1)].argmin(axis=0)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
