"""One go at a job, and whether it is to be executed again."""

from concurrent.futures import BrokenExecutor, CancelledError, Future

from classroom.grading.execution import execute
from classroom.grading.job import Job, Result
from classroom.grading.kernels.sandbox.choice import SandboxError, resolve_sandbox

# How often a job is executed in all, by how that ended: the kernel, or the process around it, may
# have died by a fault of the machine.
WORKER_DIED = "worker died"
MOST_GOES = {"failed_to_start": 3, WORKER_DIED: 3, "died": 2}


def execute_here(job: Job, sandbox: str) -> Result:
    """Execute a job where it has landed; the sandbox is chosen by what that machine can do."""
    try:
        return execute(job, resolve_sandbox(sandbox))
    except SandboxError as error:
        return failure(job, str(error))


def failure(job: Job, reason: str) -> Result:
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


def outcome(job: Job, goes: int, future: Future) -> Result | None:
    """Return what came of a job, or None when it is to be executed again.

    Parameters
    ----------
    job : Job
    goes : int
        How often it has been executed, this time included.
    future : concurrent.futures.Future
        Of this time; done.
    """
    error = error_of(future)
    if error is None:
        result, ending = future.result(), future.result().status
    elif isinstance(error, BrokenExecutor):
        result = failure(job, f"The process that graded this died {goes} times.")
        ending = WORKER_DIED
    else:
        return failure(job, f"It could not be executed: {sentence(error)}")
    return None if goes < MOST_GOES.get(ending, 1) else result


def error_of(future: Future) -> BaseException | None:
    """Return what a future that is done raised, or None."""
    try:
        return future.exception()
    except CancelledError as error:  # a scheduler that went away cancels what it had
        return error


def sentence(error: BaseException) -> str:
    """Return an error as one line."""
    text = str(error).strip().splitlines()
    return f"{type(error).__name__}: {text[0]}" if text else type(error).__name__
