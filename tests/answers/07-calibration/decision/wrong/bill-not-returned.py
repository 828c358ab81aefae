# first message holds: `mean_cost` returned nothing
# refused by: decision-cost
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    print(costs[decisions, y_true].mean())
