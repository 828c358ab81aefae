"""JupyterLab as learners and teachers have it, in a headless Chromium.

The server is started by the commands that people type, on copies in a temporary folder, with its
settings there too. Nothing outside that folder is read or written, but for test-artifacts/, where
the screenshots go.
"""

import contextlib
import json
import os
from pathlib import Path
import re
import secrets
import shutil
import socket
import subprocess
import sys
import time
from types import SimpleNamespace
from urllib.error import URLError
from urllib.request import ProxyHandler, Request, build_opener

import nbformat
import pytest

from classroom import notebook_files
from classroom.handing.own_copy import add_lessons

try:
    from playwright.sync_api import TimeoutError as PlaywrightTimeout
    from playwright.sync_api import expect, sync_playwright
except ImportError:
    PlaywrightTimeout = expect = sync_playwright = None

ROOT = Path(__file__).parents[2]
ARTIFACTS = ROOT / "test-artifacts"
BIN = Path(sys.executable).parent
SECOND = 1000  # Playwright counts in milliseconds
A_CLICK = 30 * SECOND
A_LOOK = 50  # as often as this what takes a while is looked at
A_STAR = 10 * SECOND  # the page sets it at once, whatever the kernel does
A_RUN = 240 * SECOND  # TensorFlow loads slowly while other tests run beside these
HAS_RUN = re.compile(r"^\[\d+\]:$")
ERROR = "application/vnd.jupyter.stderr"
WINDOW = {"width": 1400, "height": 900}
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
CHROMIUM_ARGUMENTS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # To optimise scripts takes more than it saves where each of them runs for seconds.
    "--js-flags=--no-maglev --no-turbofan",
    # Pages of its own that nobody sees, in a process of theirs.
    "--disable-features=WebUIOmniboxPopup,WebUIOmniboxAimPopup,Translate,OptimizationHints",
]
SERVER_SETTINGS = """
c.ServerApp.open_browser = False
c.ServerApp.allow_root = True
c.ServerApp.port_retries = 0
c.IdentityProvider.token = "{token}"
"""
TOKEN = secrets.token_hex()
# No question about news and no look for updates, which would go out to the network.
SILENCE = {
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


# --- the browser ----------------------------------------------------------------------------------


class NoBrowserError(Exception):
    """There is nothing to look at the lessons with; the message says what is missing."""


def chromium_program():
    """Return the path of the browser."""
    if sync_playwright is None:
        raise NoBrowserError("The Python package playwright is not installed")
    program = next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)
    if program is None:
        raise NoBrowserError(f"None of the programs {', '.join(CHROMIUM_NAMES)} is installed")
    return program


