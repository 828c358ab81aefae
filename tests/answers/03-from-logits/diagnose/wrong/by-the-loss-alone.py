# first message holds: answer should be
def diagnose(outputs, loss):
    return 'fits' if loss.get_config()['from_logits'] else 'wrong flag'
