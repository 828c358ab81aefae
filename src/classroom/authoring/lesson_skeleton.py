"""What the skeleton of a lesson holds: each part that a lesson must have, in its order."""

from __future__ import annotations

import nbformat

from classroom import notebook_files

START = "00-start-here"
MARK = "FILL IN"
SECTION, FIRST, SECOND = "The first section", "first-question", "second-question"
EXERCISE = "Exercise 1 · The first exercise (3 points)"
PAGES = (
    "To look things up: the [cheat sheet](../cheat-sheet.ipynb), the "
    "[error atlas](../error-atlas.ipynb) and the [glossary](../glossary.ipynb)."
)


def notebook(name: str, title: str, following: str) -> nbformat.NotebookNode:
    """Return the notebook of a lesson; `following` is the lesson to which it leads."""
    number = name[:2]
    leads = (
        f"The [start page](../{START}/{START}.ipynb) has the way back to every lesson."
        if following == START
        else f"Then go on with [lesson {following[:2]}](../{following}/{following}.ipynb)."
    )
    cells = [
        _text(
            "promise",
            f"# {int(number)} · {title}",
            f"{MARK}: two or three sentences on what a learner will see here, and what it is for.",
            "**Time:** about 10 minutes to read, predict and run; 5 more for the quiz and 10 for "
            "the exercise.\n**You need:** "
            "[lesson 01](../01-loss-definition/01-loss-definition.ipynb).",
        ),
        _text(
            "objectives",
            "## By the end you can …",
            f"- **Say**: {goal('say')}\n- **Do**: {goal('do')}",
        ),
        _code("quiz-import", "from crossentropy import quiz"),
        _text("recall", "## A question about an earlier lesson", "Nothing here counts."),
        _code("recall-first", 'quiz.ask("01-what-it-measures")'),
        _text("imports-text", "Now the libraries of this lesson."),
        _code("imports", "import numpy as np"),
        _text(
            "first",
            f"## {SECTION}",
            f"{MARK}: the text. Ask for a prediction before a cell that shows something.",
        ),
        _code(
            "first-run",
            "probabilities = np.array([0.2, 0.5, 0.3])\n"
            'print(f"sum {probabilities.sum():.3f}, largest {probabilities.max():.3f}")',
        ),
        _text("practice", "## Practice quiz", "Two questions. Each tells you at once why."),
        _code("practice-first", f'quiz.ask("{number}-{FIRST}")'),
        _code("practice-second", f'quiz.ask("{number}-{SECOND}")'),
        _text(
            "quiz-points-text",
            "### What the quiz counts: 2 points",
            "The two questions share the points equally. Your last answer to each counts, and "
            "hints cost nothing.",
        ),
        _code(
            "quiz-points",
            f'quiz.points(["{number}-{FIRST}", "{number}-{SECOND}"], out_of=2)',
            _scored("quiz-points", 2),
        ),
        _text(
            "mean-task",
            f"## {EXERCISE}",
            f"{MARK}: the task. Write `mean_loss(probabilities)`: the mean of `-log(p)`, where "
            "`probabilities` is an array of the probabilities that the true classes got.",
        ),
        _code("mean", _answer(), _solution("mean")),
        _code("mean-test", _test(number), _scored("mean-test", 3)),
        _code("mean-solution", f'quiz.worked_solution("{number}-mean")'),
        _worked(),
        _text(
            "remember",
            "## What to remember",
            f"- **Say**: {MARK}: in one sentence.\n- **Do**: {MARK}: in one sentence.",
        ),
        _text("progress-text", "What you have done in all lessons, and what to recall next:"),
        _code("progress", "quiz.progress()", {"tags": ["keep-output"]}),
        _text("hand-in", "## Hand in", hand_in(name)),
        _text(
            "next",
            "## Where to go next",
            f"Save the notebook and press **Validate** to check your work. {leads}",
            PAGES,
        ),
    ]
    return notebook_files.normalise(nbformat.v4.new_notebook(cells=cells))


def hand_in(name: str) -> str:
    """Return what each lesson says on handing in."""
    return (
        "Does somebody teach you? Press **Hand in** in the toolbar. It saves this notebook, makes "
        "one file of it with your answers, and says what is still missing. Give that file to your "
        "teacher. Where there is no such button, `quiz.hand_in()` in a new cell does the same, and "
        f"so does `classroom hand-in {name}` in a terminal."
    )


def goal(word: str) -> str:
    """Return what stands for a goal until its author writes it."""
    return f"{MARK}, what a learner can {word} then"


def link(name: str, title: str) -> str:
    """Return a link to a lesson from a lesson."""
    return f"[lesson {name[:2]}: {title}](../{name}/{name}.ipynb)"


def row(name: str, title: str) -> str:
    """Return a lesson's line in the table of the start page: minutes and points too."""
    return (
        f"| [{name[:2]} · {title}](../{name}/{name}.ipynb) | {MARK}: what you can do afterwards "
        "| 10 + 15 | 5 |"
    )


