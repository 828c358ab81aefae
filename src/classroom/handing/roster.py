"""Who is in the class: the gradebook's students and a table of the platform's ids and names."""

from collections.abc import Iterable
import csv
from dataclasses import dataclass, field
from pathlib import Path
import re
import unicodedata

from nbgrader.api import Gradebook

from classroom.course import CourseError

FILE = "roster.csv"  # in the course folder, taken when it is there
# The columns that name a person here, the best first; and those that hold a name.
OURS = (
    *("student_id", "sis login id", "login id", "username", "login"),
    *("id number", "student id", "sis user id", "email address", "email", "id"),
)
NAMES = ("student", "full name", "name", "display name", "student name")
FIRST, LAST = ("first name", "first_name", "firstname"), ("last name", "last_name", "surname")
# A title of a column by which somebody is known; others hold marks.
ID = re.compile(r"\b(id|identifier|login|e-?mail|user ?name|number)\b|_id$", re.IGNORECASE)
# Of Canvas's and Moodle's tables: the number by which they name files.
PARTICIPANT = re.compile(r"(?:Participant )?(\d+)$")


@dataclass
class Person:
    """A learner, by the name of the folder in `submitted/`, and what else they are known by."""

    id: str
    keys: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


class Roster:
    """The class.

    Attributes
    ----------
    people : dict of str to Person
    closed : bool
        Whether a table says who is in the class, so that nobody else is.
    """

    def __init__(self):
        self.people: dict[str, Person] = {}
        self.closed = False

    def add_students(self, gradebook: Gradebook) -> None:
        """Add the students whom the gradebook knows."""
        for student in gradebook.students:
            person = self.people.setdefault(student.id, Person(student.id))
            person.keys |= set(map(_key, filter(None, [student.email, student.lms_user_id])))
            if student.first_name and student.last_name:
                person.names.add(_name(f"{student.first_name} {student.last_name}"))

    def add_table(self, path: Path) -> None:
        """Add the people of a CSV file: one that a platform exports, or one's own.

        Raises
        ------
        CourseError
            When it cannot be read or has no column that names a person.
        """
        try:
            with open(path, encoding="utf-8-sig", newline="") as file:
                rows = list(csv.DictReader(file))
        except (OSError, UnicodeDecodeError, csv.Error) as error:
            raise CourseError(f"The roster {path} cannot be read: {error}.") from None
        columns = {(name or "").strip().lower(): name for name in (rows[0] if rows else {})}
        ours = [columns[name] for name in OURS if name in columns]
        if not ours:
            raise CourseError(
                f"The roster {path} has no column that names a person; give it a line of titles "
                f"with one of: {', '.join(OURS)}."
            )
        self.closed = True
        known = list(self.people.values())
        for row in rows:
            row = {key: (value or "").strip() for key, value in row.items() if key}
            self._add_row(row, columns, ours, known)

    def _add_row(self, row, columns, ours, before):
        own = next((row[name] for name in ours if row.get(name)), "")
        if not own or own.lower() == "points possible":
            return  # Canvas's second line
        names = {row[columns[name]] for name in NAMES if name in columns}
        first = next((row[columns[name]] for name in FIRST if name in columns), "")
        last = next((row[columns[name]] for name in LAST if name in columns), "")
        names.add(f"{first} {last}")
        names = {_name(name) for name in names if name.strip()}
        told = [value for title, value in row.items() if title and value and ID.search(title)]
        known = set(map(_key, told))
        known |= {match[1] for value in told if (match := PARTICIPANT.match(value))}
        # Whoever has a folder or a grade already keeps that name.
        same = [each for each in self.people.values() if _key(each.id) in known]
        same = same or [each for each in before if each.names & names]
        person = same[0] if len(same) == 1 else self.people.setdefault(own, Person(own))
        person.keys |= known
        person.names |= names

    def find(self, ids: Iterable[str], name: str) -> list[Person]:
        """Return who may be meant: one person, or none, or several.

        Parameters
        ----------
        ids : iterable of str
            What a platform may know the learner by; the first that anybody has decides.
        name : str
            As a platform writes it, if no id is known.
        """
        for each in map(_key, ids):
            same = [one for one in self.people.values() if _key(one.id) == each]
            same = same or [one for one in self.people.values() if each in one.keys]
            if same:
                return same
        name = _name(name)
        return [one for one in self.people.values() if name and name in one.names]


def _key(text: object) -> str:
    return unicodedata.normalize("NFC", str(text)).strip().casefold()


def _name(text: str) -> str:
    """Return the letters of a name, whatever their order: "Doe, Jane" and "janedoe" are one."""
    text = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sorted(letter for letter in text if letter.isalnum()))


def folder_name(text: str) -> str:
    """Return a name for a learner's folder, made of what a platform calls the learner."""
    text = unicodedata.normalize("NFC", text).strip()
    text = re.sub(r"\s+", "-", text)
    return re.sub(r"[^\w@.+-]", "", text).strip(".-") or "unnamed"
