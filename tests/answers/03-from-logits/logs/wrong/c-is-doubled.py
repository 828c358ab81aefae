# first message holds: Log c has another cause
# refused by: log-c
def name_cause(letter):
    return {
        "a": "metric with the wrong flag",
        "b": "softmax taken twice",
        "c": "softmax taken twice",
        "d": "softmax over one unit",
        "e": "nothing is wrong",
    }[letter]