def readme_row(name: str) -> str:
    """Return a lesson's line in the table of the README."""
    return f"| `{name}` | {MARK}: what you can do afterwards |"


def rule(name: str) -> str:
    """Return a lesson's rule on the cheat sheet."""
    return f"- **{name[:2]}** {MARK}: the one rule to take away."


def objectives_table(name: str) -> str:
    """Return a lesson's table in docs/objectives.md."""
    number = name[:2]
    return (
        f"## {name}\n\n"
        "| objective | sections | practice questions | exercises |\n"
        "|---|---|---|---|\n"
        f"| Say | {SECTION} | `{number}-{FIRST}` | — |\n"
        f"| Do | {SECTION} | `{number}-{SECOND}` | {EXERCISE} |"
    )


def questions(name: str, title: str) -> str:
    """Return a lesson's file in the question bank, with two questions."""
    head = (
        "# yaml-language-server: $schema=schema.json\n"
        f"lesson: {name}\ntitle: {int(name[:2])} · {title}\nobjectives:\n"
    )
    for word in ("say", "do"):
        head += f"  {word}:\n    goal: {goal(word)}\n    section: {SECTION}\n"
    first = question(f"{name[:2]}-{FIRST}", "say", SECTION)
    return f"{head}questions:\n{first}\n{question(f'{name[:2]}-{SECOND}', 'do', SECTION)}"


def question(question_id: str, objective: str, section: str) -> str:
    """Return a question with one right option, as it stands in a file of the bank."""
    options = "".join(
        f"      - text: '{text}'\n{right}        why: '{MARK}: {why}'\n"
        for text, right, why in [
            ("0.693", "        correct: true\n", "why this is right."),
            ("0.301", "", "the misconception behind this one, such as the log to base 10."),
            ("0.500", "", "the misconception behind this one, such as no log at all."),
        ]
    )
    return (
        f"  - id: {question_id}\n"
        "    use: practice\n    type: choice\n    kind: numeric\n    difficulty: easy\n"
        f"    objective: {objective}\n    section: '{_quoted(section)}'\n"
        f"    prompt: '{MARK}: the question. What is the surprise -log 0.5?'\n"
        f"    options:\n{options}"
        f"    hint: '{MARK}: a hint that does not give it away.'\n"
        f"    steps: '{MARK}: how to work it out, step by step.'\n"
        f"    quick_check: '{MARK}: how to see at a glance that it is right.'\n"
        f"    mistakes:\n      - '{MARK}: a common mistake.'\n"
        '    computed: |\n      import math\n      print(f"{-math.log(0.5):.3f}")\n'
    )


def _quoted(text: str) -> str:
    return text.replace("'", "''")


def _answer() -> str:
    return '''def mean_loss(probabilities):
    """Mean of -log p.

    Parameters
    ----------
    probabilities : array, shape (N,)
        What the true classes got, each above 0 and at most 1.

    Returns
    -------
    float
    """
    ### BEGIN SOLUTION
    return float(np.mean(-np.log(probabilities)))
    ### END SOLUTION'''


def _test(number: str) -> str:
    return f'''def check_mean():
    from crossentropy import quiz
    import numpy as np

    result = mean_loss(np.array([0.5, 0.25]))
    assert result is not None, "The function returned nothing: is a return missing?"
    assert np.shape(result) == (), "The result should be one number: take the mean."
    assert abs(result - 1.0397) < 1e-3, f"For 0.5 and 0.25 it is 1.040, not {{result}}."
    quiz.passed("{number}-mean")
    ### BEGIN HIDDEN TESTS
    result = mean_loss(np.array([0.9, 0.8, 0.1]))
    assert abs(result - 0.8770) < 1e-3, "It should hold for every array of probabilities."
    ### END HIDDEN TESTS


check_mean()
del check_mean'''


def _worked() -> nbformat.NotebookNode:
    cell = _text(
        "mean-worked",
        "<details><summary>Worked solution, step by step</summary>",
        f"{MARK}: each step. **Step 1.** Minus the log of each. **Step 2.** The mean.",
        "```python\nreturn float(np.mean(-np.log(probabilities)))\n```",
        "</details>",
    )
    cell.metadata.tags = ["worked-solution"]
    return cell


def _text(cell_id: str, *paragraphs: str) -> nbformat.NotebookNode:
    return nbformat.v4.new_markdown_cell("\n\n".join(paragraphs), id=cell_id)


def _code(cell_id: str, source: str, metadata: dict | None = None) -> nbformat.NotebookNode:
    return nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata or {})


def _scored(grade_id: str, points: int) -> dict:
    return _marked(grade_id, grade=True, locked=True, points=points)


def _solution(grade_id: str) -> dict:
    return _marked(grade_id, solution=True)


def _marked(grade_id: str, **more: object) -> dict:
    mark = {"grade": False, "locked": False, "solution": False, "task": False}
    return {"nbgrader": {**mark, "grade_id": grade_id, "schema_version": 3, **more}}
