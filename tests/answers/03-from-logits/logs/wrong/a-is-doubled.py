# first message holds: Log a has another cause
# refused by: log-a
def name_cause(letter):
    return {
        "a": "softmax taken twice",
        "b": "softmax taken twice",
        "c": "scores taken for probabilities",
        "d": "softmax over one unit",
        "e": "nothing is wrong",
    }[letter]
