def early_stop(val_loss, patience):
    v = list(val_loss)
    for e in range(len(v) - patience):
        if all(v[e] <= x for x in v[e : e + patience + 1]):
            return e + 1, e + 1 + patience
    return v.index(min(v)) + 1, len(v)
