"""Take the README's picture: lesson 01 in JupyterLab, with a question that has been answered.

Run it with ``make screenshots`` after a change to the lesson or to the look of a question.
"""

from importlib import import_module
from pathlib import Path
import sys
import tempfile

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "lesson.png"
LESSON = "01-loss-definition"
# One that counts for no grade, since the picture gives it away.
QUESTION, SECTION = "01-recall-probability-vector", "recall"
CELLS = ("quiz-import", "recall-vector", "recall-log")


def main():
    """Do in a browser what a learner does, and store what the learner then sees."""
    sys.path.insert(0, str(ROOT / "tests" / "browser"))
    jupyterlab = import_module("conftest")
    with tempfile.TemporaryDirectory() as folder, jupyterlab.chromium() as browser:
        course = jupyterlab.copy_course(Path(folder) / "course")
        with jupyterlab.start_lab(course) as server:
            page = browser.new_page(viewport={"width": 1400, "height": 860})
            lesson = jupyterlab.Lesson(page, server, server.folder, LESSON)
            for cell_id in CELLS:
                lesson.run(cell_id)
            card = lesson.card(QUESTION)
            for letter, verdict in [("a", "Not right."), ("c", "Right.")]:
                card.get_by_role("button", name=letter, exact=True).click()
                jupyterlab.expect(card.get_by_role("status").first).to_contain_text(verdict)
            lesson.save()
            page.mouse.move(0, 0)  # the pointer would colour what it rests on
            lesson.cell(SECTION).evaluate("cell => cell.scrollIntoView()")
            page.screenshot(path=PICTURE, animations="disabled")
    print(f"{PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    main()
