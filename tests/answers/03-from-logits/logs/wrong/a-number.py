# first message holds: one of the six texts
def name_cause(letter):
    return 'abcde'.index(letter)
