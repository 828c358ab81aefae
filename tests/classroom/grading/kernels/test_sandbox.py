"""A submission sees Python, the packages and itself, and may use no more than it is given."""

import os
from pathlib import Path
import subprocess
import sys

from kernel_jobs import grade, job_of, printed, scores
from nbformat import reads
from ordinary_user import NOBODY, as_nobody
import pytest

from classroom.grading.execution import execute
from classroom.grading.kernels.sandbox.choice import (
    SandboxError,
    available_sandboxes,
    resolve_sandbox,
)

ROOT = Path(__file__).parents[4]
AVAILABLE = available_sandboxes()
pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="sandboxes need Linux")


@pytest.fixture(scope="module", params=["jail", "bwrap"])
def kind(request):
    if AVAILABLE[request.param]:
        pytest.skip(AVAILABLE[request.param])
    return request.param


def said(source, kind, **more):
    result = execute(job_of(source, **more), kind)
    assert result.status == "finished", result.reason
    return printed(result)


# What a submission sees and may do: each runs as a cell of its own, in one notebook.
PATHS = "import os\npaths = ['/tmp/x', os.path.expanduser('~/x'), '/dev/shm/x', 'x']\n"
LOOKS = {
    "privileges": """
        import os
        print(os.getuid(), os.geteuid(), os.getgid())
        print([l.split()[1] for l in open("/proc/self/status") if l.startswith(("Cap", "NoNew"))])
        """,
    "outside": """
        import os
        print(open("/proc/self/uid_map").read().split())
        for path in ("sys/kernel/hostname", "sys/vm/overcommit_memory", "sysrq-trigger"):
            try:
                os.close(os.open(f"/proc/{path}", os.O_WRONLY))
                print("opened", path)
            except OSError:
                pass
        """,
    "places": """
        import os
        print([p for p in PLACES if os.path.exists(p)])
        print(sum(len(files) for _, _, files in os.walk(os.path.expanduser("~"))))
        """,
    "mounts": """
        kept = []
        for line in open("/proc/self/mountinfo"):
            fields = line.split()
            path, options, kind = fields[4], fields[5], fields[fields.index("-") + 1]
            if kind in ("tmpfs", "proc", "devpts", "mqueue") or path.startswith("/dev/"):
                continue
            if "ro" not in options.split(",") and not path.endswith("/sockets"):
                kept.append(path)
        print(kept)
        """,
    "network": """
        import socket
        for address in (("1.1.1.1", 53), ("127.0.0.1", 22)):
            try:
                socket.create_connection(address, timeout=3)
            except OSError as error:
                print("none")
        """,
    "processes": "import os; print([p for p in os.listdir('/proc') if p.isdigit()])",
    "files": """
        import os
        print(open("more/data.csv").read(), os.path.basename(os.getcwd()))
        open("responses.json", "w").write("changed")
        open("tries.json", "w").write("new")
        print(sorted(os.listdir()))
        """,
    "environment": "import os; print('GRADEBOOK_PASSWORD' in os.environ)",
    "large file": """
        try:
            open("large", "wb").write(bytes(20 * 2**20))
        except OSError:
            import os
            print("refused", os.path.getsize("large"))
        """,
    "namespace": "import ctypes; print(ctypes.CDLL(None).unshare(0x10000000))",
    "calls": """
        import ctypes, errno
        libc = ctypes.CDLL(None, use_errno=True)
        for call in ("ptrace", "unshare", "chroot", "mount", "setns"):
            ctypes.set_errno(0)
            getattr(libc, call)(0, 0, 0, 0, 0)
            print(errno.errorcode.get(ctypes.get_errno()))
        print([l.split()[1] for l in open("/proc/self/status") if l.startswith("Seccomp:")])
        """,
    "command": """
        import subprocess, sys
        done = subprocess.run(
            [sys.executable, "-I", "-c", "import crossentropy; print(crossentropy.__name__)"],
            capture_output=True, text=True,
        )
        print(done.stdout, done.stderr)
        """,
    "writes": f"{PATHS}for path in paths: open(path, 'w').write('x')",
}


