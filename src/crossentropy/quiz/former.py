"""Names that lessons and questions had in earlier releases, so that recorded answers are found.

A learner's responses.json keeps the names under which it was written. Reading it (`responses`),
looking up a question (`bank`) and handing out lessons translate them by these two tables, name by
name: the digits 07 belong to another lesson now.
"""

from __future__ import annotations

LESSONS = {"07-mastery": "08-mastery"}

QUESTIONS = {
    # Lesson 04 teaches label smoothing now, and asks what this asked, with the same letters.
    "07-predict-sure": "04-predict-certain-and-smoothed",
    "08-predict-sure": "04-predict-certain-and-smoothed",
    "07-which-pairs-run": "08-which-pairs-run",
    "07-half-and-eighth": "08-half-and-eighth",
    "07-last-layer-for-sparse": "08-last-layer-for-sparse",
    "07-same-rank-in-fit": "08-same-rank-in-fit",
    "07-smoothing-floor": "08-smoothing-floor",
    "07-mean-of-two": "08-mean-of-two",
    "07-output-activation": "08-output-activation",
    "07-what-smoothing-does": "08-what-smoothing-does",
    "07-rank-one-label": "08-rank-one-label",
    "07-when-one-hot": "08-when-one-hot",
}


def names_of(lesson: str) -> list[str]:
    """Today's name of a lesson, then those that it had before."""
    return [lesson, *(old for old, new in LESSONS.items() if new == lesson)]


def renamed(entries: dict) -> dict:
    """Return what stands under question ids, under the ids of today.

    Where both names hold attempts, they are told as one list, oldest first; what is no list of
    attempts is left under the name it has.
    """
    found = {name: entry for name, entry in entries.items() if name not in QUESTIONS}
    for old in entries.keys() & QUESTIONS.keys():
        new = QUESTIONS[old]
        if new not in found:
            found[new] = entries[old]
        elif _has_attempts(entries[old]) and _has_attempts(found[new]):
            attempts = entries[old]["attempts"] + found[new]["attempts"]
            in_order = sorted(attempts, key=lambda one: str(one.get("time", "")))
            found[new] = {**found[new], "attempts": in_order}
        else:
            found[old] = entries[old]
    return found


def renamed_in_sittings(sittings: dict) -> dict:
    """Return the sittings of a record with the question ids of today."""
    return {
        name: [_renamed_in(one) for one in entries] if isinstance(entries, list) else entries
        for name, entries in sittings.items()
    }


def _renamed_in(sitting: object) -> object:
    if not isinstance(sitting, dict):
        return sitting
    new = dict(sitting)
    if isinstance(new.get("questions"), list):
        new["questions"] = [
            QUESTIONS.get(one, one) if isinstance(one, str) else one for one in new["questions"]
        ]
    for part in ("opened", "attempts", "draws"):
        if isinstance(new.get(part), dict):
            new[part] = _under_new_names(new[part])
    return new


def _under_new_names(part: dict) -> dict:
    """Rename what a new name is free for; nothing takes the place of anything."""
    found = {name: one for name, one in part.items() if name not in QUESTIONS}
    for name in part.keys() & QUESTIONS.keys():
        found[name if QUESTIONS[name] in found else QUESTIONS[name]] = part[name]
    return found


def _has_attempts(entry: object) -> bool:
    attempts = entry.get("attempts") if isinstance(entry, dict) else None
    return isinstance(attempts, list) and all(isinstance(one, dict) for one in attempts)
