"""The pages beside the lessons, in JupyterLab: rendered, linked, printed."""

import re

import pytest

PAGES = ["cheat-sheet", "error-atlas", "glossary"]


@pytest.fixture
def open_reference(lab, show_document, expect, wait_until):
    """Return a function that opens a page as `make lab` has handed it out."""

    def open_reference(name):
        show_document(lab, f"{name}.ipynb")
        wait_until(lab, "document.querySelector('.jp-NotebookPanel:not(.lm-mod-hidden) h1')")
        expect(lab.locator(".jp-Notebook:visible h1")).to_be_visible()
        return lab

    return open_reference


def test_a_link_leads_to_the_section_of_the_lesson_that_it_names(
    open_reference, expect, wait_until
):
    page = open_reference("error-atlas")
    link = page.get_by_role("link", name="04 · Which pairs run?").first
    heading = page.get_by_role("heading", name="Which pairs run?")
    link.click()
    wait_until(
        page,
        """() => [...document.querySelectorAll("h2")]
      .some(heading => heading.textContent.includes("Which pairs run?"))""",
    )
    expect(heading).to_be_attached()
    # JupyterLab goes to the heading once, and on a busy machine the cells above grow after that:
    # the link to a lesson that is open arrives everywhere.
    page.get_by_role("tab", name="error-atlas.ipynb").click()
    link.click()
    expect(heading).to_be_in_viewport()


def test_the_style_for_printing_is_not_seen(open_reference, keep_picture):
    page = open_reference("cheat-sheet")
    for text in page.locator(".jp-Notebook:visible .jp-RenderedMarkdown").all_inner_texts():
        assert "@page" not in text
    keep_picture(page, "cheat-sheet")


def test_print_in_the_menu_prints_the_page(open_reference):
    page = open_reference("glossary")
    page.get_by_role("menuitem", name="File", exact=True).click()
    with page.expect_request(re.compile("/nbconvert/html/glossary")):
        page.get_by_role("menuitem", name=re.compile("^Print")).click()


@pytest.mark.parametrize("name", PAGES)
def test_it_is_printed_on_two_sheets_at_most(name, learners_server, browser):
    page = browser.new_page()
    # What JupyterLab prints, without the scripts for formulas that it asks a network for.
    page.route("**/*", lambda route: route.abort() if is_elsewhere(route) else route.continue_())
    address = learners_server.address(f"/nbconvert/html/{name}.ipynb")
    page.goto(address, wait_until="domcontentloaded")
    printed = page.pdf(format="A4", prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type /Page\b", printed)) in (1, 2)


def is_elsewhere(route):
    return not route.request.url.startswith(("http://127.0.0.1", "data:"))
