def decide(probabilities, costs):
    chosen = []
    for row in probabilities:
        expected = [sum(p * cost for p, cost in zip(row, line)) for line in costs]
        chosen.append(expected.index(min(expected)))
    return np.array(chosen)


def mean_cost(decisions, y_true, costs):
    total = 0
    for decision, truth in zip(decisions, y_true):
        total += costs[decision][truth]
    return total / len(y_true)
