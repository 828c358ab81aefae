"""A teacher opens the course in JupyterLab."""

import shutil

from classroom.authoring.release import release_lessons
from classroom.grading.settings import CourseSettings

LESSON = "01-loss-definition"


def test_the_formgrader_lists_the_released_lesson(teachers_server, open_page, expect, keep_picture):
    page = open_page()
    page.goto(teachers_server.address("/lab"))
    page.locator(".lm-MenuBar-itemLabel").get_by_text("Nbgrader", exact=True).click()
    page.locator(".lm-Menu-itemLabel").get_by_text("Formgrader", exact=True).click()
    formgrader = page.frame_locator("iframe")
    row = formgrader.get_by_role("row", name=LESSON)
    expect(row).to_be_visible()
    # A release can be looked at; of a lesson that has none the cell is empty.
    expect(row.locator(".preview a")).to_be_visible()
    keep_picture(page, "formgrader")


def test_the_formgrader_grades_by_keys_without_a_network(
    course, teachers_server, open_page, expect, keep_picture
):
    """MathJax comes from a network; without it, the page's scripts stopped and no key worked."""
    submission = hand_in(course)
    page = open_page()  # which fails when a script has failed
    page.route("**/*", lambda route: route.abort() if is_elsewhere(route) else route.continue_())
    page.goto(teachers_server.address(f"/formgrader/submissions/{submission}/"))
    first, second = page.locator(".tabbable").nth(0), page.locator(".tabbable").nth(1)
    expect(first).to_be_focused()
    page.keyboard.press("Tab")
    expect(second).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(first).to_be_focused()
    expect(page.locator("svg.formula").first).to_be_visible()
    keep_picture(page, "formgrader-offline")


def hand_in(course):
    """Enter a submission as grading leaves it; return the id of its notebook."""
    release_lessons(course, [LESSON])
    autograded = course / "autograded" / "ada" / LESSON
    autograded.mkdir(parents=True)
    shutil.copy(course / "notebooks" / LESSON / f"{LESSON}.ipynb", autograded)
    with CourseSettings(course).gradebook() as gradebook:
        gradebook.update_or_create_student("ada")
        gradebook.update_or_create_submission(LESSON, "ada")
        return gradebook.find_submission_notebook(LESSON, LESSON, "ada").id


def is_elsewhere(route):
    return not route.request.url.startswith(("http://127.0.0.1", "data:"))
