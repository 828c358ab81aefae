"""Mutate our modules that decide points, and ask their tests: at least 90 % must be noticed.

    make mutation

prints what `exercises.py` does, of modules; MODULE names some of them. mutmut's own runner leaves
out what has a decorator, and works on a copy of the source, beside which no `data/` lies. Here the
tests are imported once, a process is forked for each mutant, and only those tests are run there
that run the changed statement, quick ones first.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
import importlib
import os
from pathlib import Path
import signal
import sys
import tempfile
import time

import coverage
from mutants import mutants
import pytest
from transplant import transplant
from verdict import is_strong

ROOT = Path(__file__).parents[2]
LEAST = 0.9
SECONDS = 60  # of computing, after which a mutant runs for ever; and ten times as long to wait
QUIZ, GRADING = "tests/crossentropy/quiz", "tests/classroom/grading"
# No test here executes a submission or starts a kernel: hundreds of mutants wait for each of them.
MODULES = {
    "crossentropy.quiz.marking": [f"{QUIZ}/test_marking.py"],
    "crossentropy.quiz.score": [f"{QUIZ}/test_score.py", f"{QUIZ}/test_sittings.py"],
    "crossentropy.quiz.sittings": [f"{QUIZ}/test_standing.py", f"{QUIZ}/test_sittings.py"],
    "crossentropy.quiz.sitting_steps": [f"{QUIZ}/test_sittings.py"],
    "classroom.grading.recording": [f"{GRADING}/test_recorder.py"],
    "classroom.grading.honest_outputs": [f"{GRADING}/test_honest_outputs.py"],
}
PYTEST = [
    *("-p", "no:cacheprovider", "-p", "no:terminal", "-o", "tmp_path_retention_policy=none"),
    *("-o", "addopts=--import-mode=importlib"),  # no notebook, no figure
]


class RunsForEverError(BaseException):
    """No code under test may take it for an error of its own."""


@dataclass(frozen=True)
class Mutant:
    """What is changed, the text of the module then, the line, and the names that mean it."""

    what: str
    text: str
    line: int
    names: list[str]


def main():
    os.chdir(ROOT)
    wanted = sys.argv[1:]
    weak = 0
    for module, files in MODULES.items():
        if not wanted or {module, module.rpartition(".")[2]} & {*wanted}:
            trial = Trial(module)
            with tempfile.TemporaryDirectory() as folder:
                # A folder of pytest's own goes when others run many tests meanwhile.
                to = f"--basetemp={folder}/tests"
                status = pytest.main([*PYTEST, to, *files], plugins=[trial])
            if status != pytest.ExitCode.OK:
                sys.exit(f"Where nothing is changed, a test of {module} fails: {trial.failed}")
            weak += not is_strong(module, trial.mutants, trial.passed, LEAST)
    sys.exit(1 if weak else 0)


def mutants_of(source: str) -> Iterator[Mutant]:
    """Yield the mutants of a module."""
    lines = source.splitlines(keepends=True)
    for called, names, node in _parts(ast.parse(source)):
        first = min(each.lineno for each in [node, *getattr(node, "decorator_list", [])]) - 1
        part = lines[first : node.end_lineno]
        head = ["class _:\n"] if part[0].startswith(" ") else []
        for what, text in mutants("".join(head + part)).items():
            changed = text.splitlines(keepends=True)[len(head) :]
            same = [one == other for one, other in zip(part, changed, strict=False)]
            line = first + 1 + [*same, False].index(False)
            whole = "".join([*lines[:first], *changed, *lines[node.end_lineno :]])
            yield Mutant(f"{called}: {what}", whole, line, names)


def _parts(tree):
    """Yield the functions, methods, fields and constants of a module, and what they are called."""
    for node in tree.body:
        if isinstance(node, ast.ClassDef):
            for called, _, each in _parts(node):
                yield f"{node.name}.{called}", [node.name], each
        elif isinstance(node, ast.FunctionDef):
            yield node.name, [node.name], node
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = [each.id for one in targets for each in ast.walk(one) if hasattr(each, "id")]
            yield ", ".join(names), names, node


class Trial:
    """A plugin for pytest: in the place of its tests, it tries the mutants of a module on them.

    Parameters
    ----------
    module : str

    Attributes
    ----------
    mutants : dict of str to Mutant
    passed : list of str
        Those that no test has noticed.
    """

    def __init__(self, module):
        self.module = module
        self.path = ROOT / "src" / f"{module.replace('.', '/')}.py"
        source = self.path.read_text()
        self.tree = ast.parse(source)
        self.mutants = {mutant.what: mutant for mutant in mutants_of(source)}
        everything = [name for _, names, _ in _parts(self.tree) for name in names]
        self.unchanged = Mutant("nothing", source, 1, everything)
        self.passed, self.seconds, self.failed, self.watches = [], {}, "", True
        self.coverage = coverage.Coverage(None, include=[str(self.path)], config_file=False)
        self.coverage.start()  # what runs at the import is everybody's

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session):
        self.items = {item.nodeid: item for item in session.items}
        self._run(self.items)
        self.coverage.stop()
        self.watches = False
        if self.failed or self._is_caught(self.unchanged, self.items):
            raise session.Failed("a test fails")
        running = {}
        for what, mutant in self.mutants.items():
            if len(running) == os.cpu_count():
                self._wait(running)
            tests = self._tests_of(mutant.line)
            if not (process := os.fork()):
                os._exit(self._is_caught(mutant, tests))
            running[process] = what
        while running:
            self._wait(running)
        if self._is_caught(self.unchanged, self.items):  # else what was caught says nothing
            raise session.Failed("a test fails")
        return True

    def _wait(self, running):
        process, status = os.wait()
        what = running.pop(process)
        if status == 0:
            self.passed.append(what)

    def _run(self, names):
        """Run tests until one fails."""
        items = [self.items[name] for name in names]
        for item, following in zip(items, [*items[1:], None], strict=True):
            self._watch(item.nodeid)
            began = time.perf_counter()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            self.seconds[item.nodeid] = time.perf_counter() - began
            if self.failed:
                return

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.failed:
            self.failed = f"{report.nodeid}\n{report.longreprtext}"

    @pytest.hookimpl(wrapper=True)
    def pytest_fixture_setup(self, fixturedef, request):
        # What several tests share may make any of them fail.
        if fixturedef.scope == "function":
            return (yield)
        self._watch("")
        try:
            return (yield)
        finally:
            self._watch(request._pyfuncitem.nodeid)

    def _watch(self, test):
        """Note from now on that what runs is run by a test, or by all of them."""
        if self.watches:
            self.coverage.switch_context(test)

    def _tests_of(self, line):
        """Return the tests that run the statement in a line, quick ones first."""
        ran = self.coverage.get_data().contexts_by_lineno(str(self.path))
        names = {name for each in self._statement(line) for name in ran.get(each, [])}
        return sorted(self.items if "" in names else names, key=self.seconds.get)

    def _statement(self, line):
        """Return the lines of the innermost statement around a line, without the block below it."""
        around = [
            node
            for node in ast.walk(self.tree)
            if isinstance(node, ast.stmt) and node.lineno <= line <= node.end_lineno
        ]
        inner = max(around, key=lambda node: node.lineno)
        last = inner.body[0].lineno - 1 if hasattr(inner, "body") else inner.end_lineno
        return range(inner.lineno, max(last, inner.lineno) + 1)

    def _is_caught(self, mutant, tests):
        """Return whether a test fails; for a process of its own."""
        signal.signal(signal.SIGPROF, _stop)
        signal.signal(signal.SIGALRM, _stop)
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.alarm(10 * SECONDS)
        try:
            transplant(importlib.import_module(self.module), mutant.text, mutant.names)
            self._run(tests)
        except BaseException:  # it cannot be imported, or runs for ever
            return True
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
            signal.alarm(0)
        return self.failed != ""


def _stop(*_):
    raise RunsForEverError


if __name__ == "__main__":
    main()
