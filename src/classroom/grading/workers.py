"""Execute jobs side by side on this machine, so that a death loses no more than one go."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, ProcessPoolExecutor, wait
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading

from classroom.course import CourseError
from classroom.grading import worker_start
from classroom.grading.job import Job, Result
from classroom.grading.kernels import server as kernel_server
from classroom.grading.kernels.workspace import remove_what_was_left
from classroom.grading.retries import error_of, execute_here, outcome


class LocalWorkers:
    """Worker processes on this machine.

    Each worker is a pool of one process: when a process dies, only the pool that it was breaks, so
    that it is plain which job it was running and nobody else's is disturbed.

    Parameters
    ----------
    number : int
    sandbox : str

    Attributes
    ----------
    server : classroom.grading.kernels.server.KernelServer or None
        This process's, whose kernels all workers use; ended with them.
    """

    def __init__(self, number: int, sandbox: str):
        self.number, self.sandbox, self.server = number, sandbox, None
        self.pools, self.at_work = {}, False

    def __enter__(self):
        remove_what_was_left()
        if kernel_server.is_needed(self.sandbox):
            self.server = kernel_server.running()
        else:  # one may have been started ahead, for "auto"
            kernel_server.close()
        return self

    def __exit__(self, *error):
        for index in list(self.pools):
            self._close(index, kill=self.at_work)  # after Ctrl-C nobody waits for a slow cell
        kernel_server.close()

    def run(self, jobs: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Execute jobs, fetched one by one as workers become free.

        Parameters
        ----------
        jobs : iterator of Job

        Yields
        ------
        tuple of Job and Result
            In the order in which they are done. A job that a fault of the machine may have ended
            is executed again; see `retries`.
        """
        self.at_work = True
        again = deque()
        waiting = [deque() for _ in range(self.number)]  # the first of each is being run
        exhausted = False
        while True:
            for index in sorted(range(self.number), key=lambda index: len(waiting[index])):
                # One that runs and one that waits, so that a worker never waits for us.
                while len(waiting[index]) < 2 and not (exhausted and not again):
                    job, goes = again.popleft() if again else (next(jobs, None), 1)
                    if job is None:
                        exhausted = True
                        break
                    future = self._submit(index, job)
                    waiting[index].append((job, goes, future))
                    if len(waiting[index]) == 1 and any(not each for each in waiting):
                        break  # every worker gets one before any gets a second
            running = [queue[0][2] for queue in waiting if queue]
            if not running:
                self.at_work = False
                return
            done, _ = wait(running, return_when=FIRST_COMPLETED)
            for index, queue in enumerate(waiting):
                if not queue or queue[0][2] not in done:
                    continue
                job, goes, future = queue.popleft()
                if isinstance(error_of(future), BrokenExecutor):
                    self._close(index, kill=True)
                    again.extendleft((other, others) for other, others, _ in reversed(queue))
                    queue.clear()
                if result := outcome(job, goes, future):
                    yield job, result
                else:
                    again.append((job, goes + 1))

    def _submit(self, index, job):
        for _ in range(2):
            if index not in self.pools:
                self.pools[index] = ProcessPoolExecutor(
                    1,
                    mp_context=worker_start.context(__name__),
                    initializer=_begin_worker,
                    initargs=(self.server and self.server.shared(),),
                )
            try:
                return self.pools[index].submit(execute_here, job, self.sandbox)
            except BrokenExecutor:
                self._close(index, kill=True)
        raise CourseError("Worker processes die as soon as they start; see classroom doctor.")

    def _close(self, index, kill):
        pool = self.pools.pop(index, None)
        if pool is None:
            return
        processes = list((pool._processes or {}).values())
        if kill:
            for process in processes:
                process.terminate()
        pool.shutdown(wait=not kill, cancel_futures=True)
        if kill:
            for process in processes:
                process.join(5)
                if process.is_alive():
                    process.kill()


def _begin_worker(server):
    if server is not None:
        kernel_server.use(server)
    # Ctrl-C reaches every process of the terminal; the main one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel):
    """End this worker when the grading process has died, which the pool itself does not notice."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)
