def name_cause(letter):
    match letter:
        case 'a':
            return 'metric with the wrong flag'
        case 'b':
            return 'softmax taken twice'
        case 'c':
            return 'scores taken for probabilities'
        case 'd':
            return 'softmax over one unit'
        case 'e':
            return 'nothing is wrong'
    raise ValueError(letter)
