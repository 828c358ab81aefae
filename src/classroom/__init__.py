"""What teachers run: release, execute and hand out the lessons. Never imports TensorFlow."""
