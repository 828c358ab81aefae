"""Read what is in a submission, trusting nothing: links, pipes, sizes or names."""

import contextlib
from dataclasses import dataclass
import fnmatch
import hashlib
import importlib.machinery
import os
import re
import stat
import sys

from classroom.grading.submissions import Submission, UnclearSubmissionError, readable

MOST_FILES = 2_000
DEEPEST = 20
LARGEST_SUBMISSION = 256 * 2**20  # bytes; it travels to the process that executes it
# IPython and Jupyter take these for settings when they stand in the working directory.
SETTINGS = re.compile(r"(i?python_.*|ipython.*|jupyter_.*)config\.(py|json)$", re.IGNORECASE)
MODULE_ENDINGS = (".py", ".pyc", *importlib.machinery.EXTENSION_SUFFIXES)


@dataclass(frozen=True)
class Contents:
    """The files of a submission, and what was left out and why."""

    files: dict[str, bytes]
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()  # what a person must look at

    def fingerprint(self) -> str:
        """Return what changes when a file of the submission changes."""
        digest = hashlib.sha256()
        for name, content in sorted(self.files.items()):
            digest.update(repr(name).encode() + hashlib.sha256(content).digest())
        digest.update("\n".join([*self.notes, *self.doubts]).encode(errors="backslashreplace"))
        return digest.hexdigest()


def read_contents(submission: Submission, ignore: list[str], largest_file: int) -> Contents:
    """Read a submission's files without following links out of it or waiting for a pipe.

    Parameters
    ----------
    submission : Submission
    ignore : list of str
        nbgrader's patterns of names to pass over.
    largest_file : int
        Bytes; larger files are left out.

    Returns
    -------
    Contents

    Raises
    ------
    UnclearSubmissionError
        When the folder leads elsewhere or holds more than a submission can.
    """
    folder = submission.folder
    try:
        submission.student.encode()
    except UnicodeEncodeError:
        raise UnclearSubmissionError(
            "The student's folder has a name that is no text; rename it."
        ) from None
    if any(path.is_symlink() for path in (folder, folder.parent)):
        raise UnclearSubmissionError(
            "The submission's folder is a link to another place; put the folder itself there."
        )
    if not folder.is_dir():
        raise UnclearSubmissionError("The submission is a file, where a folder should be.")
    with contextlib.closing(_Reader(folder, ignore, largest_file)) as reader:
        reader.walk("", 0)
        return Contents(reader.files, tuple(reader.notes), tuple(reader.doubts))


# What was a folder a moment ago may be a link by now, when somebody else can write there. So each
# step from a folder to what is in it is made with the folder held open, and follows no link.
HELD_OPEN = os.open in os.supports_dir_fd and os.scandir in os.supports_fd  # not on Windows
FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
NO_LINK = getattr(os, "O_NOFOLLOW", 0)


