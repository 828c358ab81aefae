"""A learner's road uses nothing that only Linux has: walked with what Windows lacks taken away."""

from pathlib import Path
import re
import subprocess
import sys

import pytest

ROOT = Path(__file__).parents[1]
TRACKED = [
    Path(name)
    for name in subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    if name
]
# What Windows takes for a device, whatever follows the first dot; and what it has in no name.
RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)
UNWRITABLE = re.compile(r'[<>:"|?*\\\x00-\x1f]|[. ]$')
LONGEST_PATH = 150  # of 260, since a clone lies somewhere

# Python as it is there: gone for everybody where libraries do without it on every system, and else
# for our own code, as the libraries see that this is Linux and take other ways than there.
WITHOUT_LINUX = """
import os, signal, sys, types, warnings

LACKING = {
    "chown", "fork", "forkpty", "geteuid", "getuid", "getgid", "getloadavg", "getpgid", "killpg",
    "link", "mkfifo", "posix_spawn", "register_at_fork", "sched_getaffinity", "setsid", "statvfs",
    "symlink", "sysconf", "uname", "wait", "waitid", "O_NOFOLLOW", "O_NONBLOCK", "fchmod",
    "SIGKILL", "SIGALRM", "SIGCHLD", "SIGHUP", "setitimer", "alarm", "pthread_sigmask",
}
for name in ("fcntl", "resource", "grp", "termios", "pty", "tty", "readline", "_posixshmem"):
    sys.modules[name] = None

def is_ours(frame):
    return frame.f_globals.get("__name__", "").partition(".")[0] in ("crossentropy", "classroom")

class WithoutLinux(types.ModuleType):
    def __getattribute__(self, name):
        if name in LACKING and is_ours(sys._getframe(1)):
            raise AttributeError(f"Windows has no {name}")
        return super().__getattribute__(name)

os.__class__ = signal.__class__ = WithoutLinux

def nothing_of_linux(event, arguments):
    if event == "open" and str(arguments[0]).startswith(("/proc/", "/sys/", "/dev/shm")):
        frame = sys._getframe(1)
        while frame and not is_ours(frame) and "site-packages" not in frame.f_code.co_filename:
            frame = frame.f_back
        if frame and is_ours(frame):
            raise FileNotFoundError(arguments[0])
    if event == "subprocess.Popen" and str(arguments[0]).split("/")[-1] in ("make", "sh", "bash"):
        raise FileNotFoundError(arguments[0])

sys.addaudithook(nothing_of_linux)
# There, text without a named encoding is not UTF-8.
warnings.filterwarnings("error", category=EncodingWarning, module=r"crossentropy|classroom")
"""


def walk(script, cwd):
    done = subprocess.run(
        [sys.executable, "-X", "warn_default_encoding", "-c", WITHOUT_LINUX + script],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def work(tmp_path_factory):
    """A learner's folder, handed out there."""
    folder = tmp_path_factory.mktemp("windows") / "my work"
    walk(f"import sys\nsys.argv = ['classroom', 'copy', {str(folder)!r}]\n{RUN}", ROOT)
    return folder


RUN = "from classroom.command import main\nmain()"


def test_the_lessons_are_handed_out(work):
    released = {path.name for path in (ROOT / "notebooks").glob("*/*.ipynb")}
    assert {path.name for path in work.glob("*/*.ipynb")} == released


def test_a_question_is_answered_and_counts(work):
    said = walk(
        """
from crossentropy import quiz
from crossentropy.quiz import bank
quiz.ask("01-what-it-measures")
quiz.answer("01-what-it-measures", bank.question("01-what-it-measures").key)
print("points", quiz.points(["01-what-it-measures"], out_of=2))
""",
        work / "01-loss-definition",
    )
    assert said.splitlines()[-1] == "points 2.0"


def test_answers_whose_lines_end_as_they_do_there_are_read(work):
    folder = work / "03-from-logits"
    answer = """
from crossentropy import quiz
from crossentropy.quiz import bank
name = bank.questions("03-from-logits")[0].id
quiz.answer(name, bank.question(name).key)
"""
    walk(answer, folder)
    record = folder / "responses.json"
    record.write_bytes(record.read_bytes().replace(b"\n", b"\r\n"))
    walk(answer.replace("[0]", "[1]"), folder)
    assert sum(path.name.startswith("responses") for path in folder.iterdir()) == 1
    assert len(re.findall('"attempts"', record.read_text(encoding="utf-8"))) >= 2


def test_pictures_are_drawn_and_a_network_is_trained(work):
    said = walk(
        """
from crossentropy import pictures
import keras
import matplotlib
import numpy as np
matplotlib.use("agg")
from matplotlib import pyplot as plt
figure, axes = plt.subplots()
axes.plot([1, 2])
pictures.show(figure, alt="A line that rises.")
model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss="sparse_categorical_crossentropy")
model.fit(np.ones((8, 2)), np.arange(8) % 3, verbose=0)
print("trained")
""",
        work / "05-overfitting",
    )
    assert said.splitlines()[-1] == "trained"


def test_jupyterlab_is_opened_in_the_process_that_asks_for_it(work):
    """Windows would start another process, give the prompt back, and split arguments at blanks."""
    said = walk(
        f"""
import os
from pathlib import Path
import subprocess
from classroom.jupyterlab import open_lab
from jupyterlab.labapp import LabApp

del os.execv, subprocess.run
LabApp.launch_instance = lambda arguments: print(*arguments, sep="\\n")
open_lab(Path({str(work)!r}), "00-start-here/00-start-here.ipynb", 8899)
""",
        work,
    )
    assert "--LabApp.default_url=/lab/tree/00-start-here/00-start-here.ipynb" in said.split("\n")
    assert "--port=8899" in said.split("\n")


def test_what_is_written_has_names_that_can_be_there(work):
    names = [path.relative_to(work) for path in work.rglob("*")]
    assert [name for name in names if unfit(name)] == []


def unfit(path):
    return any(RESERVED.fullmatch(part) or UNWRITABLE.search(part) for part in path.parts)


def test_a_clone_has_names_that_can_be_there():
    assert [path for path in TRACKED if unfit(path)] == []
    assert [path for path in TRACKED if len(str(path)) > LONGEST_PATH] == []
    lowered = [str(path).lower() for path in TRACKED]
    assert len(set(lowered)) == len(lowered), "two names that differ in case only"


def test_a_clone_has_no_links():
    assert [path for path in TRACKED if (ROOT / path).is_symlink()] == []


def test_a_clone_keeps_the_ends_of_lines():
    """Else a release there would differ from the one here, in every byte."""
    asked = subprocess.run(
        ["git", "check-attr", "--stdin", "eol"],
        cwd=ROOT,
        input="\n".join(map(str, TRACKED)),
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    text = [line for line in asked if not line.split(":")[0].endswith((".gz", ".npz", ".png"))]
    assert [line for line in text if not line.endswith(": eol: lf")] == []
    for path in TRACKED:
        assert b"\r\n" not in (ROOT / path).read_bytes() or path.suffix in (
            ".gz",
            ".npz",
            ".png",
        ), path
