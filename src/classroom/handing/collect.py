"""Take in what a class has handed in, from wherever it comes, and say whose is missing."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
import os
from pathlib import Path

from classroom.grading.lateness import due_of
from classroom.grading.lesson import Lesson, load_notebooks
from classroom.grading.preparation.files_beside import ANSWERS, counts_answers
from classroom.grading.settings import CourseSettings
from classroom.grading.submissions import folders_of_students, readable
from classroom.handing import roster as rosters
from classroom.handing.kept_attempts import KeptAttempts
from classroom.handing.lesson_part import attempts_at
from classroom.handing.platforms import Upload, uploads
from classroom.handing.roster import Roster
from classroom.handing.sources import Source, UnreadableError, unpacked

TAKEN, AGAIN, UNCHANGED = "taken", "taken anew", "as before"


@dataclass
class Row:
    """What became of one learner's upload."""

    student: str
    state: str = UNCHANGED
    time: datetime | None = None
    late: timedelta = timedelta()
    attempts: int = 0
    notes: list[str] = field(default_factory=list)


@dataclass
class Collection:
    """What `collect` did.

    `lost` are sentences on what could not be taken or placed, `absent` the students of whom
    nothing has come.
    """

    lesson: str
    rows: list[Row] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)

    @property
    def exit_status(self) -> int:
        """0 when all is taken, 1 when a person has to look at something."""
        return 1 if self.lost else 0


def collect(
    course: str | os.PathLike,
    lesson: str,
    sources: Iterable[str | os.PathLike],
    *,
    roster: str | os.PathLike | None = None,
    student: str | None = None,
    take: str = "latest",
) -> Collection:
    """Take in the submissions of a lesson.

    Parameters
    ----------
    course : path-like
        The folder with `nbgrader_config.py`.
    lesson : str
    sources : iterable of path-like
        Folders and zips: hand-ins, copies of `my-work`, bulk downloads of a platform.
    roster : path-like, optional
        A CSV file of the class; `roster.csv` in the course folder when there is one.
    student : str, optional
        Whose the sources are, when they are one learner's.
    take : str
        Which attempt counts: "latest", "first" or "on-time", the last one before it was due.

    Returns
    -------
    Collection

    Raises
    ------
    CourseError
        When there is no such lesson, source or roster.
    """
    settings = CourseSettings(course)
    with settings.gradebook() as gradebook:
        taker = _Taker(settings, gradebook, load_notebooks(settings, gradebook, lesson), take)
        table = Path(roster) if roster else settings.course / rosters.FILE
        if roster or table.is_file():
            taker.roster.add_table(table)
        for each in sources:
            taker.take_source(Source(each), student)
        return taker.finish()


