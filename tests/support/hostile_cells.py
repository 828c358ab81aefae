"""Submissions whose graded cells are not as they were."""

from hostile_submissions import FULL, case, mark_of, raw, write

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
