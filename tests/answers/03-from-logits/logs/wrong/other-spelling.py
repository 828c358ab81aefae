# first message holds: spelt as in
# refused by: log-a
def name_cause(letter):
    return {
        "a": "Metric with the wrong flag",
        "b": "softmax taken twice",
        "c": "scores taken for probabilities",
        "d": "softmax over one unit",
        "e": "nothing is wrong",
    }[letter]
