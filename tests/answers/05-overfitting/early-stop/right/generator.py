def early_stop(val_loss, patience):
    def epochs():
        low = None
        for e, l in enumerate(val_loss, 1):
            if low is None or l < low[0]:
                low = (l, e)
            yield low[1], e
            if e >= low[1] + patience:
                return

    *_, result = epochs()
    return result
