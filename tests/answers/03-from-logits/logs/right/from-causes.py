def name_cause(letter):
    causes = ['nothing is wrong', 'scores taken for probabilities', 'softmax taken twice', 'softmax over one unit', 'metric with the wrong flag']
    return causes[{'a': 4, 'b': 2, 'c': 1, 'd': 3, 'e': 0}[letter]]
