"""Submissions of honest learners to whom something happened: an editor, a download, a slip."""

import json
import shutil

from course_of_learners import LESSON
from hostile_submissions import CODE, FILE, FULL, case, mark_of, raw, write

RIGHT = "def double(x):\n    y = 2 * x\n    return y"
STUB = "def double(x):\n    # Write your answer here, in place of the next line.\n"
STUB += "    raise NotImplementedError"


def place_of(record, grade_id):
    return record["cells"].index(mark_of(record, grade_id)[0])


def insert(record, index, source, like=None, **changes):
    """Put a code cell into a record; with `like`, it has that cell's mark."""
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": None}
    if like is not None:
        cell["metadata"] = json.loads(json.dumps(like["metadata"]))
    record["cells"].insert(index, {**cell, "source": source, "id": f"own-{index}", **changes})


# --- A cell that is there twice, or in pieces


@case("graded", FULL, "A copy of the untouched answer cell 'double' was left out")
def pasted_stub_below_the_answer(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    insert(record, place_of(record, "double") + 1, STUB, like=cell)
    write(learner, record)


@case("graded", FULL, "A copy of the untouched answer cell 'double' was left out")
def pasted_stub_without_a_mark(learner):
    record = raw(learner)
    insert(record, place_of(record, "double") + 1, STUB)
    write(learner, record)


@case("needs_review", 7, "holds another answer to it")
def two_different_answers(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    insert(record, place_of(record, "double") + 1, "def double(x): return 6", like=cell)
    write(learner, record)


@case("graded", FULL, "2 times")
def the_same_answer_twice(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    insert(record, place_of(record, "double") + 1, cell["source"], like=cell)
    write(learner, record)


def split(learner, pieces, marked):
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    place = place_of(record, "double")
    cell["source"] = pieces[0]
    for number, piece in enumerate(pieces[1:], start=1):
        insert(record, place + number, piece, like=cell if marked else None)
    write(learner, record)


@case("graded", FULL, "was split into 2 cells")
def answer_split_in_a_function(learner):
    split(learner, ["def double(x):\n    y = 2 * x", "    return y"], marked=True)


@case("graded", FULL, "was split into 2 cells")
def answer_split_after_the_first_line(learner):
    split(learner, ["def double(x):", "    y = 2 * x\n    return y"], marked=False)


@case("graded", FULL, "was split into 3 cells")
def answer_split_into_three(learner):
    split(learner, ["def double(x):", "    y = 2 * x", "    return y"], marked=True)


# --- An answer that stands somewhere else


@case("graded", FULL, "'double-test' stood before its answer")
def test_moved_above_its_answer(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double-test")
    record["cells"].remove(cell)
    record["cells"].insert(place_of(record, "double"), cell)
    write(learner, record)


@case("graded", FULL, "'double-test' stood before its answer")
def answer_moved_to_the_end(learner):
    record = raw(learner)
    cell, _ = mark_of(record, "double")
    record["cells"].remove(cell)
    record["cells"].append(cell)
    write(learner, record)


def with_stub(learner):
    learner.write("double", STUB)
    return raw(learner)


@case("needs_review", 7, "Beside the answer cell 'double', cell 'own-4' defines 'double' too")
def answer_below_its_test_and_the_stub_untouched(learner):
    record = with_stub(learner)
    insert(record, place_of(record, "double-test") + 1, RIGHT)
    write(learner, record)


@case("needs_review", 7, "defines 'double' too")
def answer_above_the_untouched_stub(learner):
    record = with_stub(learner)
    insert(record, place_of(record, "double"), RIGHT)
    write(learner, record)


@case("needs_review", 7, "'double-test' defines 'double' too")
def answer_typed_into_the_test(learner):
    record = with_stub(learner)
    cell, _ = mark_of(record, "double-test")
    cell["source"] = f"{RIGHT}\n{cell['source']}"
    write(learner, record)


@case("needs_review", 7, "holds text that is no Python beside an answer")
def answer_merged_with_text(learner):
    learner.write("double", f"Twice as much, **doubled**.\n\n{RIGHT}")


@case("graded", FULL)
def answer_made_a_text_cell(learner):
    record = raw(learner)
    mark_of(record, "double")[0]["cell_type"] = "markdown"
    write(learner, record)


@case("needs_review", 7, "the text 'own-2' defines 'double' too")
def answer_merged_into_the_text_above(learner):
    record = raw(learner)
    record["cells"].remove(mark_of(record, "double")[0])
    insert(record, 2, f"## Double\n\n{RIGHT}", cell_type="markdown")
    write(learner, record)


@case("graded", 7)
def a_wrong_answer_and_nothing_beside_it(learner):
    learner.write("double", "def double(x): return x")


# --- A file that a program has changed


@case("graded", FULL, "had lost its mark")
def windows_line_ends_and_no_marks(learner):
    record = raw(learner)
    for cell in record["cells"]:
        cell["metadata"], cell["source"] = {}, "".join(cell["source"]).replace("\n", "\r\n")
        del cell["id"]
    write(learner, {**record, "nbformat_minor": 4})


@case("graded", FULL, "Something stood after the end")
def the_end_of_an_older_file(learner):
    write(learner, f"{json.dumps(raw(learner))}\n  }}\n ]\n}}")


@case("graded", FULL)
def zeros_after_a_crash(learner):
    write(learner, json.dumps(raw(learner)) + "\0" * 500)


# --- Files and folders of other names


@case("graded", FULL, "clashes with the name")
def folder_named_like_the_notebook(learner):
    (learner.folder / FILE).rename(learner.folder / "mine.ipynb")
    (learner.folder / FILE).mkdir()
    (learner.folder / FILE / "notes.txt").write_text("notes")


def into_a_zip_of_all(learner, *names):
    """Make the submission a folder of the whole work, with the lesson under these names."""
    kept = learner.folder.with_name("kept")
    learner.folder.rename(kept)
    for name in names:
        shutil.copytree(kept, learner.folder / name)
    other = json.loads((kept / FILE).read_text())
    for cell in other["cells"]:
        cell["metadata"], cell["source"], cell["id"] = {}, "1", f"x{cell['id']}"
    shutil.rmtree(kept)
    write_other = learner.folder / "my-work" / "00-start-here"
    write_other.mkdir(parents=True)
    (write_other / "00-start-here.ipynb").write_text(json.dumps(other))


@case("graded", FULL)
def the_whole_work(learner):
    into_a_zip_of_all(learner, f"my-work/{LESSON}")


@case("graded", FULL, "also holds answers of this lesson")
def the_whole_work_with_a_copy(learner):
    into_a_zip_of_all(learner, f"my-work/{LESSON}", f"my-work/{LESSON} copy")


@case("needs_review", 7, "also holds answers of this lesson")
def points_lost_beside_a_copy(learner):
    shutil.copy(learner.folder / FILE, learner.folder / "copy.ipynb")
    learner.write("double", "def double(x): return x")


# --- Answers to the quiz that cannot be read, or stand elsewhere


def renamed_answers(learner, name):
    path = learner.folder / name
    path.parent.mkdir(exist_ok=True)
    (learner.folder / "responses.json").rename(path)


def changed_answers(learner, **changes):
    path = learner.folder / "responses.json"
    record = {**json.loads(path.read_text()), **changes}
    path.write_text(json.dumps({key: one for key, one in record.items() if one is not None}))


@case("needs_review", CODE, "written by a newer version")
def answers_of_a_newer_version(learner):
    changed_answers(learner, schema=99)


@case("needs_review", CODE, "holds no record of answers")
def answers_without_a_schema(learner):
    changed_answers(learner, schema=None)


@case("needs_review", CODE, "holds no record of answers")
def answers_with_a_schema_that_is_no_number(learner):
    changed_answers(learner, schema=2.0)


@case("needs_review", CODE, "holds no record of answers")
def empty_answers(learner):
    (learner.folder / "responses.json").write_text("{}")


@case("needs_review", CODE, "is larger than 10 MB")
def huge_answers(learner):
    changed_answers(learner, padding="x" * 10_000_001)


@case("needs_review", CODE, "'responses.json.txt'; rename it")
def answers_with_another_ending(learner):
    renamed_answers(learner, "responses.json.txt")


@case("needs_review", CODE, "rename it")
def answers_in_capitals(learner):
    renamed_answers(learner, "Responses.JSON")


@case("needs_review", CODE, "'responses - Copy (2).json'; rename it")
def answers_in_a_copy(learner):
    renamed_answers(learner, "responses - Copy (2).json")


@case("needs_review", CODE, "'old/responses.json'; rename it")
def answers_in_a_folder_below(learner):
    renamed_answers(learner, "old/responses.json")


@case("needs_review", CODE, "could not be read when they were needed")
def answers_begun_anew(learner):
    damaged = learner.folder / "responses.damaged-20260301T120000Z.json"
    damaged.write_text((learner.folder / "responses.json").read_text()[:-9])
    changed_answers(learner, responses={})


@case("needs_review", CODE, "holds answers that 'responses.json' lacks")
def answers_in_another_copy(learner):
    shutil.copy(learner.folder / "responses.json", learner.folder / "responses (1).json")
    changed_answers(learner, responses={})


@case("graded", FULL)
def an_older_copy_of_the_answers(learner):
    shutil.copy(learner.folder / "responses.json", learner.folder / "responses (1).json")


@case("graded", FULL, "stood in a folder above the notebook")
def answers_a_folder_above(learner):
    inner = learner.folder / LESSON
    inner.mkdir()
    (learner.folder / FILE).rename(inner / FILE)


@case("needs_review", CODE, "is damaged")
def answers_with_something_after_the_end(learner):
    with open(learner.folder / "responses.json", "a") as file:
        file.write("}}")
