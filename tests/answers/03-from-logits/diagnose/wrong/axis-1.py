# first message holds: three axes
def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    if outputs.shape[-1] == 1:
        return 'neither'
    scores = outputs.min() < -0.01 or outputs.max() > 1.01
    if not scores and not np.all(np.abs(outputs.sum(axis=1) - 1) <= 0.01):
        return 'neither'
    return 'fits' if loss.get_config()['from_logits'] == scores else 'wrong flag'
