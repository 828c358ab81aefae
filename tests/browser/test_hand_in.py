"""A learner hands a lesson in from JupyterLab: one press, one file, and what is missing."""

import zipfile

LESSON = "00-start-here"


def test_the_button_saves_makes_one_file_and_says_what_is_missing(
    open_lesson, expect, keep_picture
):
    lesson = open_lesson(LESSON)
    lesson.type_into("warm-up", "# typed, and not saved yet")
    button = lesson.page.get_by_role("button", name="Hand in", exact=True)
    button.click()
    dialog = lesson.page.get_by_role("dialog", name="Your file is ready, and something is missing")
    expect(dialog).to_contain_text("not passed yet; run its check.")
    expect(dialog).to_contain_text("Saved ")
    keep_picture(lesson.page, "hand-in")
    with lesson.page.expect_download() as download:
        dialog.get_by_role("link").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert "typed, and not saved yet" in archive.read(f"{LESSON}/{LESSON}.ipynb").decode()
        assert f"{LESSON}/hand-in.json" in archive.namelist()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    lesson.page.evaluate(
        "jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Dark'})"
    )
    expect(lesson.page.locator("body[data-jp-theme-light=false]")).to_have_count(1)
    button.click()
    expect(dialog).to_be_visible()
    keep_picture(lesson.page, "hand-in-dark")
