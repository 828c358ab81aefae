# first message holds: integer type
# refused by: decision-decide
def decide(probabilities, costs):
    result = np.zeros(len(probabilities))
    for n, row in enumerate(probabilities):
        result[n] = (costs @ row).argmin()
    return result


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
