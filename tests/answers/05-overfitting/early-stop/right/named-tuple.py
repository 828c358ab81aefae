def early_stop(val_loss, patience):
    from collections import namedtuple

    Result = namedtuple("Result", "best last")
    best = min((val_loss[0], 1), (val_loss[0], 1))
    for epoch in range(1, len(val_loss) + 1):
        best = min(best, (val_loss[epoch - 1], epoch))
        if epoch - best[1] == patience:
            return Result(best[1], epoch)
    return Result(best[1], epoch)
