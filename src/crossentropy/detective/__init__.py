"""The detective: training logs with one mistake, or none, and the question what went wrong.

Its face:

- `detective.case(7)` shows the log of case 7 and the list of causes;
- `detective.name_cause(7, "softmax taken twice")` is the same without a click;
- `detective.code(7)` puts its program into a new cell, to change one line and run it;
- `detective.prove(7)` changes that line, runs it, and shows both logs' difference in words;
- `detective.log(...)` is what the programs print.

Each seed is another case, really trained when it is opened, in one or two seconds.
"""

from crossentropy.detective.showing import case, code, name_cause, prove
from crossentropy.detective.training_log import log

__all__ = ["case", "code", "log", "name_cause", "prove"]
