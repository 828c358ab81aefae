"""Run the lessons as on other machines: other threads, instructions, users, languages, folders.

    python tests/support/elsewhere.py                     list what there is
    python tests/support/elsewhere.py "one thread" ...    run the lessons so, with nbval
    python tests/support/elsewhere.py "another user + locale tr_TR"   both at once
    python tests/support/elsewhere.py all --lessons 01 02 --times 10

Threads and instructions are settled by the lessons themselves; a file `sitecustomize.py`, which
Python runs before anything else, has them settle on others.
"""

import argparse
from dataclasses import dataclass, field
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import tempfile
import time

from ordinary_user import as_nobody

ROOT = Path(__file__).parents[2]
# Changes crossentropy.quiet when it has been loaded.
SITE = """
import importlib.abc, importlib.machinery, os, sys

class _Changed(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name != "crossentropy.quiet":
            return None
        sys.meta_path.remove(self)
        found = importlib.machinery.PathFinder.find_spec(name, path)
        load = found.loader.exec_module

        def exec_module(module):
            load(module)
            module.ENVIRONMENT.update({environment!r})
            module.THREADS = {threads!r}

        found.loader.exec_module = exec_module
        return found

sys.meta_path.insert(0, _Changed())
"""


@dataclass(frozen=True)
class Place:
    """How a place differs: the environment, our settings of TensorFlow, the command, the folder."""

    environment: dict = field(default_factory=dict)
    settings: dict = field(default_factory=dict)
    threads: int = 2
    before: tuple = ()  # the command begins with it
    folder: str = ""  # the lessons lie in one of this name
    nobody: bool = False


PLACES = {
    "here": Place(),
    "one thread": Place(threads=1),
    "one processor": Place(before=("taskset", "-c", "0")),
    "four threads": Place(threads=4),
    "few instructions": Place(
        environment={"NPY_DISABLE_CPU_FEATURES": "X86_V3 X86_V4 AVX512_ICL AVX512_SPR"},
        settings={"ONEDNN_MAX_CPU_ISA": "SSE41"},
    ),
    "all instructions": Place(settings={"ONEDNN_MAX_CPU_ISA": "ALL"}),
    "without oneDNN": Place(settings={"TF_ENABLE_ONEDNN_OPTS": "0"}),
    "another user": Place(nobody=True),
    "locale C": Place(environment={"LC_ALL": "C", "LANG": "C"}),
    "locale de_DE": Place(environment={"LC_ALL": "de_DE.UTF-8", "LANG": "de_DE.UTF-8"}),
    "locale tr_TR": Place(environment={"LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"}),
    "time zone": Place(environment={"TZ": "Pacific/Kiritimati"}),
    "folder": Place(folder="Übung für alle/meine Hefte"),
    "another hash seed": Place(environment={"PYTHONHASHSEED": "12345"}),
}


def place_of(name):
    """The place of this name, or one that differs as several do: names joined by `+`."""
    places = [PLACES[one.strip()] for one in name.split("+")]
    return Place(
        environment={key: value for one in places for key, value in one.environment.items()},
        settings={key: value for one in places for key, value in one.settings.items()},
        threads=next((one.threads for one in places if one.threads != Place.threads), 2),
        before=next((one.before for one in places if one.before), ()),
        folder=next((one.folder for one in places if one.folder), ""),
        nobody=any(one.nobody for one in places),
    )


def run(place, lessons, python):
    """Run lessons in a copy of the repository; return what nbval says at last, and the seconds."""
    with tempfile.TemporaryDirectory() as folder:
        folder = Path(folder)
        root = folder / (place.folder or "course")
        root.parent.mkdir(parents=True, exist_ok=True)
        left_out = shutil.ignore_patterns(".venv", ".git", "my-work", "test-artifacts", "submitted")
        shutil.copytree(ROOT, root, ignore=left_out)
        (folder / "site").mkdir()
        site = SITE.format(environment=place.settings, threads=place.threads)
        (folder / "site" / "sitecustomize.py").write_text(site, encoding="utf-8")
        (folder / "home").mkdir()
        environment = {
            **os.environ,
            **place.environment,
            "PYTHONPATH": os.pathsep.join([str(folder / "site"), str(root / "src")]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "HOME": str(folder / "home"),
        }
        named = [
            str(path.relative_to(root))
            for path in sorted((root / "solutions").glob("*/*.ipynb"))
            if not lessons or path.name.startswith(tuple(lessons))
        ]
        # uv's link to Python in an environment may not be followed by everybody; it is asked here.
        command = [
            *place.before,
            str(python),
            "-m",
            "pytest",
            "-q",
            "-pno:cacheprovider",
            "-pno:xdist",
        ]
        if place.nobody:
            for path in [folder, *folder.rglob("*")]:
                shutil.chown(path, "nobody")
            command = [*map(str, as_nobody()), *command]
        started = time.monotonic()
        done = subprocess.run(
            [*command, *named],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        failed = re.findall(r"(?m)^(?:FAILED|ERROR) .*", done.stdout)
        told = done.stdout.strip().splitlines() or done.stderr.strip().splitlines() or ["nothing"]
        return done.returncode == 0, told[-1].strip("= "), failed, time.monotonic() - started


def main():
    """Run what the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("places", nargs="*", help="'all', or some of: " + ", ".join(PLACES))
    parser.add_argument("--lessons", nargs="*", default=[], help="as 01 02; all by default")
    parser.add_argument("--times", type=int, default=1, help="run each so often")
    parser.add_argument("--python", default=sys.executable, help="another environment's Python")
    given = parser.parse_args()
    if not given.places:
        print("\n".join(PLACES))
        return 0
    well = True
    for name in PLACES if given.places == ["all"] else given.places:
        for number in range(1, given.times + 1):
            passed, told, failed, seconds = run(place_of(name), given.lessons, given.python)
            well = well and passed
            print(
                f"{name}, run {number}: {told} ({seconds:.0f} s)", *failed, sep="\n  ", flush=True
            )
    return not well


if __name__ == "__main__":
    sys.exit(main())
