"""A report as CSV files, for a spreadsheet or a program."""

from __future__ import annotations

from collections.abc import Iterable
import csv
import io
from pathlib import Path

from crossentropy import own_folder

from classroom.report.lesson_report import LessonReport
from classroom.report.words import plain


def write_tables(report: LessonReport, folder: Path) -> list[Path]:
    """Write the tables of a report; shares are numbers from 0 to 1, times are seconds.

    Parameters
    ----------
    report : LessonReport
    folder : pathlib.Path
        It must exist.

    Returns
    -------
    list of pathlib.Path
    """
    tables = {
        "questions": _questions(report),
        "answers": _answers(report),
        "graded-cells": _exercises(report),
        "learners": _learners(report),
        "alike": _alike(report),
    }
    paths = []
    for name, rows in tables.items():
        text = io.StringIO()
        csv.writer(text).writerows([_cell(value) for value in row] for row in rows)
        paths.append(folder / f"{name}.csv")
        own_folder.write(paths[-1], text.getvalue())
    return paths


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, float):
        return round(value, 6)
    # A spreadsheet would compute what begins like a formula, and learners choose some texts.
    return f"'{value}" if isinstance(value, str) and value[:1] in tuple("=+-@\t\r") else value


def _questions(report: LessonReport) -> Iterable[tuple]:
    yield (
        *("question", "use", "section", "answered", "right_at_first", "right_at_last"),
        *("with_hint", "median_seconds", "discrimination"),
    )
    for row in report.questions:
        yield (
            *(row.question.id, row.question.use, row.section, row.answered),
            *(row.right_first, row.right_last, row.with_hint, row.seconds, row.discrimination),
        )


def _answers(report: LessonReport) -> Iterable[tuple]:
    yield "question", "use", "answer", "at_first", "at_last", "answered", "what_it_rests_on"
    for row in report.questions:
        for one in row.chosen:
            yield (
                *(row.question.id, row.question.use, plain(one.mistake.answer)),
                *(one.at_first, one.at_last, row.answered, plain(one.mistake.misconception)),
            )


def _exercises(report: LessonReport) -> Iterable[tuple]:
    yield "cell", "name", "mean_points", "out_of", "graded", "not_read", "message", "learners"
    for row in report.exercises:
        about = (row.grade_id, row.name, row.points, row.out_of, row.graded, row.waiting)
        for message, students in row.messages or (("", ()),):
            yield *about, message, " ".join(students)


def _learners(report: LessonReport) -> Iterable[tuple]:
    yield (
        *("learner", "answered", "asked", "right_at_first", "right_at_last", "attempts", "hints"),
        *("minutes", "times_as_long", "last_answer_utc", "points", "out_of", "reasons", "notice"),
    )
    for row in report.learners:
        yield (
            *(row.student, row.answered, row.asked, row.right_first, row.right_last, row.attempts),
            *(row.hints, row.minutes, row.pace, row.last and row.last.isoformat(), row.points),
            *(row.out_of, "; ".join(row.stuck), row.notice),
        )
    for student in report.absent:
        yield student, *[""] * 11, "has handed in nothing", ""


def _alike(report: LessonReport) -> Iterable[tuple]:
    yield "learners", "what_is_alike"
    for one in report.alike:
        yield " ".join(one.students), one.what
