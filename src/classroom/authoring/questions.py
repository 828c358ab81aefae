"""The question bank from a teacher's side: check it, look at it, seal the challenge."""

from collections.abc import Iterator
import os
from pathlib import Path
import re
import secrets

from crossentropy import own_folder
from crossentropy.quiz import bank, draws, sealed, template, template_checks
from crossentropy.quiz.question import Question

from classroom import notebook_files
from classroom.course import CourseError, lesson_file, lesson_names

CHALLENGES = "*.challenge.yaml"


def check(course: Path) -> list[str]:
    """Return what is wrong with the bank and the challenges: one sentence a file that is broken.

    A challenge whose sealed file in data/questions is not what its questions make is wrong too, and
    so is a template of which any of 200 draws is no sound question.
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
    return found or [*_sections_that_are_none(course), *_unsound_draws()]


def templates() -> list[Question]:
    """Return the questions of the bank that are templates."""
    asked = [one for lesson in bank.lessons() for one in bank.questions(lesson)]
    return [one for one in asked if one.template is not None]


def _unsound_draws() -> Iterator[str]:
    for question in templates():
        for field, what in template_checks.proof(question.template):
            challenge = question.use == "challenge"
            file = f"{'solutions' if challenge else 'data/questions'}/{question.lesson}"
            file += ".challenge.yaml" if challenge else ".yaml"
            yield f"{file}, question {question.id}, field {field}: {what}."


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


def seal(course: Path) -> list[Path]:
    """Seal the questions of each `solutions/<lesson>.challenge.yaml`.

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


def sealed_file(course: Path, path: Path) -> tuple[Path, bytes]:
    """Return where the sealed file of a challenge lies, and what belongs into it."""
    lesson = path.name.split(".")[0]
    content = sealed.seal(lesson, bank.read_file(path))
    return course / "data" / "questions" / f"{lesson}.sealed.json", content


def explain(question_id: str) -> str:
    """Return a question as text with all that a learner is told in the end; for its author.

    Of a template it says what is drawn, and shows the lesson's question and one more draw.
    """
    question = _question(question_id)
    if question.template is None:
        return _explained(question)
    drawn = draws.drawn(question, secrets.token_hex(4))
    return "\n\n".join(
        [
            *_sources(question.template),
            f"--- In the lesson ({_told(question)}); this one counts for points ---",
            _explained(question),
            f"--- A draw ({_told(drawn)}) ---",
            _explained(drawn),
        ]
    )


def _sources(entry: dict) -> Iterator[str]:
    lines = ["Template. Its values:"]
    for name, given in entry["values"].items():
        if not isinstance(given, dict):
            lines.append(f"  {name} = {given}")
        elif "among" in given:
            lines.append(f"  {name}, one of {', '.join(map(str, given['among']))}")
        else:
            lines.append(f"  {name}, from {given['low']} to {given['high']} by {given['step']}")
    yield "\n".join([*lines, *(f"  where {one}" for one in entry.get("where", ()))])


def _told(question: Question) -> str:
    values = template.all_values(question.template, question.values)
    return ", ".join(f"{name} = {value}" for name, value in values.items())


def _explained(question: Question) -> str:
    from crossentropy.quiz import texts

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


def notebook_with(question_id: str, folder: str | os.PathLike) -> Path:
    """Write a throw-away notebook that shows one question as a learner sees it.

    Returns
    -------
    pathlib.Path
        `<folder>/<lesson>/<lesson>.ipynb`, so that answers are recorded there and judged.
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
