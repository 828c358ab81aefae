"""The question bank: data/questions/<lesson>.yaml, read, checked and handed out by question id.

Challenge questions come from <lesson>.sealed.json beside it, see `crossentropy.quiz.sealed`.

A question id starts with the number of its lesson (`01-what-it-measures`), so that one question
costs the reading of one file. A parsed file is kept until it changes on disk.
"""

from __future__ import annotations

from dataclasses import dataclass
import difflib
from functools import lru_cache
from pathlib import Path

from crossentropy.data_folder import data_folder
from crossentropy.quiz import bank_checks, former, sealed, template
from crossentropy.quiz.question import BankError, Objective, Question, from_entry, number_of
import yaml


def folder() -> Path:
    """Folder of the bank's files."""
    return data_folder() / "questions"


def lessons() -> tuple[str, ...]:
    """Names of the lessons that have a file in the bank, sorted.

    Raises
    ------
    BankError
        If there is no bank.
    """
    found = tuple(sorted(path.stem for path in folder().glob("*.yaml")))
    if not found:
        raise BankError(
            f"The question bank is missing: there is no .yaml file in {folder()}; "
            "get the folder data/questions of this project again."
        )
    return found


def questions(lesson: str) -> tuple[Question, ...]:
    """All questions of one lesson, in the order of its file.

    Parameters
    ----------
    lesson : str
        Name of the lesson, for instance `01-loss-definition`.

    Raises
    ------
    BankError
        If the lesson has no file, or its file is broken: one sentence that names the file, the
        question and the field.
    """
    return tuple(_of(_file(lesson)).questions.values())


def title(lesson: str) -> str:
    """Title of a lesson; its name where the bank has none."""
    return _of(_file(lesson)).title


def objective(lesson: str, word: str) -> Objective:
    """Return the objective that questions name with a word; if unknown, it has no section."""
    return _of(_file(lesson)).objectives.get(word, Objective(word))


def _file(lesson: str) -> Path:
    path = folder() / f"{lesson}.yaml"
    if not path.is_file():
        raise BankError(
            f"There are no questions for lesson {lesson!r}: "
            f"the bank has files for {', '.join(lessons())}."
        )
    return path


def _of(path: Path) -> _Lesson:
    """Return the content of a lesson's files, parsed anew when one of them has changed."""
    sealed = path.with_suffix(".sealed.json")
    return _parsed(path, sealed, _stamp(path), _stamp(sealed))


def _stamp(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def question(question_id: str) -> Question:
    """One question.

    Parameters
    ----------
    question_id : str
        For instance `01-what-it-measures`; an id of an earlier release (`former`) finds it too.

    Raises
    ------
    BankError
        If there is no such question (the sentence offers the nearest id), no bank, or a broken one.
    """
    if isinstance(question_id, str):
        question_id = former.QUESTIONS.get(question_id, question_id)
        for path in folder().glob(f"{number_of(question_id)}-*.yaml"):
            known = _of(path).questions
            if question_id in known:
                return known[question_id]
    raise BankError(_unknown(question_id))


def refuse_challenge(question: Question) -> None:
    """Refuse a question that is asked in the challenge alone.

    Raises
    ------
    BankError
        If it is one.
    """
    if question.use == "challenge":
        raise BankError(
            f"Question {question.id!r} belongs to the challenge: run quiz.challenge() and answer "
            "it there."
        )


def problems() -> list[str]:
    """Check every file of the bank; one sentence a broken file, none when all is well.

    Raises
    ------
    BankError
        If there is no bank.
    """
    found = []
    for lesson in lessons():
        try:
            questions(lesson)
        except BankError as error:
            found.append(str(error))
    return found


def _unknown(question_id: object) -> str:
    known = [one.id for lesson in lessons() for one in questions(lesson)]
    near = difflib.get_close_matches(str(question_id), known, n=1, cutoff=0.5)
    advice = f"did you mean {near[0]!r}?" if near else "see the files in data/questions."
    return f"There is no question {question_id!r} in the bank; {advice}"


# --- reading one file -----------------------------------------------------------------------------


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Safe YAML that refuses a key given twice (plain YAML would keep the last without a word)."""

    def construct_mapping(self, node, deep=False):
        keys = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        for position, key in enumerate(keys):
            if key in keys[:position]:
                raise yaml.constructor.ConstructorError(
                    None, None, f"{key!r} is given twice", node.value[position][0].start_mark
                )
        return super().construct_mapping(node, deep=deep)


@dataclass(frozen=True)
class _Lesson:
    questions: dict[str, Question]
    title: str
    objectives: dict[str, Objective]


@lru_cache(maxsize=64)
def _parsed(path: Path, sealed: Path, _stamp, stamp_of_sealed) -> _Lesson:
    """Questions of one lesson. The stamps only make a changed file a new entry."""
    raw = _checked(path, _name(path))
    found = {entry["id"]: _question(raw["lesson"], entry) for entry in raw["questions"]}
    if stamp_of_sealed is not None:
        found |= _unsealed(sealed)
    objectives = {word: Objective(**one) for word, one in raw.get("objectives", {}).items()}
    return _Lesson(found, raw.get("title", raw["lesson"]), objectives)


def read_file(path: Path) -> list[dict]:
    """Read and check a teacher's file of the bank's form that lies elsewhere.

    Parameters
    ----------
    path : Path
        Its name begins with that of the lesson, and a dot.

    Returns
    -------
    list of dict
        The questions as they stand in the file.

    Raises
    ------
    BankError
        One sentence that names the file, the question and the field.
    """
    return _checked(path, f"{path.parent.name}/{path.name}")["questions"]


def _checked(path: Path, name: str) -> dict:
    try:
        raw = yaml.load(path.read_bytes(), _Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = f", line {mark.line + 1}" if mark else ""
        raise BankError(f"{name}{place}: {error.problem}; this is not valid YAML.") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise BankError(
            f"{name}: this is not a YAML text file in UTF-8; restore it from the project."
        ) from None
    except OSError as error:
        raise BankError(f"{name} cannot be read: {error.strerror}.") from None
    for complaint in bank_checks.complaints(raw, path):
        raise BankError(f"{name}, {complaint}.")
    return raw


def _unsealed(path: Path) -> dict[str, Question]:
    try:
        lesson, entries = sealed.unseal(path.read_bytes())
        return {entry["id"]: _question(lesson, entry) for entry in entries}
    except (OSError, ValueError, TypeError, KeyError):
        raise BankError(
            f"{_name(path)} is damaged: restore it from the project "
            "(a teacher: make it again with make release)."
        ) from None


def _name(path: Path) -> str:
    return f"data/questions/{path.name}"


def _question(lesson: str, entry: dict) -> Question:
    if "values" not in entry:
        return from_entry(lesson, entry)
    values = template.first_values(entry)
    return from_entry(lesson, template.filled(entry, values), template=entry, values=values)
