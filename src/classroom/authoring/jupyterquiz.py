"""A lesson's practice questions in the form of jupyterquiz."""

import json
import math
import os
import re
from typing import Any

from crossentropy.quiz import bank, draws
from crossentropy.quiz.shuffled import shuffled

from classroom.course import CourseError


def export(lesson: str, draws_of_each: int = 0) -> tuple[list[dict[str, Any]], list[str]]:
    """Return the practice and recall questions of a lesson in jupyterquiz's form.

    Orderings have no counterpart there and are left out. A number is right within the tolerance
    here and within a half-open range there. A question has its numbers once and for all there: a
    template is exported with those of the lesson, and some draws of it as questions of their own.

    Parameters
    ----------
    lesson : str
    draws_of_each : int, optional
        How many draws of each template.

    Returns
    -------
    list of dict
        What `jupyterquiz.display_quiz` takes.
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
        if question.template is not None:
            for number in range(draws_of_each):
                drawn = draws.drawn(question, f"export {number}")
                exported.append(_as_jupyterquiz(shuffled(drawn, drawn.seed).question))
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
        # JSON has no infinity, and jupyterquiz lets nobody type it.
        wrong = [one for one in question.wrong if math.isfinite(one.low + one.high)]
        answers += [_range(one.low, one.high, False, one.why) for one in wrong]
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


def write_export(lesson: str, path: str | os.PathLike, draws_of_each: int = 0) -> list[str]:
    """Write the export of a lesson as JSON; return the ids that have no counterpart there.

    Raises
    ------
    CourseError
        If the file is there already.
    """
    exported, left_out = export(lesson, draws_of_each)
    try:
        with open(path, "x", encoding="utf-8") as file:
            json.dump(exported, file, indent=1, ensure_ascii=False)
            file.write("\n")
    except FileExistsError:
        raise CourseError(f"{path} is there already; name another file or remove it.") from None
    return left_out