class _Taker:
    """Takes in sources one after the other; nobody is refused because of somebody else."""

    def __init__(self, settings, gradebook, notebooks: list[Lesson], take: str):
        self.settings, self.gradebook, self.rule = settings, gradebook, take
        self.notebooks, self.lesson = notebooks, notebooks[0]
        self.moment = datetime.now(UTC)
        self.roster = Roster()
        self.roster.add_students(gradebook)
        self.done = Collection(self.lesson.name)
        self.kept: dict[str, KeptAttempts] = {}
        self.notes: dict[str, list[str]] = {}
        self.new: dict[str, bool] = {}
        submissions = gradebook.assignment_submissions(self.lesson.name)
        self.due = {each.student.id: due_of(each) for each in submissions}
        self.unknown: dict[str, tuple[str, ...]] = {}

    def take_source(self, source: Source, student: str | None) -> None:
        found, lost = uploads(source.names, source.path.stem, not source.path.is_dir())
        if student:
            files = {name: name for name in source.names}
            found, lost = [Upload((student,), student, student, files)], []
        self.done.lost += [f"'{readable(name)}' belongs to nobody." for name in lost]
        for upload in found:
            try:
                files = {own: source.read(name) for own, name in upload.files.items()}
                attempts = attempts_at(self.notebooks, unpacked(files))
            except UnreadableError as error:
                self.done.lost.append(f"{readable(upload.name)}: {readable(error)}.")
                continue
            if not attempts:
                self.done.lost.append(self._nothing_of(upload))
                continue
            person = self._person(upload)
            if person:
                self._keep(person, attempts, upload)

    def _nothing_of(self, upload):
        named = ", ".join(sorted(upload.files)[:3])
        return (
            f"{readable(upload.name)} handed in nothing of {self.lesson.name} "
            f"({readable(named) or 'no file'})."
        )

    def _person(self, upload):
        """Return whose an upload is, or None and say why."""
        same = self.roster.find(upload.ids, upload.name)
        if len(same) == 1:
            return same[0].id
        who = f"{readable(upload.name)} ({readable(upload.ids[0])})"
        if same:
            names = ", ".join(sorted(one.id for one in same))
            self.done.lost.append(f"{who} may be {readable(names)}; say who with --roster.")
            return None
        if self.roster.closed:
            self.done.lost.append(f"{who} is not in the roster.")
            return None
        if upload.name.startswith(self.lesson.name):
            self.done.lost.append(
                f"{who} names no learner; name the file after the learner, or say whose it is "
                "with --student."
            )
            return None
        folder = rosters.folder_name(upload.folder)
        if self.unknown.setdefault(folder, upload.ids) != upload.ids:
            self.done.lost.append(
                f"{who} has the name of somebody else; say who is who with --roster."
            )
            return None
        return folder

    def _keep(self, student, attempts, upload):
        kept = self.kept.setdefault(student, KeptAttempts(self.settings, self.lesson.name, student))
        notes = self.notes.setdefault(student, [])
        for attempt in attempts:
            if upload.time is not None:
                attempt.time, attempt.time_from = upload.time, "the platform"
            self.new[student] = kept.keep(attempt, self.moment) or self.new.get(student, False)
        for note in [*upload.notes, *attempts[-1].notes]:
            if note not in notes:
                notes.append(note)

    def finish(self) -> Collection:
        for student in sorted(self.kept):
            self.done.rows.append(self._settle(student, self.kept[student]))
        there = folders_of_students(
            self.settings, self.settings.directory.submitted_directory, self.lesson.name
        )
        self.done.absent = sorted(self.roster.people.keys() - there.keys())
        return self.done

    def _settle(self, student, kept):
        row = Row(student, notes=self.notes[student])
        before = kept.submitted.is_dir()
        due = self._due(student)
        by_hand = before and kept.is_by_hand()
        if by_hand and self.new[student]:
            kept.keep_what_lies_there(self.moment)
            row.notes.append("what lay in submitted/ is kept among the attempts")
        chosen = kept.choose(self.rule, due)
        if by_hand and not self.new[student]:
            row.notes.append("what lies in submitted/ was put there by a person, and stays")
        elif kept.submit(chosen):
            row.state = AGAIN if before else TAKEN
        row.attempts, row.time = len(kept.all), chosen.time
        if chosen.time is None:
            row.notes.append("nobody says when it was handed in")
        elif due is not None and chosen.time > due:
            row.late = chosen.time - due
        if chosen.time_from == "its files":
            row.notes.append("the time is that of its last change")
        row.notes += self._missing(kept)
        return row

    def _missing(self, kept):
        """Say what a submission lacks that decides its score."""
        names = {path.name for path in kept.submitted.iterdir()}
        if any(map(counts_answers, self.notebooks)) and ANSWERS not in names:
            yield f"without {ANSWERS}, so its quiz counts 0"
        if not any(name.lower().endswith(".ipynb") for name in names):
            yield "without a notebook"

    def _due(self, student):
        due = self.due.get(student, self.gradebook.find_assignment(self.lesson.name).duedate)
        return due.replace(tzinfo=UTC) if due else None
