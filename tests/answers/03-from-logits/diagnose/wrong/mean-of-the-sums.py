# first message holds: the rows sum to 0.5 and 1.5
def diagnose(outputs, loss):
    outputs = np.asarray(outputs, dtype=float)
    if outputs.shape[-1] == 1:
        return 'neither'
    scores = outputs.min() < -0.01 or outputs.max() > 1.01
    if not scores and abs(outputs.sum(axis=-1).mean() - 1) > 0.01:
        return 'neither'
    return 'fits' if loss.get_config()['from_logits'] == scores else 'wrong flag'
