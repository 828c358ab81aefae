"""Imported by Python at its start where this folder is on the path: begin sooner.

Programs that tests start live for seconds, and most of what they make are imports, which stay. To
look for garbage among them is a third of the start of TensorFlow or nbgrader. When garbage is
found decides nothing of what a test claims.

And jsonschema compiles a grammar of internationalised addresses, for a second, whenever nbformat
is imported; no schema that is used here has such an address. The package `classroom` leaves it out
for everybody, but nbgrader's own commands and a hub's servers do not import that first.
"""

import atexit
import gc
import sys

gc.set_threshold(100_000, 20)
atexit.register(gc.freeze)
sys.modules.setdefault("rfc3987_syntax", None)
