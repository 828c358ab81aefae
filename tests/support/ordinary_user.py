"""Run a command as an ordinary user, though Python may lie where only root may go."""

from pathlib import Path
import pwd
import sys

NOBODY = pwd.getpwnam("nobody")
# Arguments: a folder closed to others, what in it is to be seen, and the command. It happens in a
# view of the file system that only this command has.
_OPENED = """
seen=$(mktemp -d)
mount --bind "$2" "$seen"
mount -t tmpfs -o mode=0755 none "$1"
mkdir -p "$2"
mount --bind "$seen" "$2"
shift 2
exec runuser -u nobody -- "$@"
"""


def as_nobody():
    """Return how the command line of root begins, for nobody to run the rest of it."""
    python = Path(sys.base_prefix).resolve()
    closed = [folder for folder in python.parents if not folder.stat().st_mode & 0o001]
    if not closed:
        return ["runuser", "-u", "nobody", "--"]
    return ["unshare", "--mount", "sh", "-ec", _OPENED, "sh", closed[-1], python]
