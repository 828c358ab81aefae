# first message holds: one of the six texts
# refused by: log-a, log-b, log-c, log-d, log-e
def name_cause(letter):
    return 'abcde'.index(letter)