@contextlib.contextmanager
def chromium():
    """Debian's Chromium, headless, driven by Playwright."""
    program = chromium_program()
    expect.set_options(timeout=A_CLICK)
    arguments = [*CHROMIUM_ARGUMENTS, *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def installed_browser():
    """Where there is no browser the tests are skipped, but on CI nothing may be skipped."""
    try:
        return chromium_program()
    except NoBrowserError as error:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome(f"{error}, so nobody has looked at the lessons in JupyterLab.")


# What is of the scope "package" ends when the next test is of another folder.


@pytest.fixture(scope="package")
def browser(installed_browser):
    """The browser, one for all files of this folder that are tested one after the other.

    As long as it is open an event loop runs in this thread, beside which nothing else can run one,
    and tests of other folders execute notebooks.
    """
    with chromium() as browser:
        yield browser


@pytest.fixture(name="expect", scope="package")
def give_expect(browser):
    """Playwright's assertions, which wait for what they claim."""
    return expect


@pytest.fixture(name="show_document", scope="session")
def give_show_document():
    """The function below."""
    return show_document


@pytest.fixture(name="wait_until", scope="session")
def give_wait_until():
    """The function below, which takes a page and a condition in JavaScript."""
    return wait_until


@pytest.fixture(name="wait_for_kernel", scope="session")
def give_wait_for_kernel():
    """Return a function that waits until the kernel in front has nothing to do."""
    return lambda page: wait_until(page, KERNEL_IS_IDLE)


def fresh_page(browser, errors):
    """Open a page in a context of its own; of each script that fails in it `errors` is told."""
    context = browser.new_context(viewport=WINDOW)
    context.set_default_timeout(A_CLICK)
    page = context.new_page()
    page.on("pageerror", lambda error: errors.append(error.stack or str(error)))
    return page


@pytest.fixture(scope="module")
def open_page(browser):
    """Return a function that opens a fresh page; no script in it may have failed in the end."""
    pages, errors = [], []

    def open_page():
        pages.append(fresh_page(browser, errors))
        return pages[-1]

    yield open_page
    for page in pages:
        page.context.close()
    assert errors == []


@pytest.fixture(name="keep_picture", scope="session")
def give_keep_picture():
    """The function below."""
    return keep_picture


def keep_picture(page, name):
    """Store a screenshot for a person to look at."""
    page.screenshot(path=ARTIFACTS / f"{name}.png", animations="disabled")


# --- the servers ----------------------------------------------------------------------------------


class Server:
    """A running JupyterLab, which shows a folder and keeps its own files in another."""

    def __init__(self, command, cwd, settings, shows):
        self.folder = shows
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = settings / f"server-{self.port}.log"
        environment = server_environment(settings)
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*command, f"--port={self.port}"],
                cwd=cwd,
                env=environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def __enter__(self):
        try:
            self.wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *error):
        self.stop()

    def wait_until_ready(self, seconds=120):
        """Return once the server answers; fail with its log when it ends or takes too long."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            with contextlib.suppress(URLError, TimeoutError):
                self.ask("/api/status", seconds=5)
                return
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(timeout=0.2)
                break
        pytest.fail(f"JupyterLab did not start:\n{self.log.read_text()[-3000:]}")

    def address(self, path):
        """Return the address under which a person opens a page of this server."""
        return f"{self.url}{path}?token={TOKEN}"

    def ask(self, path, method="GET", seconds=60):
        """Return what the server answers; never by a proxy, since it runs on this machine."""
        question = Request(
            self.url + path, method=method, headers={"Authorization": f"token {TOKEN}"}
        )
        with build_opener(ProxyHandler({})).open(question, timeout=seconds) as answer:
            return answer.read()

    def stop_kernels(self):
        """End all kernels, so that tests do not share the machine with what earlier ones left."""
        for session in json.loads(self.ask("/api/sessions")):
            self.ask(f"/api/sessions/{session['id']}", method="DELETE")

    def stop(self):
        """End the server; it takes its kernels with it."""
        with contextlib.suppress(URLError, TimeoutError):
            self.stop_kernels()
        self.process.terminate()
        try:
            self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def free_port():
    """Return a port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def server_environment(settings):
    """Return an environment in which Jupyter keeps all its files inside ``settings``."""
    config = settings / "config"
    config.mkdir(parents=True, exist_ok=True)
    (config / "jupyter_server_config.py").write_text(SERVER_SETTINGS.format(token=TOKEN))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("JUPYTER")}
    # ipykernel does not show what C++ code prints where it sees pytest; learners do see it.
    kept.pop("PYTEST_CURRENT_TEST", None)
    return {
        **kept,
        "PYTHONPATH": str(ROOT / "tests" / "support" / "quick_start"),
        "JUPYTER_PATH": os.environ.get("FORKED_KERNELS", ""),  # lent by a plugin where tests run
        "JUPYTER_CONFIG_DIR": str(config),
        "JUPYTER_DATA_DIR": str(settings / "data"),
        "JUPYTER_RUNTIME_DIR": str(settings / "runtime"),
        "IPYTHONDIR": str(settings / "ipython"),
    }


def set_preferences(config, preferences):
    """Set what a person sets in JupyterLab's settings editor, for every page opened after this."""
    for plugin, values in preferences.items():
        file = config / "lab" / "user-settings" / "@jupyterlab" / f"{plugin}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(values))


def copy_course(folder):
    """Copy what a clone has of the course into a folder."""
    for tree in ("solutions", "notebooks"):
        ignored = shutil.ignore_patterns(".ipynb_checkpoints", "responses*.json")
        shutil.copytree(ROOT / tree, folder / tree, ignore=ignored)
    shutil.copyfile(ROOT / "nbgrader_config.py", folder / "nbgrader_config.py")
    return folder


