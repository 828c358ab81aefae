# first message holds: Log a has another cause
# refused by: log-a, log-e
def name_cause(letter):
    return {
        "a": "nothing is wrong",
        "b": "softmax taken twice",
        "c": "scores taken for probabilities",
        "d": "softmax over one unit",
        "e": "metric with the wrong flag",
    }[letter]
