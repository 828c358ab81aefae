def name_cause(letter):
    known = ['metric with the wrong flag', 'softmax taken twice', 'scores taken for probabilities', 'softmax over one unit', 'nothing is wrong']
    return known['abcde'.index(letter)]
