"""Make of a submission what is executed, whatever state it is in."""

from classroom.grading.preparation.prepared import Prepared, prepare

__all__ = ["Prepared", "prepare"]
