# first message holds: returned nothing
# refused by: log-a, log-b, log-c, log-d, log-e
def name_cause(letter):
    {'a': 'softmax taken twice'}.get(letter)
