"""The `classroom` command: where it begins, and how it ends when something is amiss.

The exit status is 0 when all is done, 1 when a person is needed, 2 for wrong use, and 3 when the
fault is ours or the machine's.
"""

import atexit
import gc
import sys
import traceback

# What is installed for teachers, and not always for learners.
EXTRAS = ("distributed", "psutil", "rich", "typer")


def main() -> None:
    """Run the command; wrong use and a missing package end in one sentence and status 2."""
    # Most of what a command makes are imports, which stay to its end. To look for garbage among
    # them takes a quarter of the time of a short one, half of that when it ends.
    gc.set_threshold(100_000, 20)
    atexit.register(gc.freeze)
    try:
        _run()
    except Exception:
        traceback.print_exc()
        print(
            "\nThis is a fault of the command and not of yours; nothing is half written. Show "
            "whoever looks after it the lines above.",
            file=sys.stderr,
        )
        sys.exit(3)


def _run():
    from classroom.course import CourseError

    try:
        from classroom.subcommands import app

        app()
    except CourseError as error:
        print(error, file=sys.stderr)
        sys.exit(error.status)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package not in EXTRAS:
            raise
        print(
            f"This command needs the package '{package}': install what teachers use with "
            'pip install -e ".[teacher]" in the folder that you cloned.',
            file=sys.stderr,
        )
        sys.exit(2)
