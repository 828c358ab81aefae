# first message holds: -1, 2, 0.5 are scores
def diagnose(outputs, loss):
    x = tf.nn.softmax(np.asarray(outputs, dtype=float)).numpy()
    flag = loss.get_config()["from_logits"]
    if x.shape[-1] == 1:
        return "neither"
    if np.all(np.abs(x.sum(axis=-1) - 1) <= 0.01):
        return "wrong flag" if flag else "fits"
    return "fits" if flag else "wrong flag"
