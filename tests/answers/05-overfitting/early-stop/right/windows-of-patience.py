def early_stop(val_loss, patience):
    v, at = list(val_loss), 0
    while True:
        later = [i for i in range(at + 1, min(at + patience, len(v) - 1) + 1) if v[i] < v[at]]
        if not later:
            return at + 1, min(at + patience + 1, len(v))
        at = later[0]
