"""The question bank from a teacher's side: check it, look at it, seal the challenge, export it."""

import json
from pathlib import Path
import re

from crossentropy import own_folder
from crossentropy.quiz import bank, sealed

from classroom import notebook_files
from classroom.course import CourseError, lesson_file, lesson_names

CHALLENGES = "*.challenge.yaml"


def check(course):
    """Return what is wrong with the bank and the challenges: one sentence a file that is broken.

    A challenge whose sealed file in data/questions is not what its questions make is wrong too.
    """
    found = bank.problems()
    for path in sorted((course / "solutions").glob(CHALLENGES)):
        try:
            target, content = sealed_file(course, path)
        except bank.BankError as error:
            found.append(str(error))
            continue
        if not target.is_file() or target.read_bytes() != content:
            found.append(
                f"data/questions/{target.name} does not hold the questions of {path.name}: "
                "run make release."
            )
    return found or list(_sections_that_are_none(course))


def _sections_that_are_none(course):
    """Name each question whose section is no heading of the lesson that teaches it."""
    headings = {lesson: _headings(lesson_file(course, lesson)) for lesson in lesson_names(course)}
    for lesson in bank.lessons():
        for question in bank.questions(lesson):
            known = headings.get(question.taught_in)
            if known is None and question.taught_in == lesson:
                continue  # the lesson is yet to be written
            if question.section and question.section not in (known or ()):
                yield (
                    f"data/questions/{lesson}.yaml, question {question.id}, field section: "
                    f"{question.section!r} is no heading of {question.taught_in}."
                )


def _headings(path):
    cells = notebook_files.read(path).cells
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return re.findall(r"(?m)^#+ (.+?)\s*$", text)


def seal(course):
    """Seal the questions of each ``solutions/<lesson>.challenge.yaml``.

    Returns
    -------
    list of pathlib.Path
        The files written, in data/questions; none in a course that has no bank of its own.
    """
    written = []
    for path in sorted((course / "solutions").glob(CHALLENGES)):
        target, content = sealed_file(course, path)
        if not target.parent.is_dir():
            continue
        own_folder.write(target, content)
        written.append(target)
    return written


def sealed_file(course, path):
    """Return where the sealed file of a challenge lies, and what belongs into it."""
    lesson = path.name.split(".")[0]
    content = sealed.seal(lesson, bank.read_file(path))
    return course / "data" / "questions" / f"{lesson}.sealed.json", content


def explain(question_id):
    """Return a question as text with all that a learner is told in the end; for its author."""
    from crossentropy.quiz import texts

    question = _question(question_id)
    parts = [texts.as_plain(question), f"Key: {question.key}"]
    for letter, option in zip(question.letters, question.options, strict=True):
        parts.append(f"{letter}) {option.why.strip()}")
    parts += [f"{one.low:g} to {one.high:g}: {one.why.strip()}" for one in question.wrong]
    told = [("Right", question.why), ("Otherwise", question.otherwise), ("Hint", question.hint)]
    parts += [f"{title}: {text.strip()}" for title, text in told if text]
    parts += [f"{title}:\n{text.strip()}" for title, text in texts.solution(question)]
    return "\n\n".join(parts)


def _question(question_id):
    try:
        return bank.question(question_id)
    except bank.BankError as error:
        raise CourseError(str(error)) from None


def notebook_with(question_id, folder):
    """Write a throw-away notebook that shows one question as a learner sees it.

    Returns
    -------
    pathlib.Path
        ``<folder>/<lesson>/<lesson>.ipynb``, so that answers are recorded there and judged.
    """
    import nbformat

    question = _question(question_id)
    path = Path(folder) / question.lesson / f"{question.lesson}.ipynb"
    call = "predict" if question.use == "predict" else "ask"
    code = f'from crossentropy import quiz\n\nquiz.{call}("{question.id}")'
    if question.use == "challenge":
        code = "from crossentropy import quiz\n\nquiz.challenge()"
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    path.parent.mkdir(parents=True)
    nbformat.write(notebook, path)
    return path


def export(lesson):
    """Return the practice and recall questions of a lesson in jupyterquiz's form.

    Orderings have no counterpart there and are left out. A number is right within the tolerance
    here and within a half-open range there.

    Returns
    -------
    list of dict
        What ``jupyterquiz.display_quiz`` takes.
    left_out : list of str
        The ids of the questions that are not in it.
    """
    exported, left_out = [], []
    try:
        asked = bank.questions(lesson)
    except bank.BankError as error:
        raise CourseError(str(error)) from None
    for question in asked:
        if question.use not in ("practice", "recall"):
            continue
        if question.type == "order":
            left_out.append(question.id)
            continue
        exported.append(_as_jupyterquiz(question))
    return exported, left_out


def _as_jupyterquiz(question):
    types = {"choice": "multiple_choice", "several": "many_choice", "number": "numeric"}
    code = re.search(r"```\w*\n(.*?)```", question.prompt, re.DOTALL)
    prompt = question.prompt.replace(code[0], "") if code else question.prompt
    entry = {"question": prompt.strip(), "type": types[question.type]}
    if code:
        entry["code"] = code[1].rstrip()
    if question.type == "number":
        low, high = question.answer - question.tolerance, question.answer + question.tolerance
        answers = [_range(low, high, True, question.why)]
        answers += [_range(one.low, one.high, False, one.why) for one in question.wrong]
        answers.append({"type": "default", "feedback": question.otherwise.strip()})
        entry["answers"] = answers
        return entry
    entry["answers"] = [
        {
            **_option(option.text.strip()),
            "correct": option.correct,
            "feedback": option.why.strip(),
        }
        for option in question.options
    ]
    return entry


def _option(text):
    code = re.fullmatch(r"```\w*\n(.*?)```", text, re.DOTALL) or re.fullmatch(r"`([^`]+)`", text)
    return {"code": code[1].rstrip()} if code else {"answer": text}


def _range(low, high, correct, why):
    # jupyterquiz leaves the upper end out, and binary fractions the ends as they please.
    slack = 1e-9 * max(1.0, abs(low), abs(high))
    return {
        "type": "range",
        "range": [low - slack, high + slack],
        "correct": correct,
        "feedback": why.strip(),
    }


def write_export(lesson, path):
    """Write the export of a lesson as JSON; return the ids that have no counterpart there.

    Raises
    ------
    CourseError
        If the file is there already.
    """
    exported, left_out = export(lesson)
    try:
        with open(path, "x", encoding="utf-8") as file:
            json.dump(exported, file, indent=1, ensure_ascii=False)
            file.write("\n")
    except FileExistsError:
        raise CourseError(f"{path} is there already; name another file or remove it.") from None
    return left_out
