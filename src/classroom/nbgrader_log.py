"""What nbgrader says went wrong: it logs the reason, and raises "see above"."""

from collections.abc import Iterator
from contextlib import contextmanager
import logging

from traitlets.config import LoggingConfigurable


class Reason(logging.Handler):
    """Keeps the first reason that is logged."""

    def __init__(self):
        super().__init__()
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        """Note an error, or the last line of a traceback."""
        if self.text:
            return
        if record.exc_info and record.exc_info[1]:
            self.text = str(record.exc_info[1])
        elif record.levelno >= logging.ERROR and "Traceback" in record.getMessage():
            self.text = record.getMessage().strip().splitlines()[-1]


@contextmanager
def reason_logged_by(step: LoggingConfigurable) -> Iterator[Reason]:
    """Note why a step of nbgrader fails inside the block, in `text`."""
    reason = Reason()
    step.log.addHandler(reason)
    try:
        yield reason
    finally:
        step.log.removeHandler(reason)
