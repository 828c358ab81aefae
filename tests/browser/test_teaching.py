"""A teacher opens the course in JupyterLab."""

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
