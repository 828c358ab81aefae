"""Execute jobs on the workers of a Dask cluster."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, wait
from functools import partial

from classroom.course import CourseError
from classroom.grading.job import Job, Result
from classroom.grading.retries import MOST_GOES, WORKER_DIED, execute_here, outcome, sentence


class ClusterWorkers:
    """The workers of a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, such as `tcp://grading:8786`.
    sandbox : str
    """

    def __init__(self, address: str, sandbox: str):
        from distributed import Client

        self.sandbox = sandbox
        try:
            self.client = Client(address, timeout="5s")
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"There is no Dask scheduler at {address} ({sentence(error)}); start one with "
                "dask scheduler and workers with dask worker ADDRESS --nthreads 1."
            ) from None
        if not self.client.nthreads():
            self.client.close()
            raise CourseError(
                f"The scheduler at {address} has no workers; start some with "
                f"dask worker {address} --nthreads 1."
            )

    @property
    def number(self) -> int:
        """How many jobs are executed at a time."""
        return sum(self.client.nthreads().values())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.client.close()

    def run(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Execute jobs as `LocalWorkers.run` does; Dask itself repeats what a death lost."""
        executor = self.client.get_executor(pure=False, retries=MOST_GOES[WORKER_DIED] - 1)
        pending, again = {}, deque()
        submit = partial(executor.submit, execute_here)
        while True:
            while len(pending) < 2 * max(self.number, 1):
                job, goes = again.popleft() if again else (next(jobs, None), 1)
                if job is None:
                    break
                pending[submit(job, self.sandbox)] = job, goes
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                job, goes = pending.pop(future)
                if result := outcome(job, goes, future):
                    yield job, result
                else:
                    again.append((job, goes + 1))
