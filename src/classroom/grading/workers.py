"""Run jobs side by side, here or on a cluster, so that a death loses no more than one attempt."""

from collections import deque
from concurrent.futures import (
    FIRST_COMPLETED,
    BrokenExecutor,
    CancelledError,
    ProcessPoolExecutor,
    wait,
)
from contextlib import contextmanager
from functools import partial
import multiprocessing
import multiprocessing.connection
import os
import signal
import threading

from classroom.course import CourseError
from classroom.grading import execution, worker_start
from classroom.grading.execution import Result, SandboxError
from classroom.grading.kernels import server as kernel_server

# How often a job is tried in all: a kernel or a process may die by a fault of the machine.
MOST_ATTEMPTS = {"failed_to_start": 3, "died": 2}
MOST_DEATHS = 3  # of the process around it


def execute(job, sandbox):
    """Run a job where it has landed; the sandbox is chosen by what that machine can do."""
    try:
        return execution.run(job, execution.resolve_sandbox(sandbox))
    except SandboxError as error:
        return failure(job, str(error))


def failure(job, reason):
    """Return the result of a job that could not be started."""
    return Result(
        student=job.student,
        notebook=job.files[job.notebook],
        seconds=0.0,
        cell_seconds=0.0,
        status="failed_to_start",
        reason=reason,
        flags=(),
    )


def _is_to_try_again(result, attempt):
    return attempt < MOST_ATTEMPTS.get(result.status, 1)


class LocalWorkers:
    """Worker processes on this machine.

    Each worker is a pool of one process: when a process dies, only the pool that it was breaks, so
    that it is plain which job it was running and nobody else's is disturbed.

    Parameters
    ----------
    number : int
    sandbox : str
    server : classroom.grading.kernels.server.KernelServer, optional
        The one whose kernels all workers use, when it has been started already; ended with them.
    """

    def __init__(self, number, sandbox, server=None):
        self.number, self.sandbox, self.server = number, sandbox, server
        self.pools, self.at_work = {}, False

    def __enter__(self):
        needed = kernel_server.is_needed(self.sandbox)
        if self.server is None and needed:
            self.server = kernel_server.KernelServer()
        elif self.server is not None and not needed:
            self.server.close()
            self.server = None
        return self

    def __exit__(self, *error):
        for index in list(self.pools):
            self._close(index, kill=self.at_work)  # after Ctrl-C nobody waits for a slow cell
        if self.server is not None:
            self.server.close()

    def run(self, jobs):
        """Execute jobs, fetched one by one as workers become free; yield (job, result).

        Parameters
        ----------
        jobs : iterator of classroom.grading.execution.Job

        Yields
        ------
        tuple of Job and classroom.grading.execution.Result
            In the order in which they are done. A job whose process dies is tried again, up to
            three times in all.
        """
        self.at_work = True
        again = deque()
        waiting = [deque() for _ in range(self.number)]  # the first of each is being run
        exhausted = False
        while True:
            for index in sorted(range(self.number), key=lambda index: len(waiting[index])):
                # One that runs and one that waits, so that a worker never waits for us.
                while len(waiting[index]) < 2 and not (exhausted and not again):
                    job, attempt = again.popleft() if again else (next(jobs, None), 1)
                    if job is None:
                        exhausted = True
                        break
                    future = self._submit(index, job)
                    waiting[index].append((job, attempt, future))
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
                job, attempt, future = queue.popleft()
                error = _error(future)
                if error is None and _is_to_try_again(future.result(), attempt):
                    again.append((job, attempt + 1))
                elif error is None:
                    yield job, future.result()
                elif isinstance(error, BrokenExecutor):
                    self._close(index, kill=True)
                    again.extendleft((other, tries) for other, tries, _ in reversed(queue))
                    queue.clear()
                    if attempt < MOST_DEATHS:
                        again.append((job, attempt + 1))
                    else:
                        reason = f"The process that graded this died {attempt} times."
                        yield job, failure(job, reason)
                else:
                    yield job, failure(job, f"It could not be executed: {_sentence(error)}")

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
                return self.pools[index].submit(execute, job, self.sandbox)
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

    def process_ids(self):
        """Return the ids of the worker processes that live now."""
        return [
            process.pid
            for pool in self.pools.values()
            for process in (pool._processes or {}).values()
        ]


def _begin_worker(server):
    if server is not None:
        execution.share(server)
    # Ctrl-C reaches every process of the terminal; the main one decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel):
    """End this worker when the grading process has died, which the pool itself does not notice."""
    multiprocessing.connection.wait([sentinel])
    os._exit(1)


class ClusterWorkers:
    """The workers of a Dask cluster.

    Parameters
    ----------
    address : str
        Of the scheduler, such as ``tcp://grading:8786``.
    sandbox : str
    """

    def __init__(self, address, sandbox):
        from distributed import Client

        self.sandbox = sandbox
        try:
            self.client = Client(address, timeout="5s")
        except (OSError, ValueError, TimeoutError) as error:
            raise CourseError(
                f"There is no Dask scheduler at {address} ({_sentence(error)}); start one with "
                "dask scheduler and workers with dask worker ADDRESS --nthreads 1."
            ) from None
        if not self.client.nthreads():
            self.client.close()
            raise CourseError(
                f"The scheduler at {address} has no workers; start some with "
                f"dask worker {address} --nthreads 1."
            )

    @property
    def number(self):
        return sum(self.client.nthreads().values())

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self.client.close()

    def run(self, jobs):
        """Execute jobs as `LocalWorkers.run` does; Dask itself tries again what a death lost."""
        executor = self.client.get_executor(pure=False, retries=MOST_DEATHS - 1)
        pending, again = {}, deque()
        submit = partial(executor.submit, execute)
        while True:
            while len(pending) < 2 * max(self.number, 1):
                job, attempt = again.popleft() if again else (next(jobs, None), 1)
                if job is None:
                    break
                pending[submit(job, self.sandbox)] = job, attempt
            if not pending:
                return
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                job, attempt = pending.pop(future)
                error = _error(future)
                if error is None and _is_to_try_again(future.result(), attempt):
                    again.append((job, attempt + 1))
                elif error is None:
                    yield job, future.result()
                else:
                    yield job, failure(job, f"It could not be executed: {_sentence(error)}")


@contextmanager
def start(number, sandbox, scheduler=None, server=None):
    """Start the workers: those of a cluster when ``scheduler`` is given, else our own."""
    if scheduler:
        made = ClusterWorkers(scheduler, sandbox)
    else:
        made = LocalWorkers(number, sandbox, server)
    with made as workers:
        yield workers


def _error(future):
    try:
        return future.exception()
    except CancelledError as error:  # a scheduler that went away cancels what it had
        return error


def _sentence(error):
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
