# first message holds: Log d has another cause
# refused by: log-d
def name_cause(letter):
    return {
        "a": "metric with the wrong flag",
        "b": "softmax taken twice",
        "c": "scores taken for probabilities",
        "d": "nothing is wrong",
        "e": "nothing is wrong",
    }[letter]
