"""A round of a course on a real JupyterHub: hand out, quiz, hand in, collect, grade, feedback.

Needs JupyterHub, which `make test` installs, and `configurable-http-proxy` from npm.
"""

import asyncio
import json
import os
from pathlib import Path
import re
import shutil
import subprocess
import sys
import time
from urllib.error import HTTPError, URLError
from urllib.request import ProxyHandler, Request, build_opener
import uuid

from course_of_learners import LESSON, Course, Submission, quick_start
import pytest
from running_programs import free_port
from small_lessons import tiny_lesson
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

BIN = Path(sys.executable).parent
TOKEN = uuid.uuid4().hex
SECONDS = 300
# Everything that the guide for a hub asks for, but for a spawner that needs no accounts.
CONFIG = """
c.JupyterHub.bind_url = "http://127.0.0.1:{ports[0]}"
c.JupyterHub.hub_bind_url = "http://127.0.0.1:{ports[1]}"
c.ConfigurableHTTPProxy.api_url = "http://127.0.0.1:{ports[2]}"
c.ConfigurableHTTPProxy.command = [{proxy!r}]
c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = {homes!r}
c.Spawner.cmd = [{single_user!r}]
c.Spawner.args = ["--allow-root"]
c.Spawner.environment = {environment!r}
c.JupyterHub.tornado_settings = {{"slow_spawn_timeout": 0}}
c.Spawner.start_timeout = c.Spawner.http_timeout = {seconds}
c.JupyterHub.services = [{{"name": "test", "api_token": {token!r}}}]
scopes = ["admin:users", "admin:servers", "access:servers"]
c.JupyterHub.load_roles = [{{"name": "test", "services": ["test"], "scopes": scopes}}]
"""
LEARNERS = """
import os

c = get_config()
c.CourseDirectory.course_id = "cross-entropy"
c.CourseDirectory.student_id = os.environ["JUPYTERHUB_USER"]
c.Exchange.root = {exchange!r}
"""


def program(name):
    """Return the path of a program; on CI nothing may be skipped."""
    found = shutil.which(name, path=os.pathsep.join([str(BIN), os.environ["PATH"]]))
    if found is None:
        outcome = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        outcome(f"{name} is not installed, so nobody has tried the course on a hub.")
    return found


