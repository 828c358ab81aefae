"""Mutate our modules that decide points, and ask their tests: at least 90 % must be noticed.

    make mutation

prints what `exercises.py` does, for modules; MODULE names some of them. mutmut's own runner leaves
out what has a decorator and works on a copy of the source, which is not where `data/` lies. Here
each mutant is imported in a forked process in the place of its module, and only the tests that run
the changed statement are asked, quick ones first.
"""

import ast
from dataclasses import dataclass
from importlib.machinery import PathFinder, SourceFileLoader
import multiprocessing
import os
from pathlib import Path
import signal
import sys
import tempfile
import time

import coverage
from mutants import mutants
import pytest
from verdict import is_strong

ROOT = Path(__file__).parents[2]
LEAST = 0.9
OURS = tuple(str(ROOT / name) for name in ("src", "tests", "conftest.py"))
SECONDS = 30  # after which a mutant runs for ever
QUIZ, GRADING = "tests/crossentropy/quiz", "tests/classroom/grading"
# No test here executes a submission or starts a kernel: hundreds of mutants wait for each of them.
MODULES = {
    "crossentropy.quiz.marking": [f"{QUIZ}/test_marking.py"],
    "crossentropy.quiz.score": [f"{QUIZ}/test_score.py", f"{QUIZ}/test_sittings.py"],
    "crossentropy.quiz.sittings": [f"{QUIZ}/test_sittings.py"],
    "crossentropy.quiz.sitting_steps": [f"{QUIZ}/test_sittings.py"],
    "classroom.grading.recording": [f"{GRADING}/test_recorder.py"],
    "classroom.grading.honest_outputs": [f"{GRADING}/test_honest_outputs.py"],
}
PYTEST = ["-q", "-x", "-p", "no:cacheprovider", "-o", "addopts=--import-mode=importlib"]


class RunsForEverError(BaseException):
    """No code under test may take it for an error of its own."""


@dataclass(frozen=True)
class Mutant:
    """The text of a whole module with one thing changed, and the tests that run what is changed."""

    module: str
    text: str
    tests: tuple[str, ...]


def main():
    os.chdir(ROOT)
    wanted = sys.argv[1:]
    weak = sum(
        not _is_strong(module)
        for module in MODULES
        if not wanted or {module, module.rpartition(".")[2]} & {*wanted}
    )
    sys.exit(1 if weak else 0)


def _is_strong(module):
    path = ROOT / "src" / f"{module.replace('.', '/')}.py"
    watch = _watched(module, path)
    found = {
        what: Mutant(module, text, watch.tests_of(line))
        for what, text, line in _mutants_of(path.read_text())
    }
    fork = multiprocessing.get_context("fork")
    with fork.Pool(maxtasksperchild=1) as pool:
        caught = pool.map(_is_caught, found.values(), chunksize=1)
    passed = [what for what, noticed in zip(found, caught, strict=True) if not noticed]
    return is_strong(module, found, passed, LEAST)


def _mutants_of(source):
    """Yield of each mutant what is changed, the text of the module, and the line."""
    lines = source.splitlines(keepends=True)
    for name, node in _parts(ast.parse(source)):
        first = min(each.lineno for each in [node, *getattr(node, "decorator_list", [])]) - 1
        part = lines[first : node.end_lineno]
        head = ["class _:\n"] if part[0].startswith(" ") else []
        for what, text in mutants("".join(head + part)).items():
            changed = text.splitlines(keepends=True)[len(head) :]
            same = [one == other for one, other in zip(part, changed, strict=False)]
            line = first + 1 + ([*same, False].index(False))
            whole = [*lines[:first], *changed, *lines[node.end_lineno :]]
            yield f"{name}: {what}", "".join(whole), line


def _parts(tree):
    """Yield the functions, methods, fields and other statements of a module, with their names."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            yield from ((f"{node.name}.{name}", each) for name, each in _parts(node))
        elif not isinstance(node, ast.Import | ast.ImportFrom):
            yield getattr(node, "name", "(no function)"), node


class Watch:
    """A plugin for pytest: sees how long each test takes, and which lines of a file it runs."""

    def __init__(self, path):
        self.path, self.seconds = path, {}
        self.coverage = coverage.Coverage(data_file=None, include=[str(path)], config_file=False)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item):
        self.coverage.switch_context(item.nodeid)
        began = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = time.perf_counter() - began

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        # What several tests share may make any of them fail.
        if fixturedef.scope != "function":
            self.coverage.switch_context("")
        try:
            return (yield)
        finally:
            self.coverage.switch_context(request.node.nodeid if "::" in request.node.nodeid else "")

    def tests_of(self, line):
        """Return the tests that run the statement in a line, quick ones first."""
        ran = self.coverage.get_data().contexts_by_lineno(str(self.path))
        names = {name for each in _statement(self.path, line) for name in ran.get(each, [""])}
        if "" in names:  # run at the import
            names = self.seconds
        return tuple(sorted(names, key=self.seconds.get))


def _statement(path, line):
    """Return the lines of the innermost statement around a line, without the block below it."""
    around = [
        node
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno
    ]
    if not around:
        return range(line, line + 1)
    inner = max(around, key=lambda node: node.lineno)
    last = inner.body[0].lineno - 1 if getattr(inner, "body", None) else inner.end_lineno
    return range(inner.lineno, max(last, inner.lineno) + 1)


def _watched(module, path):
    """Run the tests of a module as it is, and forget all of ours that was imported for it."""
    watch = Watch(path)
    watch.coverage.start()
    status = pytest.main([*PYTEST, "-qq", *MODULES[module]], plugins=[watch])
    watch.coverage.stop()
    if status != pytest.ExitCode.OK:
        sys.exit(f"The tests of {module} fail before anything is changed.")
    own = str(Path(__file__).parent)
    for name, each in [*sys.modules.items()]:
        file = getattr(each, "__file__", None) or ""
        if file.startswith(OURS) and not file.startswith(own):
            del sys.modules[name]
    return watch


class Loader(SourceFileLoader):
    """Loads a module with another text than stands in its file."""

    def __init__(self, module, path, text):
        super().__init__(module, path)
        self.text = text

    def get_code(self, fullname):
        return compile(self.text, self.path, "exec")


class Finder:
    """Finds the mutant where its module is imported."""

    def __init__(self, mutant):
        self.mutant = mutant

    def find_spec(self, name, path=None, target=None):
        if name != self.mutant.module:
            return None
        spec = PathFinder.find_spec(name, path, target)
        spec.loader = Loader(name, spec.origin, self.mutant.text)
        return spec


class Chosen:
    """A plugin for pytest: runs some tests only, in their order."""

    def __init__(self, names):
        self.names = names

    def pytest_collection_modifyitems(self, items):
        known = {item.nodeid: item for item in items}
        items[:] = [known[name] for name in self.names if name in known]


def _is_caught(mutant):
    """Return whether a test fails, in a process of its own."""
    if not mutant.tests:
        return False
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    sys.meta_path.insert(0, Finder(mutant))
    files = dict.fromkeys(name.partition("::")[0] for name in mutant.tests)
    signal.signal(signal.SIGALRM, _stop)
    signal.alarm(SECONDS)
    try:
        with tempfile.TemporaryDirectory() as folder:
            to = f"--basetemp={folder}/tests"
            return pytest.main([*PYTEST, to, *files], plugins=[Chosen(mutant.tests)]) != 0
    except RunsForEverError:
        return True


def _stop(*_):
    raise RunsForEverError


if __name__ == "__main__":
    main()
