# first message holds: Log b has another cause
# refused by: log-b
def name_cause(letter):
    return {
        "a": "metric with the wrong flag",
        "b": "nothing is wrong",
        "c": "scores taken for probabilities",
        "d": "softmax over one unit",
        "e": "nothing is wrong",
    }[letter]
