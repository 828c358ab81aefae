"""Imported by Python at its start where this folder is on the path: look for garbage less often.

Programs that tests start live for seconds, and most of what they make are imports, which stay. To
look for garbage among them is a third of the start of TensorFlow or nbgrader. When garbage is
found decides nothing of what a test claims.
"""

import atexit
import gc

gc.set_threshold(100_000, 20)
atexit.register(gc.freeze)
