def early_stop(val_loss, patience):
    from itertools import accumulate

    lowest = list(accumulate(val_loss, min))
    best = [1 + lowest.index(low) for low in lowest]
    last = next((e for e, b in enumerate(best, 1) if e - b >= patience), len(best))
    return best[last - 1], last
