predicted_class = np.argmax
