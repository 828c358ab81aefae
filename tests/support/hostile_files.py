"""Submissions whose files are odd, and good ones, which nothing here may harm."""

import json
import os
from pathlib import Path
import shutil

from course_of_learners import LESSON
from hostile_submissions import CODE, FILE, FULL, case, mark_of, raw, write
import nbformat

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


@case("graded", FULL)
def folder_in_the_folder(learner):
    inner = learner.folder / LESSON
    inner.mkdir()
    for path in [*learner.folder.iterdir()]:
        if path != inner:
            path.rename(inner / path.name)


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
