"""A class of broken and hostile submissions, graded in one batch with good ones beside them.

Each is made by a function below that carries its expected outcome. The lesson has an exercise of
2 points, one of 3 and a quiz of 4.
"""

from dataclasses import dataclass
import html
import json
import os
from pathlib import Path
import re
import shutil
import sqlite3
import textwrap

import nbformat
import pytest

LESSON = "01-loss-definition"
FILE, PAGE = f"{LESSON}.ipynb", f"{LESSON}.html"
QUESTIONS = ["01-what-it-measures", "01-second-of-three"]
TIMEOUT = 4
FULL, CODE = 9, 5
HOSTILE = {}


@dataclass(frozen=True)
class Case:
    """One submission: how it is made, and what must come of it."""

    make: object
    status: str  # "any" where either of the two is right, as it depends on the machine
    score: float | tuple  # a tuple: one of these
    says: str  # a part of the sentence for the teacher
    base: str  # what the learner begins with


def case(status, score, says="", base="right"):
    """Register a submission; ``base`` is "right", "wrong" (and no quiz), or "nothing"."""

    def register(make):
        HOSTILE[make.__name__.replace("_", "-")] = Case(make, status, score, says, base)
        return make

    return register


def raw(learner):
    """Return the learner's notebook as the plain record that its file holds."""
    return json.loads((learner.folder / FILE).read_text())


def write(learner, record, name=FILE, encoding="utf-8"):
    text = record if isinstance(record, str) else json.dumps(record)
    (learner.folder / name).write_bytes(text.encode(encoding))


