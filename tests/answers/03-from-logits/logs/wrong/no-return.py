# first message holds: returned nothing
def name_cause(letter):
    {'a': 'softmax taken twice'}.get(letter)
