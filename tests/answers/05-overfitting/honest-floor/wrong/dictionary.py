# first message holds: two numbers
def honest_floor(share_wrong, classes):
    r = 1 - share_wrong
    return {"loss": 1.0, "accuracy": r}