class _Reader:
    def __init__(self, folder, ignore, largest_file):
        self.root = os.path.realpath(folder)
        self.ignore = ignore
        self.largest_file = largest_file
        self.files, self.notes, self.doubts = {}, [], []
        self.total = 0
        self.held = None
        if HELD_OPEN:
            try:
                self.held = _step(str(folder.parent.parent), [folder.parent.name, folder.name])
            except OSError as error:
                raise UnclearSubmissionError(
                    f"The submission's folder cannot be read ({error.strerror})."
                ) from None

    def close(self):
        if self.held is not None:
            os.close(self.held)

    def open(self, name, flags):
        """Open what is in the submission; a link in its path, or as it, is an error."""
        if self.held is None:
            return os.open(os.path.join(self.root, name), flags)
        return _step(self.held, name.split("/") if name else [], flags)

    def is_ordinary(self, name):
        """Say whether something is a file, without opening it: a pipe would wait, a device act."""
        if self.held is None:
            return stat.S_ISREG(os.lstat(os.path.join(self.root, name)).st_mode)
        above, _, last = name.rpartition("/")
        folder = self.open(above, FOLDER)
        try:
            return stat.S_ISREG(os.stat(last, dir_fd=folder, follow_symlinks=False).st_mode)
        finally:
            os.close(folder)

    def entries(self, name):
        """Return what is in a folder, in order; whether each is a folder is known."""
        if self.held is None:
            found = os.scandir(os.path.join(self.root, name))
        else:
            folder = self.open(name.rstrip("/"), FOLDER)
            try:
                found = list(os.scandir(folder))
                for entry in found:
                    entry.is_dir(follow_symlinks=False)  # may ask the folder, and is remembered
            finally:
                os.close(folder)
        return sorted(found, key=lambda entry: entry.name)

    def walk(self, prefix, depth):
        if depth > DEEPEST:
            raise UnclearSubmissionError(f"The submission has folders nested over {DEEPEST} deep.")
        try:
            entries = self.entries(prefix)
        except OSError as error:
            self.leave_out(prefix or ".", f"cannot be read ({error.strerror})")
            return
        for entry in entries:
            if any(fnmatch.fnmatch(entry.name, pattern) for pattern in self.ignore):
                continue
            name = prefix + entry.name
            if readable(entry.name) != entry.name:
                self.leave_out(name, "has a name that is not plain text")
            elif entry.is_dir(follow_symlinks=False):
                inside = os.path.join(self.root, name)
                if not prefix and _has_code(inside) and _shadows(entry.name):
                    self.distrust(name)
                else:
                    self.walk(f"{name}/", depth + 1)
            elif not prefix and _takes_over(entry.name):
                self.distrust(name)
            else:
                self.take(entry, name)

    def take(self, entry, name):
        path = name
        if entry.is_symlink():
            target = os.path.realpath(os.path.join(self.root, name))
            if not target.startswith(self.root + os.sep):
                self.leave_out(name, "is a link that leads out of the submission")
                return
            path = os.path.relpath(target, self.root).replace(os.sep, "/")
        try:
            content = self.read(path, name)
        except OSError as error:
            self.leave_out(name, f"cannot be read ({error.strerror})")
            return
        if content is None:
            return
        self.files[name] = content
        self.total += len(content)
        if len(self.files) > MOST_FILES:
            raise UnclearSubmissionError(f"The submission holds more than {MOST_FILES} files.")
        if self.total > LARGEST_SUBMISSION:
            raise UnclearSubmissionError(
                f"The submission holds more than {LARGEST_SUBMISSION // 2**20} MB."
            )

    def read(self, path, name):
        if not self.is_ordinary(path):
            self.leave_out(name, "is no ordinary file")
            return None
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
        with open(self.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # it has become another thing since
                self.leave_out(name, "is no ordinary file")
                return None
            if status.st_size > self.largest_file:
                self.leave_out(name, f"is larger than {self.largest_file // 10**6} MB")
                return None
            return file.read(self.largest_file)

    def leave_out(self, name, why):
        self.notes.append(f"'{readable(name)}' {why}, so it was left out.")

    def distrust(self, name):
        self.doubts.append(
            f"'{readable(name)}' would take the place of a module or setting that the lesson "
            "uses, so it was left out."
        )


def _step(begin, names, flags=FOLDER):
    """Open what a path of names leads to from a folder, following no link; return its number."""
    held = begin if isinstance(begin, int) else os.open(begin, FOLDER)
    try:
        for index, name in enumerate(names):
            last = index == len(names) - 1
            inner = os.open(name, (flags if last else FOLDER) | NO_LINK, dir_fd=held)
            if held != begin:
                os.close(held)
            held = inner
        return os.dup(held) if held == begin else held
    except OSError:
        if held != begin:
            os.close(held)
        raise


def _takes_over(name):
    if SETTINGS.match(name):
        return True
    ending = next((each for each in MODULE_ENDINGS if name.endswith(each)), None)
    return ending is not None and _shadows(name[: -len(ending)])


def _has_code(folder):
    return any(os.path.lexists(f"{folder}/__init__{ending}") for ending in MODULE_ENDINGS)


def _shadows(name):
    """Say whether the environment has a module of that name, which a learner's would replace."""
    name = name.split(".")[0]
    if name in sys.stdlib_module_names or name in ("sitecustomize", "usercustomize"):
        return True
    here = os.getcwd()
    places = [place for place in sys.path if place and os.path.abspath(place) != here]
    return importlib.machinery.PathFinder.find_spec(name, places) is not None