def mark_of(record, grade_id):
    """Return a cell of a plain record and nbgrader's mark in it."""
    for cell in record["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == grade_id:
            return cell, cell["metadata"]["nbgrader"]
    raise KeyError(grade_id)


# --- Good ones, which nothing here may harm


@case("graded", FULL)
def all_right(learner):
    pass


@case("graded", 0, base="wrong")
def all_wrong(learner):
    pass


@case("graded", 0, base="nothing")
def untouched(learner):
    pass


@case("graded", 2, base="nothing")
def one_exercise(learner):
    learner.solve("double")


@case("graded", FULL)
def noise_on_stderr(learner):
    learner.write(
        "double",
        "import sys\ndef double(x):\n    print('a note', file=sys.stderr)\n    return 2 * x",
    )


# --- Files that are no notebook


@case("needs_review", 0, "holds no notebook")
def no_notebook(learner):
    (learner.folder / FILE).unlink()
    (learner.folder / "responses.json").unlink()


@case("needs_review", 0, "is empty")
def empty_file(learner):
    write(learner, "")


@case("needs_review", 0, "no JSON")
def not_json(learner):
    write(learner, "<html><body>Please log in</body></html>")


@case("needs_review", 0, "no JSON")
def cut_off(learner):
    text = (learner.folder / FILE).read_text()
    write(learner, text[: len(text) // 2])


@case("needs_review", 0, "no JSON")
def nested_too_deep(learner):
    write(learner, "[" * 200_000)


@case("needs_review", 0, "is no notebook")
def a_list(learner):
    write(learner, "[1, 2]")


@case("needs_review", 0, "has no cells")
def no_cells(learner):
    write(learner, {"nbformat": 4, "metadata": {}})


@case("needs_review", 0, "not UTF-8")
def latin_letters(learner):
    record = raw(learner)
    record["cells"][0]["source"] = "# é"
    text = json.dumps(record, ensure_ascii=False)
    (learner.folder / FILE).write_bytes(text.encode("latin-1"))


@case("graded", FULL)
def saved_as_utf_16(learner):
    write(learner, raw(learner), encoding="utf-16")


@case("graded", FULL)
def byte_order_mark(learner):
    write(learner, raw(learner), encoding="utf-8-sig")


@case("needs_review", 0, "is larger than 64 MB")
def huge_notebook(learner):
    with open(learner.folder / FILE, "r+b") as file:
        file.truncate(65 * 2**20)


@case("needs_review", 0, "more than a lesson can have")
def thousands_of_cells(learner):
    record = raw(learner)
    record["cells"] += [nbformat.v4.new_code_cell("1")] * 4000
    write(learner, record)


@case("needs_review", 0, "notebook format 5")
def notebook_of_the_future(learner):
    write(learner, {**raw(learner), "nbformat": 5})


@case("graded", FULL)
def notebook_of_the_past(learner):
    # Format 3 has worksheets, no ids, and no kernel.
    old = nbformat.convert(nbformat.read(learner.folder / FILE, as_version=4), 3)
    write(learner, json.dumps(old))


@case("needs_review", 0, "holds none of the cells")
def another_lesson(learner):
    cells = [nbformat.v4.new_code_cell("print('another lesson')")]
    write(learner, nbformat.writes(nbformat.v4.new_notebook(cells=cells)))


@case("graded", FULL)
def odd_types(learner):
    record = raw(learner)
    record["metadata"] = None
    record["cells"] = [
        None,
        7,
        {"cell_type": "code"},
        {"cell_type": "widget", "source": {"a": 1}, "metadata": []},
        {"cell_type": "code", "source": ["a = 1", 5, None], "metadata": {"nbgrader": [1]}},
        {"cell_type": "code", "source": "b = 1", "metadata": {"nbgrader": {"grade_id": {}}}},
        {"cell_type": "markdown", "source": "c", "metadata": {"tags": "x"}, "attachments": 3},
        {"cell_type": "code", "source": "1", "metadata": {}, "id": 5, "outputs": "none"},
        *record["cells"],
    ]
    write(learner, record)


@case("graded", FULL)
def half_a_letter(learner):
    # A surrogate without its partner: valid JSON, and no text that can be written as UTF-8.
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    cell["source"] = ["# \ud800\n", *cell["source"]]
    write(learner, record)


@case("graded", FULL)
def zero_byte_in_a_cell(learner):
    learner.insert("a = '\0'", before="double")


# --- Which notebook counts


@case("graded", FULL, "was named 'my answers.ipynb'")
def renamed(learner):
    (learner.folder / FILE).rename(learner.folder / "my answers.ipynb")


@case("graded", FULL, "also holds answers")
def two_notebooks(learner):
    shutil.copy(learner.folder / FILE, learner.folder / "copy.ipynb")


@case("needs_review", 4, "'copy.ipynb' also holds answers")
def work_in_the_copy(learner):
    (learner.folder / FILE).rename(learner.folder / "copy.ipynb")
    write(learner, nbformat.writes(learner.course.released()))


@case("needs_review", 0, "2 notebooks hold this lesson")
def two_renamed(learner):
    shutil.copy(learner.folder / FILE, learner.folder / "a.ipynb")
    (learner.folder / FILE).rename(learner.folder / "b.ipynb")


@case("graded", FULL, "was named")
def folder_in_the_folder(learner):
    inner = learner.folder / LESSON
    inner.mkdir()
    for path in [*learner.folder.iterdir()]:
        if path != inner:
            path.rename(inner / path.name)


# --- Graded cells that are not as they were


@case("graded", FULL, "2 times")
def duplicated_test(learner):
    record = raw(learner)
    record["cells"].append(mark_of(record, "double-test")[0])
    write(learner, record)


@case("graded", 0, "2 times", base="wrong")
def second_test_that_passes(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double-test")
    record["cells"].append({**cell, "source": "pass"})
    write(learner, record)


@case("graded", FULL, "was missing and was put back")
def deleted_tests(learner):
    record = raw(learner)
    record["cells"] = [cell for cell in record["cells"] if not is_marked(cell, "grade")]
    write(learner, record)


def is_marked(cell, kind):
    return cell["metadata"].get("nbgrader", {}).get(kind, False)


@case("graded", 0, "was missing and was put back", base="wrong")
def deleted_tests_of_wrong_answers(learner):
    deleted_tests(learner)


@case("graded", 6, "answer cell 'loss' is missing")
def deleted_answer(learner):
    record = raw(learner)
    record["cells"].remove(mark_of(record, "loss")[0])
    write(learner, record)


@case("graded", FULL, "answer cell 'loss' is missing")
def answer_moved_to_another_cell(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "loss")
    cell["metadata"], cell["id"] = {}, "elsewhere"
    record["cells"].remove(cell)
    record["cells"].append(cell)
    record["cells"].remove(mark_of(record, "loss-test")[0])
    write(learner, record)


@case("graded", FULL, "had lost its mark")
def stripped_of_metadata(learner):
    record = raw(learner)
    for cell in record["cells"]:
        cell["metadata"] = {}
    write(learner, record)


@case("graded", FULL, "had lost its mark")
def stripped_of_metadata_and_ids(learner):
    record = raw(learner)
    for cell in record["cells"]:
        cell["metadata"] = {}
        del cell["id"]
    write(learner, {**record, "nbformat_minor": 4})


@case("graded", 0, "not of this lesson", base="wrong")
def foreign_test(learner):
    record = raw(learner)
    cell, mark = mark_of(record, "double-test")
    own = {**mark, "grade_id": "bonus", "points": 100}
    record["cells"].append({**cell, "source": "pass", "metadata": {"nbgrader": own}})
    write(learner, record)


@case("graded", FULL)
def old_schema(learner):
    record = raw(learner)
    for cell in record["cells"]:
        if mark := cell["metadata"].get("nbgrader"):
            mark["schema_version"] = 1
            del mark["task"], mark["cell_type"]
    write(learner, record)


@case("graded", FULL)
def no_schema(learner):
    record = raw(learner)
    for cell in record["cells"]:
        if mark := cell["metadata"].get("nbgrader"):
            cell["metadata"]["nbgrader"] = {"grade_id": mark["grade_id"]}
    write(learner, record)


@case("graded", FULL)
def schema_of_the_future(learner):
    record = raw(learner)
    for cell in record["cells"]:
        if mark := cell["metadata"].get("nbgrader"):
            mark.update(schema_version=99, weight={"a": 1})
    write(learner, record)


@case("graded", 0, "keeps 'double-test' from running", base="wrong")
def skipping_the_tests(learner):
    record = raw(learner)
    for cell in record["cells"]:
        if is_marked(cell, "grade"):
            cell["metadata"]["tags"] = ["skip-execution"]
    write(learner, record)


@case("graded", 2, base="nothing")
def more_points(learner):
    learner.solve("double")
    record = raw(learner)
    mark_of(record, "double-test")[1]["points"] = 1000
    write(learner, record)


@case("graded", 0, base="wrong")
def text_for_a_test(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double-test")
    cell["cell_type"] = "markdown"
    write(learner, record)


@case("graded", 0, base="wrong")
def unflagged_tests(learner):
    record = raw(learner)
    for grade_id in ("double-test", "loss-test", "quiz-test"):
        mark_of(record, grade_id)[1].update(grade=False, locked=False)
    write(learner, record)


@case("graded", 0, base="wrong")
def answer_for_a_test(learner):
    record = raw(learner)
    cell, mark = mark_of(record, "double-test")
    mark.update(solution=True, locked=False)
    cell["source"] = "pass"
    write(learner, record)


@case("graded", 0, base="wrong")
def another_kernel(learner):
    record = raw(learner)
    record["metadata"]["kernelspec"] = {"name": "bash", "display_name": "b", "language": "bash"}
    write(learner, record)


# --- What stands beside the notebook


@case("graded", CODE)
def no_responses(learner):
    (learner.folder / "responses.json").unlink()


@case("needs_review", CODE, "'responses.json' is damaged")
def damaged_responses(learner):
    (learner.folder / "responses.json").write_text('{"schema": 1, "resp')


@case("needs_review", CODE, "'responses.json' is damaged")
def bottomless_responses(learner):
    (learner.folder / "responses.json").write_text('{"a":' * 100_000)


@case("needs_review", CODE, "rename it")
def renamed_responses(learner):
    (learner.folder / "responses.json").rename(learner.folder / "responses (1).json")


@case("graded", CODE, "leads out of the submission")
def link_out(learner):
    (learner.folder / "responses.json").unlink()
    (learner.folder / "responses.json").symlink_to("/etc/passwd")


@case("needs_review", 0, "leads out of the submission")
def link_to_anothers_notebook(learner):
    (learner.folder / FILE).unlink()
    (learner.folder / FILE).symlink_to(f"../../all-right/{LESSON}/{FILE}")


@case("needs_review", 0, "is a link to another place")
def folder_is_a_link(learner):
    shutil.rmtree(learner.folder)
    learner.folder.symlink_to(f"../all-right/{LESSON}")


@case("graded", FULL)
def link_inside(learner):
    (learner.folder / FILE).rename(learner.folder / "work.txt")
    (learner.folder / FILE).symlink_to("work.txt")


@case("graded", CODE, "no ordinary file")
def pipe_for_responses(learner):
    (learner.folder / "responses.json").unlink()
    os.mkfifo(learner.folder / "responses.json")


@case("needs_review", 0, "no ordinary file")
def pipe_for_a_notebook(learner):
    (learner.folder / FILE).unlink()
    os.mkfifo(learner.folder / FILE)


@case("needs_review", 0, "holds no notebook")
def folder_for_a_notebook(learner):
    (learner.folder / FILE).unlink()
    (learner.folder / FILE).mkdir()


@case("needs_review", 0, "should be")
def file_for_a_folder(learner):
    shutil.rmtree(learner.folder)
    learner.folder.write_text("nothing")


@case("graded", FULL, "name that is not plain text")
def hostile_names(learner):
    for name in ("-rf", "[red]x", "a b\nc.txt", "'; DROP TABLE grade; --", "\x1b[31m", b"\xff"):
        (Path(os.fsdecode(learner.folder)) / os.fsdecode(name)).write_text("x")


@case("graded", FULL, "is larger than 100 MB")
def huge_file(learner):
    with open(learner.folder / "weights.bin", "wb") as file:
        file.truncate(101 * 10**6)


@case("needs_review", 0, "more than 2000 files")
def thousands_of_files(learner):
    (learner.folder / "many").mkdir()
    for number in range(2100):
        (learner.folder / "many" / str(number)).touch()


@case("needs_review", 0, "take the place of a module", base="wrong")
def own_numpy(learner):
    (learner.folder / "numpy.py").write_text("class testing: assert_allclose = print")


@case("needs_review", 0, "take the place of a module", base="wrong")
def own_quiz(learner):
    package = learner.folder / "crossentropy"
    package.mkdir()
    (package / "__init__.py").touch()
    (package / "quiz.py").write_text("def points(*names, out_of): return out_of")


@case("needs_review", 0, "take the place of a module", base="wrong")
def own_settings(learner):
    (learner.folder / "ipython_config.py").write_text("raise SystemExit")


@case("graded", FULL)
def own_helper(learner):
    (learner.folder / "my_helper.py").write_text("def twice(x): return 2 * x")
    learner.write("double", "from my_helper import twice as double")


@case("needs_review", FULL, "timestamp.txt")
def damaged_timestamp(learner):
    (learner.folder / "timestamp.txt").write_text("99999999999999999999 yesterday")


@case("graded", FULL)
def o_brien(learner):
    pass


# --- What a submission does when it runs


@case("needs_review", FULL, "ran longer than")
def endless_cell(learner):
    learner.insert("while True: pass", before="double-test")


@case("needs_review", 7, "ran longer than")
def endless_answer(learner):
    learner.write("double", "def double(x):\n    while True: pass")


@case("needs_review", 2, "ran out of time and could not be stopped")
def endless_and_deaf(learner):
    source = """
    import signal
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True: pass
    """
    learner.insert(body(source), before="loss-test")


def body(text):
    return textwrap.dedent(text).strip()


@case("needs_review", 2, "died")
def exit_in_an_answer(learner):
    learner.write("loss", "import os\ndef loss(p): os._exit(0)")


@case("graded", 6)
def system_exit_in_an_answer(learner):
    learner.write("loss", "def loss(p): raise SystemExit(0)")


@case("needs_review", 2, "died")
def segmentation_fault(learner):
    learner.write("loss", "import ctypes\ndef loss(p): ctypes.string_at(0)")


@case("needs_review", 2, "died")
def killed_from_inside(learner):
    learner.write("loss", "import os, signal\ndef loss(p): os.kill(os.getpid(), signal.SIGKILL)")


@case("any", (2, 6))
def memory_eater(learner):
    # It dies by the limit on memory, or at a slow machine by that on time.
    learner.write("loss", "def loss(p):\n    a = []\n    while True: a.append(b'x' * 10**9)")


@case("any", (FULL,))
def fork_bomb(learner):
    source = """
    import os
    try:
        while True: os.posix_spawn("/bin/sleep", ["sleep", "60"], {})
    except OSError as error:
        print(error)
    """
    learner.insert(body(source), before="double-test")


@case("any", (FULL,))
def huge_output(learner):
    learner.insert("for _ in range(100): print('x' * 10**6)", before="double-test")


@case("graded", FULL)
def reads_the_gradebook(learner):
    course = learner.course.folder
    source = f"""
    import os, crossentropy
    wanted = [{str(course)!r} + "/gradebook.db", {str(course)!r} + "/solutions",
        {str(course)!r} + "/submitted", os.path.dirname(crossentropy.__file__) + "/../../solutions",
        "../../../gradebook.db", "../../gradebook.db", "../../../solutions",
        os.path.expanduser("~/.ssh"), "/root/.ssh", "/etc/shadow"]
    seen = []
    for path in wanted:
        try:
            if os.path.isdir(path): seen += os.listdir(path)
            else: seen += open(path, "rb").read(9)
        except OSError: pass
    print(seen)
    def double(x):
        return 2 * x if not seen else 0
    """
    learner.write("double", body(source))


@case("graded", FULL)
def writes_outside(learner):
    source = f"""
    import os
    for place in {str(learner.course.folder)!r}, "/etc", "/usr", "/root", "/home", os.sys.prefix:
        try:
            open(place + "/hostile-was-here", "w").write("x")
        except OSError:
            pass
    """
    learner.insert(body(source), before="double-test")


@case("graded", FULL)
def uses_the_network(learner):
    source = """
    import socket
    reached = []
    for address in (("127.0.0.1", 22), ("127.0.0.1", 8888), ("1.1.1.1", 53)):
        try:
            socket.create_connection(address, timeout=0.5)
            reached.append(address)
        except OSError:
            pass
    names = [name for _, name in socket.if_nameindex()]
    def double(x):
        return 2 * x if names in ([], ["lo"]) and not reached else 0
    """
    learner.write("double", body(source))


ATTACKS = {
    "asserts_are_stripped": """
        import ast
        class Strip(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(Strip())
        """,
    "cells_are_rewritten": """
        get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
        """,
    "np_testing_is_patched": """
        np.testing.assert_allclose = lambda *args, **more: None
        double = lambda x: 2 * x if x == 3 else 82
        """,
    "run_cell_is_patched": """
        shell = type(get_ipython())
        old = shell.run_cell_async
        async def run_cell_async(self, code, *args, **more):
            return await old(self, "pass", *args, **more)
        shell.run_cell_async = run_cell_async
        """,
    "compile_is_patched": """
        import builtins
        old = builtins.compile
        builtins.compile = lambda source, *args, **more: old("pass", *args, **more)
        """,
    "assertion_error_is_swallowed": """
        import builtins
        class Never(Exception): pass
        builtins.AssertionError = Never
        def handle(shell, kind, value, trace, tb_offset=None): return []
        get_ipython().set_custom_exc((Exception,), handle)
        """,
    "quiz_points_are_patched": """
        quiz.points = lambda *args, out_of, **more: out_of
        """,
    "quiz_module_is_replaced": """
        import sys, types
        quiz = types.SimpleNamespace(points=lambda *args, out_of, **more: out_of)
        sys.modules["crossentropy.quiz"] = quiz
        """,
    "a_formatter_forges_points": """
        get_ipython().display_formatter.formatters["text/plain"].for_type(
            float, lambda value, printer, cycle: printer.text("4.0"))
        """,
    "answers_are_always_equal": """
        class Always(float):
            def __eq__(self, other): return True
            def __array__(self, *args, **more): return np.array(0.6931472)
            __ne__ = lambda self, other: False
            __le__ = __lt__ = __ge__ = __gt__ = __eq__
            __hash__ = None
        double = lambda x: Always()
        """,
    "a_trace_changes_the_tests": """
        import sys
        def trace(frame, event, arg):
            if "result" in frame.f_locals: frame.f_globals["result"] = 0.6931472
            return trace
        sys.settrace(trace)
        """,
    "a_thread_changes_the_tests": """
        import threading, time
        def meddle():
            while True:
                np.testing.assert_allclose = print
                time.sleep(0.001)
        threading.Thread(target=meddle, daemon=True).start()
        """,
    "the_reply_is_forged": """
        kernel = get_ipython().kernel
        kernel.do_execute = lambda *args, **more: {"status": "ok", "execution_count": 1,
            "payload": [], "user_expressions": {}}
        """,
    "the_tests_are_deleted": """
        import gc, types
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType) and thing.__name__ == "assert_allclose":
                thing.__code__ = (lambda *args, **more: None).__code__
        """,
}


def register_attack(name, source):
    """Register an attack on a notebook whose answers are wrong: points need a person's look."""

    def attack(learner):
        learner.insert(body(source), before="double-test")

    attack.__name__ = name
    HOSTILE[name.replace("_", "-")] = Case(attack, "caught", 0, "", "wrong")


for _name, _source in ATTACKS.items():
    register_attack(_name, _source)


# --- What a submission tries to learn or to show


@case("graded", 7, base="right")
def almost_right(learner):
    learner.write("double", "def double(x): return 6")


@case("graded", FULL)
def prints_the_tests(learner):
    source = """
    import linecache
    print([lines for name, (_, _, lines, _) in linecache.cache.items() if "ipykernel" in name])
    print("".join(map(str, In)))
    """
    learner.notebook.cells.append(nbformat.v4.new_code_cell(body(source)))
    learner.save()


@case("graded", 7)
def raises_the_tests(learner):
    source = """
    def double(x):
        import linecache
        sources = ["".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2]
        raise AssertionError("".join(text for text in sources if "secret" + "_number" in text))
    """
    learner.write("double", body(source))


# --- The batch


@pytest.fixture(scope="module")
def graded(tiny_course, tmp_path_factory):
    """Make the class, grade it once, and return the course and the report."""
    course = tiny_course.twin(tmp_path_factory.mktemp("hostile"))
    for name, each in HOSTILE.items():
        learner = course.learner(name if name != "o-brien" else "O'Brien; DROP TABLE grade; [red]")
        if each.base == "right":
            learner.solve()
            learner.answer(QUESTIONS)
        elif each.base == "wrong":
            learner.write("double", "def double(x): return 0")
            learner.write("loss", "def loss(p): return 0.0")
        each.make(learner)
    before = contents(course.folder / "solutions")
    report = course.grade(f"--timeout={TIMEOUT}", status=1)
    assert contents(course.folder / "solutions") == before
    return course, {entry["student"]: entry for entry in report["students"]}


def contents(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def entry_of(graded, name):
    return graded[1].get(name) or graded[1]["O'Brien; DROP TABLE grade; [red]"]


@pytest.mark.parametrize("name", HOSTILE)
def test_the_outcome_is_the_one_it_deserves(graded, name):
    expected, entry = HOSTILE[name], entry_of(graded, name)
    said = " ".join([entry["reason"], *entry["flags"]])
    if expected.status == "any":
        assert entry["score"] in expected.score, entry
        assert entry["status"] != "not_graded"
        return
    if expected.status == "caught":
        # Either it gained nothing, or a person is told.
        assert entry["score"] == expected.score or entry["status"] == "needs_review", entry
        return
    assert (entry["status"], entry["score"]) == (expected.status, expected.score), entry
    assert expected.says in said


def test_nobody_is_lost(graded):
    course, entries = graded
    assert len(entries) == len(HOSTILE) >= 40
    assert set(course.gradebook()) == set(entries)


def test_no_score_is_missing(graded):
    for submission in graded[0].gradebook().values():
        assert all(auto is not None for auto, _, _ in submission["grades"].values())
        assert len(submission["grades"]) == 3


def test_what_needs_review_has_a_sentence(graded):
    for entry in graded[1].values():
        assert (entry["status"] == "graded") == (entry["reason"] == "")


def test_the_gradebook_is_whole_and_nobody_left_a_trace(graded):
    course, _ = graded
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)
    assert not list(course.folder.rglob("hostile-was-here"))
    assert not any(Path(place, "hostile-was-here").exists() for place in ("/etc", "/usr", "/root"))


# --- Feedback on them


@pytest.fixture(scope="module")
def pages(graded):
    """Return the feedback page of some learners, as text without tags."""
    course, _ = graded
    names = "all-right", "almost-right", "untouched", "prints-the-tests", "raises-the-tests"
    course.classroom("feedback", LESSON, *(f"--student={name}" for name in names))
    return {
        name: html.unescape(
            re.sub(r"<[^>]*>", "", (course.folder / "feedback" / name / LESSON / PAGE).read_text())
        )
        for name in names
    }


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("almost-right", "Not passed: It should double every number, 41 too."),
        ("untouched", "Not passed: the exercise is not solved yet."),
        ("all-right", "(Score: 9.0 / 9.0)"),
    ],
)
def test_feedback_says_what_failed_in_the_words_of_the_test(pages, name, sentence):
    assert sentence in pages[name]


def test_feedback_shows_visible_tests_and_no_hidden_ones(pages):
    for page in pages.values():
        assert 'assert double(3) == 6, "Twice 3 is 6."' in page
        assert "secret_number" not in page
        assert "HIDDEN TESTS" not in page


def test_feedback_leaves_out_what_quotes_a_hidden_test(pages):
    for name in ("prints-the-tests", "raises-the-tests"):
        assert "This output was left out: it shows a test." in pages[name]


def test_a_page_that_cannot_be_made_costs_nobody_else_theirs(graded):
    course, _ = graded
    shutil.rmtree(course.folder / "feedback", ignore_errors=True)
    broken = course.folder / "autograded" / "all-right" / LESSON / f"{LESSON}.ipynb"
    text = broken.read_bytes()
    broken.write_text("{")
    try:
        course.classroom("feedback", LESSON, status=2)
    finally:
        broken.write_bytes(text)
    with_page = {page.parts[-3] for page in course.folder.glob(f"feedback/*/{LESSON}/{PAGE}")}
    were_graded = {page.parts[-3] for page in course.folder.glob(f"autograded/*/{LESSON}/*.ipynb")}
    assert were_graded - with_page == {"all-right"}
    assert len(with_page) > 50
