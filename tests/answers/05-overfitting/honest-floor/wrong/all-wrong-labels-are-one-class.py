# first message holds: spread over 4 classes
def honest_floor(share_wrong, classes):
    right, wrong = 1 - share_wrong, share_wrong
    return float(-right * np.log(right) - wrong * np.log(wrong)), right
