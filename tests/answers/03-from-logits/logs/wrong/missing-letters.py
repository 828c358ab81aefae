# first message holds: returned nothing
# refused by: log-b, log-c, log-d, log-e
def name_cause(letter):
    if letter == 'a':
        return 'metric with the wrong flag'
