"""The handout: what learners may have of a course, and nothing of what only teachers may.

A folder that learners work in, which a teacher gives them as it is, as a git repository or as a
zip. A second time it is brought up to date; what somebody has changed there is left and named.
"""

from dataclasses import dataclass, field
import fnmatch
import hashlib
import io
import json
from pathlib import Path, PurePosixPath
import shutil
import subprocess
import zipfile

from crossentropy import own_folder
from nbgrader.utils import is_grade, is_solution
from traitlets.config import PyFileConfigLoader

from classroom import notebook_files
from classroom.authoring import unfinished
from classroom.authoring.mentions import mentions
from classroom.authoring.release import refuse_to_overwrite_work
from classroom.authoring.stray_files import PATTERNS
from classroom.course import CourseError, lesson_file, lesson_names, page_files
from classroom.handing import learners_texts

MANIFEST = ".handout.json"
# What a learner's environment and lessons are made of.
FILES = (
    *("LICENSE", ".gitignore", ".gitattributes", "environment.yml", "pyproject.toml", "uv.lock"),
    "docs/lesson.png",
)
NEVER = ("__pycache__", "*.pyc", ".*", "*.egg-info", "*.challenge.yaml", *PATTERNS)
# What stands in a source and never in a release.
SECRETS = ("### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS", "### BEGIN MARK SCHEME")
# Of the settings: where an exchange is, and how long a cell may take.
SETTINGS = {
    "CourseDirectory": ("course_id",),
    "Exchange": ("root",),
    "Execute": ("timeout",),
    "ExecutePreprocessor": ("timeout",),
}


@dataclass
class Handout:
    """What `make_handout` did, as names of files in the handout."""

    written: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    changed_there: list[str] = field(default_factory=list)  # by somebody, so they were left
    committed: bool = False


def make_handout(
    course: Path, to: Path, lessons: list[str] | None = None, git: bool = False
) -> Handout:
    """Make the handout of a course, or bring it up to date.

    Parameters
    ----------
    course : pathlib.Path
    to : pathlib.Path
        A folder, or a file whose name ends in `.zip`.
    lessons : list of str, optional
        Only these; all that are released by default.
    git : bool
        Make the folder a git repository, and commit.

    Returns
    -------
    Handout

    Raises
    ------
    CourseError
        When the folder holds something else, when a lesson is unknown, holds what learners may
        not have or is not written to its end, or when git cannot do its part.
    """
    to = Path(to)
    if to.resolve().is_relative_to(course) and to.suffix != ".zip":
        raise CourseError(
            f"{to} lies inside of the course, which holds the solutions; name a folder outside."
        )
    files = _files(course, lessons or lesson_names(course, "notebooks"))
    if to.suffix.lower() == ".zip":
        if git:
            raise CourseError(f"{to} is to be a zip, and --git needs a folder; leave one out.")
        own_folder.write(to, _zipped(files, to.stem))
        return Handout(written=sorted(files))
    done = _written(files, to)
    if git:
        done.committed = _commit(to)
    return done


def speaking_of_others(course: Path, lessons: list[str] | None) -> list[str]:
    """Return where the lessons of a handout, and the pages, speak of lessons that are not in it.

    Parameters
    ----------
    course : pathlib.Path
    lessons : list of str or None
        Those in it; None for all.

    Returns
    -------
    list of str
        A line each lesson and file.
    """
    others = sorted({*lesson_names(course, "notebooks")} - {*lessons}) if lessons else []
    return [
        f"{other}: {mention}"
        for other in others
        for mention in mentions(course, other, lessons, "notebooks")
    ]


def _files(course, lessons):
    """Return the content of each file of the handout by its name there."""
    files = {}
    for name in FILES:
        if (course / name).is_file():
            files[name] = (course / name).read_bytes()
    files |= _tree(course / "src", "src/")
    data = _tree(course / "data", "data/")
    # How the data were made is for contributors, and tries networks that solve an exercise.
    files |= {name: content for name, content in data.items() if not name.endswith(".py")}
    for lesson in lessons:
        path = lesson_file(course, lesson, "notebooks")
        refuse_to_overwrite_work(path)
        files |= _tree(path.parent, f"notebooks/{lesson}/")
    for page in page_files(course, "notebooks"):
        files[f"notebooks/{page.name}"] = page.read_bytes()
    for name, content in files.items():
        if name.endswith(".ipynb"):
            _refuse_secrets(course / name, content)
    config = PyFileConfigLoader("nbgrader_config.py", path=str(course)).load_config()
    settings = [
        (f"{section}.{name}", config[section][name])
        for section, names in SETTINGS.items()
        for name in names
        if section in config and isinstance(config[section].get(name), str | int | float)
    ]
    files["nbgrader_config.py"] = learners_texts.settings(settings).encode()
    if (course / "README.md").is_file():
        readme = learners_texts.readme((course / "README.md").read_text(encoding="utf-8"))
        files["README.md"] = readme.encode()
    if (course / "Makefile").is_file():
        makefile = learners_texts.makefile((course / "Makefile").read_text(encoding="utf-8"))
        files["Makefile"] = makefile.encode()
    _refuse_unfinished(files, lessons)
    return files


