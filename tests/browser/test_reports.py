"""Reports and feedback pages, opened as files: accessible, in both themes, without a network."""

from class_of_answers import hand_in
from course_of_learners import LESSON, Course
import pytest
from small_lessons import tiny_lesson

THEMES = ("light", "dark")
SERIOUS = ("serious", "critical")


@pytest.fixture(scope="module")
def graded(tmp_path_factory, installed_browser):
    """A course with a graded class, its report and its feedback pages."""
    course = Course(tmp_path_factory.mktemp("reports"), tiny_lesson())
    hand_in(course)
    course.grade()
    course.classroom("report", LESSON)
    course.classroom("feedback", LESSON)
    return course.folder


@pytest.fixture(params=THEMES)
def open_file(request, browser):
    """Return a function that opens a file in one theme; no request may leave the machine."""
    context = browser.new_context(
        color_scheme=request.param, viewport={"width": 1200, "height": 900}
    )

    def open_file(path):
        page = context.new_page()
        page.route("http*://**", lambda route: route.abort())
        page.goto(path.as_uri())
        return page

    yield open_file
    context.close()


def complaints(page):
    """Return what axe finds serious."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(one["id"], len(one["nodes"])) for one in found if one["impact"] in SERIOUS]


def theme_of(page):
    return (
        "dark" if page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )


def test_the_report_is_accessible_with_every_answer_unfolded(graded, open_file, keep_picture):
    page = open_file(graded / "reports" / LESSON / "report.html")
    for summary in page.locator("summary").all():
        summary.click()
    assert page.locator("details:not([open])").count() == 0
    assert complaints(page) == []
    keep_picture(page, f"report-{theme_of(page)}")


def test_a_link_in_the_table_of_questions_leads_to_the_answers(graded, open_file, expect):
    page = open_file(graded / "reports" / LESSON / "report.html")
    page.get_by_role("link", name="01-likelihood").click()
    expect(page.locator("[id='01-likelihood']")).to_be_in_viewport()


def test_a_feedback_page_is_accessible(graded, open_file, keep_picture):
    page = open_file(graded / "feedback" / "cem" / LESSON / f"{LESSON}.html")
    assert complaints(page) == []
    keep_picture(page, f"feedback-{theme_of(page)}")