@pytest.fixture(scope="package")
def course(tmp_path_factory, installed_browser):
    """A course folder that tests may write in."""
    return copy_course(tmp_path_factory.mktemp("browser") / "course")


def start_lab(course):
    """Start what ``make lab`` starts, on a copy of the course."""
    work = course / "my-work"
    command = [BIN / "classroom", "lab", work]
    return Server(command, course, course.parent / "learner", shows=work)


@pytest.fixture(scope="package")
def learners_server(course):
    """What ``make lab`` starts."""
    with start_lab(course) as server:
        yield server


@pytest.fixture(scope="module")
def teachers_server(course):
    """What ``make teach`` starts."""
    settings = course.parent / "teacher"
    set_preferences(settings / "config", SILENCE)
    with Server([BIN / "jupyter", "lab"], course, settings, shows=course) as server:
        yield server


# --- the learners' JupyterLab ---------------------------------------------------------------------

# Closed before its kernel has come, a document has JupyterLab throw an error of its own.
KERNELS_HAVE_COME = """[...jupyterapp.shell.widgets("main")].every(
  one => one.sessionContext?.isReady ?? true
)"""
# Takes away what a file of tests leaves: its documents, a theme and a closed list of files.
TIDY = """async () => {
  const {commands, shell} = jupyterapp;
  const documents = [...shell.widgets("main")].filter(one => one.context);
  // It would come by itself when nothing else is open, but late: before the next document, or
  // after. And where a document goes, no other may come to the front that goes as well.
  const launcher = [...shell.widgets("main")].find(one => !one.context);
  await (launcher ? shell.activateById(launcher.id) : commands.execute("launcher:create"));
  await new Promise(requestAnimationFrame);
  documents.forEach(one => one.dispose());
  if (document.body.dataset.jpThemeLight === "false")
    await commands.execute("apputils:change-theme", {theme: "JupyterLab Light"});
  await commands.execute("filebrowser:activate");
}"""


class LearnersPage:
    """JupyterLab in a page, loaded once: to load it costs more than most of the tests in it."""

    def __init__(self, browser, server):
        self.browser = browser
        self.server = server
        self.errors = []
        self.page = None
        self.landing = None

    def open(self):
        """Return the page, with nothing open in it."""
        if self.page is None:
            page = fresh_page(self.browser, self.errors)
            page.goto(self.server.address("/"))
            wait_until(page, KERNEL_IS_IDLE)
            self.landing = self.landing or first_sight(page)
            self.tidy(page)
            self.page = page
        return self.page

    def tidy(self, page):
        """Close what is open, and have the page look as it did at first."""
        wait_until(page, KERNELS_HAVE_COME)
        page.evaluate(TIDY)
        page.set_viewport_size(WINDOW)
        self.server.stop_kernels()

    def leave(self, fresh):
        """Leave the page as the next file of tests should find it; with `fresh` it gets another."""
        page, self.page = self.page, None
        if fresh:
            page.context.close()
            self.server.stop_kernels()
        else:
            self.tidy(page)
            self.page = page


def first_sight(page):
    """Look at the page that a learner lands on before anything is done there."""
    expect(page.get_by_role("heading", name="Start here", level=1)).to_be_visible()
    keep_picture(page, "start-page")
    expect(page.get_by_role("button", name="Validate", exact=True)).to_be_visible()
    distractions = [
        name
        for name in ("Formgrader", "Create Assignment", "Jupyter news")
        if page.get_by_text(name).count()
    ]
    unsaved = page.locator(".lm-TabBar-tab.jp-mod-dirty").count()
    return SimpleNamespace(distractions=distractions, unsaved=unsaved)


@pytest.fixture(scope="package")
def learners_page(browser, learners_server):
    """The page that the files of tests share."""
    page = LearnersPage(browser, learners_server)
    yield page
    assert page.errors == []


@pytest.fixture(scope="package")
def landing(learners_page):
    """What was seen on the page that a learner lands on before anything was done there."""
    learners_page.open()
    return learners_page.landing