def _tree(folder, prefix):
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(map(_is_no_part, PurePosixPath(name).parts)):
            found[prefix + name] = path.read_bytes()
    return found


def _is_no_part(name):
    return any(fnmatch.fnmatch(name, pattern) for pattern in NEVER)


def _refuse_secrets(path, content):
    """Refuse a notebook in notebooks/ that is no release.

    Raises
    ------
    CourseError
        When it holds what only a source has; it is named.
    """
    for cell in notebook_files.read(io.StringIO(content.decode())).cells:
        marked = is_grade(cell) or is_solution(cell)
        if marked and any(secret in cell.source for secret in SECRETS):
            raise CourseError(
                f"{path} holds a solution or a hidden test (cell "
                f"'{notebook_files.grade_id(cell)}'): run make release, and then this again."
            )


def _refuse_unfinished(files, lessons):
    """Refuse what a skeleton has left in the lessons that are handed out, and on pages.

    Raises
    ------
    CourseError
        When it says so anywhere; the places are named.
    """
    bank = {f"{name}.{end}" for name in lessons for end in ("yaml", "sealed.json")}
    found = unfinished.places(
        {
            name: content
            for name, content in files.items()
            if name.startswith("notebooks/")
            or name == "README.md"
            or (name.startswith(("data/questions/", "data/worked/")) and Path(name).name in bank)
        }
    )
    if found:
        told = "; ".join(f"{name} ({places})" for name, places in found.items())
        raise CourseError(
            f"{unfinished.MARK} stands where something is yet to be written: {told}. Write it, "
            "release it, and run this again."
        )


def _zipped(files, top):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):  # the same files are the same bytes
            archive.writestr(zipfile.ZipInfo(f"{top}/{name}", (1980, 1, 1, 0, 0, 0)), files[name])
    return made.getvalue()


def _written(files, to):
    known = _manifest(to)
    if known is None and to.is_dir() and any(path.name != ".git" for path in to.iterdir()):
        raise CourseError(
            f"{to} is not empty and is no handout; name a new folder, so that nothing in it is "
            "overwritten."
        )
    known, done = known or {}, Handout()
    for name, content in files.items():
        path = to / name
        there = path.read_bytes() if path.is_file() else None
        if there == content:
            continue
        if there is not None and _sha(there) != known.get(name):
            done.changed_there.append(name)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        own_folder.write(path, content)
        done.written.append(name)
    for name, digest in known.items():
        path = to / name
        if name not in files and path.is_file() and _sha(path.read_bytes()) == digest:
            path.unlink()
            done.removed.append(name)
    record = {name: _sha(content) for name, content in sorted(files.items())}
    own_folder.write(to / MANIFEST, json.dumps({"files": record}, indent=1) + "\n")
    return done


def _manifest(to):
    try:
        files = json.loads((to / MANIFEST).read_text(encoding="utf-8"))["files"]
        # A manifest may have been edited; nothing outside of the folder is ever removed.
        return {
            name: digest
            for name, digest in files.items()
            if not PurePosixPath(name).is_absolute() and ".." not in PurePosixPath(name).parts
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _sha(content):
    return hashlib.sha256(content).hexdigest()


def _commit(to):
    """Commit the handout; return whether there was anything to commit."""
    if shutil.which("git") is None:
        raise CourseError("git is not installed; install it, or leave out --git.")
    if not (to / ".git").exists():
        _git(to, "init", "--quiet")
    _git(to, "add", "--all")
    if not _git(to, "status", "--porcelain"):
        return False
    _git(to, "commit", "--quiet", "--message", "Bring the lessons up to date")
    return True


def _git(to, *arguments):
    done = subprocess.run(
        ["git", "-C", str(to), *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise CourseError(f"git {arguments[0]} failed in {to}: {done.stderr.strip()}")
    return done.stdout.strip()
