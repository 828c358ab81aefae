def name_cause(letter):
    if letter == 'a':
        return 'metric with the wrong flag'
    if letter == 'b':
        return 'softmax taken twice'
    if letter == 'c':
        return 'scores taken for probabilities'
    if letter == 'd':
        return 'softmax over one unit'
    if letter == 'e':
        return 'nothing is wrong'
    return None
