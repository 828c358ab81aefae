# first message holds: Log e has another cause
# refused by: log-e
def name_cause(letter):
    return {
        "a": "metric with the wrong flag",
        "b": "softmax taken twice",
        "c": "scores taken for probabilities",
        "d": "softmax over one unit",
        "e": "labels that start at 1",
    }[letter]
