"""How long the cells of a notebook may run: one by one, and all of them."""

from classroom.grading.job import Job

SHORT = 10  # the part of the limit that is left to those who have used up theirs
SHORTEST = 2.0  # seconds
LAST = 2  # times what would be enough: then nothing more is run


class Budget:
    """The time of a notebook.

    A cell has the limit of the job. When a function has run out of it, cells that need the same
    function get a tenth, as does every cell after so many that ran out of time, or when the
    notebook has taken as long as `cells_of_time` cells may. So one endless loop costs one limit,
    and an answer below it is still judged.
    """

    def __init__(self, job: Job):
        self.limit, self.most_timeouts = job.timeout, job.most_timeouts
        self.most = job.cells_of_time * job.timeout
        self.short = min(job.timeout, max(SHORTEST, job.timeout / SHORT))
        self.spent, self.timeouts, self.endless = 0.0, 0, set()

    def seconds(self, names: tuple[str, ...] = ()) -> float:
        """Return the limit of a cell that needs these names of the learner's."""
        return self.short if self._used_up(1) or self.endless & set(names) else self.limit

    def is_over(self) -> bool:
        """Return whether nothing more is to be run."""
        return self._used_up(LAST)

    def spend(self, seconds: float) -> None:
        """Note what a cell has taken."""
        self.spent += seconds

    def ran_out(self, names: tuple[str, ...] = ()) -> None:
        """Note a cell that ran out of time, and the names that it needed."""
        if not self.endless & set(names):
            self.timeouts += 1
        self.endless |= set(names)

    def _used_up(self, times):
        return self.timeouts >= times * self.most_timeouts or self.spent >= times * self.most