class Hub:
    """A running hub, asked by its API as a service with a token."""

    def __init__(self, folder, exchange):
        self.folder, self.exchange = folder, exchange
        self.ports = [free_port() for _ in range(3)]
        path = os.pathsep.join([str(BIN), os.environ["PATH"]])
        quick = {"PATH": path, "PYTHONPATH": quick_start()["PYTHONPATH"]}
        config = CONFIG.format(
            ports=self.ports,
            proxy=program("configurable-http-proxy"),
            homes=str(folder / "homes" / "{username}"),
            single_user=program("jupyterhub-singleuser"),
            environment={**quick, "PYTHONWARNINGS": "ignore"},
            seconds=SECONDS,
            token=TOKEN,
        )
        (folder / "jupyterhub_config.py").write_text(config)
        self.log = folder / "hub.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [program("jupyterhub"), "--config", folder / "jupyterhub_config.py"],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": quick["PYTHONPATH"]},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        self.kernels = {}
        self.wait(lambda: self.ask("/hub/api/"))

    def wait(self, ready):
        deadline = time.monotonic() + SECONDS
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                if ready():
                    return
            except (URLError, HTTPError, ConnectionError, TimeoutError):
                pass
            time.sleep(0.1)
        pytest.fail(f"The hub did not answer:\n{self.log.read_text()[-3000:]}")

    def ask(self, path, method="GET", content=None):
        body = b"" if content is None and method == "POST" else content and json.dumps(content)
        question = Request(
            f"http://127.0.0.1:{self.ports[0]}{path}",
            method=method,
            data=body.encode() if isinstance(body, str) else body,
            headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"},
        )
        with build_opener(ProxyHandler({})).open(question, timeout=SECONDS) as answer:
            return json.loads(answer.read() or b"null")

    def log_in(self, *users):
        """Start the users' own servers, all at once."""
        for user in users:
            (self.folder / "homes" / user).mkdir(parents=True, exist_ok=True)
            self.ask(f"/hub/api/users/{user}", "POST")
            self.ask(f"/hub/api/users/{user}/server", "POST")
        for user in users:
            self.wait(lambda user=user: self.ask(f"/hub/api/users/{user}")["server"])

    def run(self, user, code):
        """Run code in the kernel of a user's server; return what it printed."""
        return asyncio.run(self._run(user, code))

    async def _run(self, user, code):
        kernels = f"/user/{user}/api/kernels"
        if user not in self.kernels:
            self.kernels[user] = self.ask(kernels, "POST", {"name": "python3"})["id"]
        kernel = self.kernels[user]
        address = f"ws://127.0.0.1:{self.ports[0]}{kernels}/{kernel}/channels"
        socket = await websocket_connect(
            HTTPRequest(address, headers={"Authorization": f"token {TOKEN}"})
        )
        request = uuid.uuid4().hex
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        header = {"msg_id": request, "msg_type": "execute_request", "version": "5.3"}
        header |= {"username": user, "session": uuid.uuid4().hex}
        message = {"channel": "shell", "header": header, "parent_header": {}, "metadata": {}}
        await socket.write_message(json.dumps({**message, "content": content}))
        printed = ""
        while True:
            answer = json.loads(await asyncio.wait_for(socket.read_message(), SECONDS))
            if answer["parent_header"].get("msg_id") != request:
                continue
            said = answer["content"]
            printed += said.get("text", "") if answer["msg_type"] == "stream" else ""
            assert answer["msg_type"] != "error", "\n".join(said["traceback"])
            if said.get("execution_state") == "idle":
                break
        socket.close()
        return printed

    def command(self, user, folder, *arguments):
        """Run a command in a user's server, as in its terminal; it must succeed."""
        return self.run(
            user,
            "import subprocess\n"
            f"done = subprocess.run({list(arguments)!r}, cwd={str(folder)!r},"
            " capture_output=True, text=True)\n"
            "print(done.stdout)\n"
            "assert done.returncode == 0, done.stdout + done.stderr",
        )

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=60)


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    program("configurable-http-proxy"), program("jupyterhub")
    home = tmp_path_factory.mktemp("hub") / "homes" / "teacher"
    home.mkdir(parents=True)
    course = Course(home, tiny_lesson())
    config = course.folder / "nbgrader_config.py"
    # The tiny lesson was due long ago, and here nobody is late.
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "none"\n')
    return course


@pytest.fixture(scope="module")
def hub(course):
    hub = Hub(course.folder.parents[2], course.folder.parent / "exchange")
    yield hub
    hub.stop()


def test_a_round_with_two_learners_and_a_teacher(course, hub):
    hub.log_in("teacher", "ada", "ben")
    hub.command("teacher", course.folder, "nbgrader", "release_assignment", LESSON)
    for user, letter in (("ada", "b"), ("ben", "a")):  # b is right
        work(course, hub, user, letter)
    teacher = course.folder
    hub.command("teacher", teacher, "nbgrader", "collect", LESSON)
    hub.command("teacher", teacher, "classroom", "grade", LESSON)
    hub.command("teacher", teacher, "classroom", "feedback", LESSON)
    hub.command("teacher", teacher, "nbgrader", "release_feedback", LESSON)
    told = hub.command("teacher", teacher, "classroom", "report", LESSON)
    assert "1 of 2 answered so at first" in " ".join(told.split())
    for user, score in (("ada", "6.0 / 9.0"), ("ben", "4.0 / 9.0")):
        home = hub.folder / "homes" / user
        hub.command(user, home, "nbgrader", "fetch_feedback", LESSON)
        [page] = (home / LESSON / "feedback").rglob("*.html")
        assert re.search(r"\(Score: (.+?)\)", page.read_text())[1] == score


def work(course, hub, user, letter):
    """Fetch, answer the quiz, solve the first exercise, and submit."""
    home = hub.folder / "homes" / user
    (home / "nbgrader_config.py").write_text(LEARNERS.format(exchange=str(hub.exchange)))
    hub.command(user, home, "nbgrader", "fetch_assignment", LESSON)
    hub.run(
        user,
        f"%cd -q {home / LESSON}\n"
        "from crossentropy import quiz\n"
        f'quiz.answer("01-what-it-measures", "{letter}")\n'
        'quiz.answer("01-second-of-three", "e")',
    )
    Submission(course, home / LESSON).solve("double")
    hub.command(user, home, "nbgrader", "submit", LESSON)