@pytest.fixture(scope="module")
def lab(request, learners_page):
    """JupyterLab with nothing open; no script in it may have failed when a file is through."""
    failed = request.session.testsfailed
    yield learners_page.open()
    # A test that has failed may have left a dialog, say.
    learners_page.leave(fresh=request.session.testsfailed > failed)
    errors = learners_page.errors.copy()
    learners_page.errors.clear()
    assert errors == []


@pytest.fixture
def without_subshells(lab):
    """Have JupyterLab be a front end that has no subshells, as others than ours."""
    kernels = "jupyterapp.serviceManager.kernels.commsOverSubshells"
    ours = lab.evaluate(kernels)
    # What JupyterLab does when its setting of this name is changed.
    lab.evaluate(f"{kernels} = 'disabled'")
    yield
    lab.evaluate(f"{kernels} = '{ours}'")


# --- a lesson -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def open_lesson(learners_server, course, lab):
    """Return a function that opens a lesson, untouched, in a folder of its own."""

    def open_lesson(lesson):
        count = len(list(learners_server.folder.glob("learner-*")))
        folder = learners_server.folder / f"learner-{count + 1}"
        add_lessons(course, folder)
        return Lesson(lab, learners_server, folder, lesson)

    return open_lesson


@pytest.fixture(scope="module")
def open_handed_out(learners_server, lab):
    """Return a function that shows a lesson where `make lab` has put it."""
    return lambda lesson: Lesson(lab, learners_server, learners_server.folder, lesson)


def write_cells(path, cells):
    """Write a notebook of code cells: their sources by their ids."""
    notebook = nbformat.v4.new_notebook(metadata=notebook_files.NOTEBOOK_METADATA)
    for name, source in cells.items():
        cell = nbformat.v4.new_code_cell(source.strip())
        cell["id"] = name
        notebook.cells.append(cell)
    notebook_files.write(notebook, path)


@pytest.fixture(scope="module")
def open_cells(learners_server, lab):
    """Return a function that opens a notebook of the test's own as a learner's copy of a lesson.

    It takes the lesson's name and the cells, by id; with `folder`, what is there is opened.
    `with_others` copies the other lessons too.
    """

    def open_cells(lesson, cells, folder=None, copy=False, with_others=False):
        if folder is None:
            count = len(list(learners_server.folder.glob("cells-*")))
            folder = learners_server.folder / f"cells-{count + 1}"
            write_cells(folder / lesson / f"{lesson}.ipynb", cells)
            for other in ROOT.glob("notebooks/*") if with_others else ():
                if other.is_dir() and other.name != lesson:
                    shutil.copytree(other, folder / other.name)
        # A copy beside it is a second notebook, with a kernel of its own, on the same answers.
        name = f"{lesson}-copy" if copy else lesson
        if copy:
            shutil.copyfile(folder / lesson / f"{lesson}.ipynb", folder / lesson / f"{name}.ipynb")
        return Lesson(lab, learners_server, folder, lesson, name)

    return open_cells


# Sets `hasBegun` once there is a star at the left of a cell, and `hasRun` when it has gone again.
WATCH_CELL = """cell => {
  window.hasBegun = window.hasRun = false;
  const watch = new MutationObserver(() => {
    const waits = cell.querySelector(".jp-InputArea-prompt")?.textContent.includes("*");
    window.hasBegun ||= waits;
    window.hasRun = window.hasBegun && !waits;
    if (window.hasRun) watch.disconnect();
  });
  watch.observe(cell, {childList: true, characterData: true, subtree: true});
}"""
# Without the looks into shadow roots, of which there are none, and at styles.
IN_FRONT = "css:light=.jp-NotebookPanel:not(.lm-mod-hidden)"
# The circle beside the kernel's name says so too, but before there is a kernel as well.
KERNEL_IS_IDLE = """() => {
  const session = window.jupyterapp?.shell.currentWidget?.sessionContext;
  return session?.isReady && session.session?.kernel?.status === "idle" && document.querySelector(
    ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook-ExecutionIndicator[data-status=idle]"
  );
}"""
# The notebook is there before the keys are: on a busy machine the first one would be lost.
IS_OPEN = """count => document.querySelectorAll(
  ".jp-NotebookPanel:not(.lm-mod-hidden) .jp-Notebook .jp-Cell"
).length === count && window.jupyterapp?.commands.keyBindings.some(
  key => key.command === "notebook:run-cell"
)"""
PROMPTS = """cells => cells.map(
  cell => [cell.dataset.windowedListIndex, cell.querySelector(".jp-InputArea-prompt").textContent]
)"""


