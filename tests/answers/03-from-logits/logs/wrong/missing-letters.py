# first message holds: returned nothing
def name_cause(letter):
    if letter == 'a':
        return 'metric with the wrong flag'
