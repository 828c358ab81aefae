"""What teachers run: release, execute, hand out, grade. Its own process never imports TensorFlow.

Of grading, only the kernel server does, a process from which learners' kernels are forked.
"""