@pytest.fixture(scope="module")
def looked(kind, tmp_path_factory):
    """What each of the LOOKS printed in a sandbox."""
    (folder := tmp_path_factory.mktemp("course")).joinpath("gradebook.db").write_text("grades")
    places = [ROOT / "solutions", ROOT / "notebooks", ROOT / ".git", folder, Path.home()]
    places += [Path("/etc/shadow"), Path("/var/log"), ROOT / "nbgrader_config.py"]
    first = f"PLACES = {[str(place) for place in places]}"
    files = {"responses.json": b"{}", "more/data.csv": b"1,2"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GRADEBOOK_PASSWORD", "secret")
        job = job_of(first, *LOOKS.values(), files=files, file_mb=8, timeout=60)
        result = execute(job, kind)
    assert result.status == "finished", result.reason
    cells = reads(result.notebook.decode(), as_version=4).cells[1:]
    texts = ["".join(output.get("text", "") for output in cell.outputs) for cell in cells]
    return dict(zip(LOOKS, texts, strict=True))


def test_the_machine_that_runs_these_tests_has_a_sandbox():
    assert resolve_sandbox("auto") in ("jail", "bwrap")


def test_an_unknown_sandbox_is_refused_with_the_names_that_there_are():
    with pytest.raises(SandboxError, match="jail, bwrap, none"):
        resolve_sandbox("docker")


def test_a_kernel_is_not_root_and_has_no_privileges(looked):
    told = looked["privileges"]
    assert told.splitlines()[0] == "1000 1000 1000"
    assert set(eval(told.splitlines()[1])) == {"0" * 16, "1"}


def test_a_kernel_of_root_s_is_nobody_s_outside(looked):
    told = looked["outside"]
    numbers = told.split("'")[1::2]
    places = list(zip(numbers[::3], numbers[1::3], strict=True))
    if os.geteuid() == 0:
        assert ("1000", "65534") in places
    assert "opened" not in told


def test_solutions_homes_and_other_submissions_are_not_there(looked):
    told = looked["places"]
    there = eval(told.splitlines()[0])
    # The interpreter may be below a home; then an empty folder leads to it.
    assert set(there) <= {str(Path.home())}


def test_nothing_that_outlives_the_kernel_can_be_written(looked):
    told = looked["mounts"]
    assert told.strip() == "[]"


def test_there_is_no_network(looked):
    told = looked["network"]
    assert told.split() == ["none", "none"]


def test_a_kernel_sees_no_process_but_its_own(looked):
    told = looked["processes"]
    assert len(eval(told)) <= 3


def test_the_files_of_a_submission_are_there_and_can_be_changed(looked):
    told = looked["files"]
    assert told.splitlines()[0] == "1,2 lesson"
    assert "tries.json" in told


def test_what_one_submission_writes_the_next_does_not_see(kind, looked):
    assert looked["writes"] == ""
    assert said(f"{PATHS}print([path for path in paths if os.path.exists(path)])", kind) == "[]\n"


def test_the_grader_s_environment_is_not_passed_on(looked):
    told = looked["environment"]
    assert told.strip() == "False"


def test_a_file_cannot_be_larger_than_allowed(looked):
    told = looked["large file"]
    assert told.split() == ["refused", str(8 * 2**20)]


def test_processes_are_limited(kind):
    told = said(
        """
        import os, signal, time
        children = []
        try:
            while len(children) < 400:
                child = os.fork()
                if child == 0:
                    time.sleep(60)
                    os._exit(0)
                children.append(child)
        except OSError:
            print("refused")
        for child in children:
            os.kill(child, signal.SIGKILL)
        """,
        kind,
        processes=60,
    )
    assert told.strip() == "refused"


def test_who_takes_too_much_memory_is_ended_and_told(kind):
    take = "kept = []\nwhile True:\n    kept.append(b'x' * 2**24)"
    result = execute(job_of(take, grade("t", "assert kept"), memory_mb=700, timeout=60), kind)
    assert (result.status, scores(result)) == ("died", {"t": 0})
    assert "more than 700 MB of memory" in result.reason


def test_no_further_namespaces_can_be_made(looked):
    told = looked["namespace"]
    assert told.strip() == "-1"


def test_calls_that_only_attacks_need_are_refused(looked):
    told = looked["calls"]
    assert told.split() == ["EPERM"] * 5 + ["['2']"]


def test_the_command_of_a_training_runs_inside(looked):
    told = looked["command"]
    assert told.strip() == "crossentropy"


def test_an_ordinary_user_has_the_same_sandboxes():
    if os.geteuid() != 0:
        pytest.skip("these tests are run by an ordinary user already")
    ask = (
        "import os; from classroom.grading.kernels.sandbox.choice import available_sandboxes\n"
        "print(os.getuid(), available_sandboxes())"
    )
    done = subprocess.run(
        [*as_nobody(), sys.executable, "-c", ask],
        capture_output=True,
        text=True,
        timeout=120,
        cwd="/",
        env={**os.environ, "HOME": "/nowhere"},
    )
    expected = f"{NOBODY.pw_uid} {dict.fromkeys(AVAILABLE, '')}"
    assert done.stdout.strip() == expected, done.stderr


HIDE = {
    "files in the folder of the sockets": """
        import glob, os
        folder = os.path.dirname(glob.glob("/tmp/grade-*/sockets/k-*")[0])
        try:
            for number in range(50_000):
                open(f"{folder}/{number}", "w").close()
        except OSError as error:
            print("refused", error.errno)
        """,
    "folders in folders": """
        import glob, os, time
        os.chdir(os.path.dirname(glob.glob("/tmp/grade-*/sockets/k-*")[0]))
        try:
            for number in range(1200):
                os.mkdir("d")
                os.chdir("d")
            time.sleep(30)
        except OSError as error:
            print("refused", error.errno)
        """,
    "a file without a name": """
        import glob, os, time
        folder = os.path.dirname(glob.glob("/tmp/grade-*/sockets/k-*")[0])
        try:
            kept = []
            for number in range(12):
                kept.append(open(f"{folder}/{number}", "wb"))
                os.unlink(f"{folder}/{number}")
                kept[-1].write(bytes(50 * 2**20))
                kept[-1].flush()
            time.sleep(30)
        except OSError as error:
            print("refused", error.errno)
        """,
}


@pytest.mark.parametrize("what", HIDE)
def test_nothing_of_the_machine_s_disk_can_be_filled(kind, what):
    result = execute(job_of(HIDE[what], grade("t", "assert True"), memory_mb=400, timeout=60), kind)
    if kind == "jail":
        assert (result.status, printed(result)) == ("finished", "refused 30\n")
    else:
        assert result.status == "died"
        assert "was ended" in result.reason


HOLD = {
    "shared over a fork": """
        import os, time
        kept = []
        for number in range(40):
            kept.append(b"x" * 2**24)
            if number == 39 and os.fork() == 0:
                time.sleep(60)
        time.sleep(60)
        """,
    "a file in memory": """
        import os, time
        try:
            file = os.memfd_create("kept")
        except OSError:
            print("refused")
        else:
            for _ in range(10):
                os.write(file, bytes(50 * 2**20))
            time.sleep(60)
        """,
    "memory of System V": """
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        print("refused" if libc.shmget(0, 10**9, 0o600) < 0 else "given")
        """,
}


@pytest.mark.parametrize("what", HOLD)
def test_memory_that_is_hidden_is_counted_or_refused(kind, what):
    # Of the 640 MB that two share; a kernel itself has some 50.
    result = execute(job_of(HOLD[what], memory_mb=660, timeout=60), kind)
    if result.status == "finished":
        assert printed(result) == "refused\n"
    else:
        assert "more than 660 MB of memory" in result.reason
