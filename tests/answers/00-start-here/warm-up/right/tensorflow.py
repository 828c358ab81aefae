def predicted_class(probabilities):
    return tf.argmax(probabilities)