def wait_until(page, condition, timeout=A_RUN, **options):
    """Wait until something is true in a page.

    For what takes a while: Playwright's assertions describe the whole page to themselves at every
    look that finds something else, which takes longer than all that the page itself does.
    """
    page.wait_for_function(condition, timeout=timeout, polling=A_LOOK, **options)


def show_document(page, path):
    """Open a file in the learners' JupyterLab of a page, or bring it to the front."""
    page.wait_for_function("window.jupyterapp")
    page.evaluate(
        """async path => {
          await jupyterapp.restored;
          await jupyterapp.commands.execute("docmanager:open", {path});
        }""",
        path,
    )
    page.wait_for_function(
        "path => jupyterapp.shell.currentWidget?.context?.path === path", arg=path
    )


class Lesson:
    """A lesson open in JupyterLab: what a learner does with it, and sees in it."""

    def __init__(self, page, server, folder, lesson, name=None):
        self.page = page
        self.notebook = page.locator(f"{IN_FRONT} .jp-Notebook")
        self.server = server
        self.folder = folder / lesson
        self.file = self.folder / f"{name or lesson}.ipynb"
        self.cells = notebook_files.read(self.file).cells
        self.path = self.file.relative_to(server.folder).as_posix()
        if page.url.startswith(server.url):
            self.show()
        else:
            # A workspace of its own, since JupyterLab opens what was open when it was last left.
            workspace = f"{folder.name}-{self.file.stem}"
            page.goto(server.address(f"/lab/workspaces/{workspace}/tree/{self.path}"))
        self.wait_until_shown()

    def wait_until_shown(self):
        """Wait for the notebook and its kernel, and take away the outputs of earlier ones."""
        self.wait_until_open()
        self.choose("Edit", "Clear Outputs of All Cells")

    def wait_until_open(self):
        """Wait for the notebook and its kernel."""
        wait_until(self.page, IS_OPEN, arg=len(self.cells))
        self.wait_for_kernel()

    def wait_for_kernel(self):
        """Wait until the kernel has nothing to do."""
        wait_until(self.page, KERNEL_IS_IDLE)

    def show(self):
        """Open it in the JupyterLab that is there, or bring it to the front."""
        show_document(self.page, self.path)

    def close(self):
        """Take it away unsaved."""
        self.show()
        self.page.evaluate("jupyterapp.shell.currentWidget.dispose()")

    # What a learner does

    def choose(self, menu, *entries):
        """Choose an entry of a menu, or of a menu in a menu."""
        self.page.locator(".lm-MenuBar-itemLabel").get_by_text(menu, exact=True).click()
        for entry in entries:
            self.page.locator(".lm-Menu-itemLabel").get_by_text(entry, exact=True).click()

    def run_all(self):
        """Run a fresh lesson from top to bottom, and wait for its last cell."""
        code = [cell.id for cell in self.cells if cell.cell_type == "code"]
        self.cell(code[-1]).evaluate(WATCH_CELL)
        self.choose("Run", "Run All Cells")
        wait_until(self.page, "hasRun")
        self.wait_for_kernel()
        prompts = self.notebook.locator(".jp-CodeCell").evaluate_all(PROMPTS)
        shown = {self.cells[int(place)].id: text for place, text in prompts}
        not_run = [cell_id for cell_id in code if not HAS_RUN.match(shown[cell_id])]
        assert not_run == [], f"the run was stopped by an error in {self.cells_with_errors()}"

    def run(self, cell_id):
        """Run one cell with the keyboard, and wait for its end."""
        prompt = self.prompt(cell_id)
        self.cell(cell_id).evaluate(WATCH_CELL)
        prompt.click()
        self.page.keyboard.press("Control+Enter")
        try:
            wait_until(self.page, "hasBegun", timeout=A_STAR)
        except PlaywrightTimeout:
            # While a page is loaded again, what comes above moves a cell away from under the mouse.
            prompt.click()
            self.page.keyboard.press("Control+Enter")
        wait_until(self.page, "hasRun")
        assert HAS_RUN.match(prompt.text_content()), f"{cell_id} was not run"
        self.wait_for_kernel()

    def type_into(self, cell_id, source):
        """Replace what stands in a cell."""
        self.cell(cell_id).locator(".cm-content").click()
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(source)

    def answer(self, card, question, right=True):
        """Answer a question with the mouse: right at the first try, or wrong at two."""
        # The same answer twice at once would be a double click.
        for again in (False,) if right else (False, True):
            if question.type == "number":
                value = question.key if right else question.key + 99 + again
                card.get_by_role("textbox").fill(str(value))
            elif question.type == "order":
                self._put_in_order(card, question, right, again)
            else:
                wrong = [one for one in question.letters if one not in question.key]
                if question.type == "several":  # what was chosen stays so
                    wrong = [wrong[0], next(one for one in question.letters if one != wrong[0])]
                for letter in question.key if right else wrong[again]:
                    card.locator(".ce-letter").nth(ord(letter) - ord("a")).click()
            if question.type != "choice":
                card.get_by_role("button", name="Check", exact=True).click()
            self.wait_for_kernel()

    def _put_in_order(self, card, question, right, again):
        if not right:  # as it stands, and then with two steps the other way round
            if again:
                first, second, *rest = question.letters
                place = 1 if "".join([second, first, *rest]) != question.key else 2
                card.locator(".ce-up").nth(place).click()
            return
        letters = list(question.letters)
        for place, letter in enumerate(question.key):
            while (at := letters.index(letter)) > place:
                card.locator(".ce-up").nth(at).click()
                letters[at - 1], letters[at] = letters[at], letters[at - 1]

    def save(self):
        """Save the notebook, and wait until it is on the disk."""
        with self.page.expect_response(lambda answer: answer.request.method == "PUT") as saved:
            self.page.keyboard.press("Control+s")
        assert saved.value.ok

    def validate(self):
        """Press nbgrader's button; return the dialog with the verdict."""
        self.page.get_by_role("button", name="Validate", exact=True).click()
        return self.told()

    def told(self):
        """Wait for a dialog, however long what it tells of takes; return it."""
        wait_until(self.page, "document.querySelector('.jp-Dialog')")
        dialog = self.page.get_by_role("dialog")
        expect(dialog).to_be_visible()
        return dialog

    # What a learner sees

    def cell(self, cell_id):
        """Return the cell with an id."""
        [place] = [place for place, cell in enumerate(self.cells) if cell.id == cell_id]
        return self.page.locator(f'{IN_FRONT} .jp-Cell[data-windowed-list-index="{place}"]')

    def prompt(self, cell_id):
        """Return what stands at the left of a code cell: its number, or a star while it runs.

        Ask for its text content: the browser gives no inner text of what is scrolled out of view.
        """
        return self.cell(cell_id).locator("css:light=.jp-InputArea-prompt")

    def output(self, cell_id):
        """Return the outputs of a cell."""
        return self.cell(cell_id).locator("css:light=.jp-Cell-outputArea")

    def cells_with_errors(self):
        """Return the ids of the cells that show a traceback."""
        # JupyterLab shows a traceback as it shows what comes on stderr, and the lessons write
        # nothing there.
        traceback = self.page.locator(f"[data-mime-type='{ERROR}']")
        failed = self.notebook.locator(".jp-Cell", has=traceback)
        places = failed.evaluate_all("cells => cells.map(cell => cell.dataset.windowedListIndex)")
        return [self.cells[int(place)].id for place in places]

    def card(self, question_id):
        """Return the card of a question, wherever in the lesson it is asked."""
        call = re.compile(rf'quiz\.(ask|predict)\("{question_id}"\)')
        [cell] = [cell for cell in self.cells if call.search(cell.source)]
        return self.output(cell.id).locator(".ce-quiz")

    def recorded(self):
        """Return the answers in responses.json: the last one to each question."""
        recorded = json.loads((self.folder / "responses.json").read_text())["responses"]
        return {name: entry["attempts"][-1]["answer"] for name, entry in recorded.items()}
