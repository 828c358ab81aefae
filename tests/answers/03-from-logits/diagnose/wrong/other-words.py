# first message holds: should be 'fits', 'wrong flag' or 'neither'
def diagnose(outputs, loss):
    return "right flag" if loss.get_config()["from_logits"] else "wrong"
