"""The `classroom` command: where it begins, and how it ends when something is amiss."""

import sys

# What is installed for teachers, and not always for learners.
EXTRAS = ("distributed", "psutil", "rich", "typer")


def main() -> None:
    """Run the command; wrong use and a missing package end in one sentence and status 2."""
    from classroom.course import CourseError

    try:
        from classroom.subcommands import app

        app()
    except CourseError as error:
        print(error, file=sys.stderr)
        sys.exit(2)
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
