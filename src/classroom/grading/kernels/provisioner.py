"""How jupyter_client starts our kernels: forked by the kernel server, or as a new process."""

import asyncio
import contextlib
import json
import os
from pathlib import Path
import shutil
import signal
import socket
import subprocess
import sys
from typing import Any

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerBase
import psutil
from traitlets import Bool, Dict, Instance, Int, Unicode

from classroom.grading.kernels import server as kernel_server
from classroom.grading.kernels.memory import descendants
from classroom.grading.kernels.sandbox.bubblewrap import HANDED_IN, bwrap_command
from classroom.grading.kernels.sandbox.limits import Limits
from classroom.grading.kernels.sandbox.view import environment

SECONDS_TO_FORK = kernel_server.SECONDS_TO_IMPORT + 60  # the server may be importing yet


class KernelStartError(RuntimeError):
    """A kernel did not start; the message is one sentence."""


class _SandboxedKernel(KernelProvisionerBase):
    """What both ways of starting a kernel have in common."""

    workspace = Instance(Path)
    submission = Instance(Path)
    lesson = Unicode()
    limits = Instance(Limits)
    sandbox = Unicode()
    judge = Bool()
    lines = Int()  # a descriptor: the kernel's end of a socket that brings the line to the other

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the sockets; there is no command line."""
        self.parent.write_connection_file()
        self.connection_info = self.parent.get_connection_info()
        return {"cmd": []}

    async def send_signal(self, signum: int) -> None:
        """Only killing is possible; interrupting goes by a message."""
        if signum == signal.SIGKILL:
            await self.kill()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel; it has nothing to save."""
        await self.kill()


class ForkedKernel(_SandboxedKernel):
    """A kernel that the kernel server has forked; its lifeline says when it ends."""

    server = Instance(kernel_server.SharedServer)
    lifeline = None
    pid = None
    status = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self.lifeline is not None

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Ask the server and wait until it has forked."""
        connection = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in self.connection_info.items()
        }
        request = {
            "connection": connection,
            "workspace": str(self.workspace),
            "submission": str(self.submission),
            "lesson": self.lesson,
            "limits": self.limits.as_dict(),
            "sandbox": self.sandbox,
            "judge": self.judge,
        }
        lifeline = self.server.start(request, self.lines)
        lifeline.setblocking(False)
        self.lifeline = lifeline
        loop = asyncio.get_running_loop()
        try:
            message = await asyncio.wait_for(
                loop.sock_recv(lifeline, kernel_server.LARGEST_REQUEST), SECONDS_TO_FORK
            )
            answer = json.loads(message or b'{"failed": "it ended at once"}')
        except TimeoutError:
            answer = {"failed": "no answer"}
        if "pid" not in answer:
            self._let_go()
            raise KernelStartError(f"The kernel did not start: {answer.get('failed', answer)}.")
        self.pid = answer["pid"]
        return self.connection_info

    @property
    def is_orphan(self) -> bool:
        """Whether the server has ended, and every kernel of it with it."""
        return not self.server.alive()

    async def poll(self) -> int | None:
        """Return None while the kernel runs, else its exit status."""
        if self.status is None and self.lifeline is not None:
            try:
                message = self.lifeline.recv(kernel_server.LARGEST_REQUEST)
                self.status = json.loads(message)["ended"] if message else -signal.SIGKILL
            except BlockingIOError:
                return None
            except (OSError, ValueError, KeyError):
                self.status = -signal.SIGKILL
        return self.status

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while self.lifeline is not None and await self.poll() is None:
            await asyncio.sleep(0.01)
        self._let_go()
        return self.status

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and everything it has started."""
        if self.lifeline is not None:
            with contextlib.suppress(OSError):
                self.lifeline.shutdown(socket.SHUT_WR)

    async def cleanup(self, restart: bool = False) -> None:
        """Let the kernel go."""
        self._let_go()

    def _let_go(self):
        if self.lifeline is not None:
            self.lifeline.close()
            self.lifeline = None


class NewKernel(_SandboxedKernel):
    """A kernel in a new process, inside bubblewrap or, where there is no sandbox, as it is."""

    process = None
    is_orphan = False

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel."""
        return self.process is not None

    @property
    def pid(self) -> int | None:
        """The process that the kernel descends from."""
        return self.process and self.process.pid

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> dict[str, Any]:
        """Start the process."""
        file = self.workspace / "sockets" / "kernel.json"
        shutil.copyfile(self.parent.connection_file, file)
        command = [sys.executable, "-I", "-m", "classroom.grading.kernels.graded_kernel", str(file)]
        command += [json.dumps(self.limits.as_dict()), str(self.lines)]
        command.append("judge" if self.judge else "learner")
        if self.sandbox == "bwrap":
            command, sockets = [*command, HANDED_IN], self.workspace / "sockets"
            command = bwrap_command(command, sockets, self.submission, self.lesson, self.limits)
            folder, variables = "/", environment()
        else:
            folder = self.submission
            variables = environment(str(self.workspace / "home"), str(self.workspace / "tmp"))
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            pass_fds=[self.lines],
        )
        return self.connection_info

    async def poll(self) -> int | None:
        """Return None while the kernel runs, else its exit status."""
        return self.process.poll() if self.process else 0

    async def wait(self) -> int | None:
        """Wait until the kernel has ended."""
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.01)
        self.process = None

    async def kill(self, restart: bool = False) -> None:
        """End the kernel and everything it has started."""
        if self.process:
            for process in [*descendants(self.process.pid), self.process]:
                with contextlib.suppress(OSError, psutil.Error):
                    process.kill()

    async def cleanup(self, restart: bool = False) -> None:
        """Nothing is left to do."""


class SandboxedKernelManager(AsyncKernelManager):
    """Manages one of our kernels; whatever kernel a notebook names, this is what it gets.

    `kernel` has the traits of the kernel to start: workspace, submission, lesson, limits, sandbox,
    judge and lines.
    """

    kernel = Dict()

    def __init__(self, **kwargs):
        """Take sockets of files, which reach into a sandbox that has no network."""
        super().__init__(**kwargs)
        self.transport = "ipc" if os.name == "posix" else "tcp"
        self._kernel_spec = KernelSpec(
            argv=[], display_name="Python 3", language="python", interrupt_mode="message"
        )

    async def _async_pre_start_kernel(self, **kw):
        traits = {"kernel_spec": self.kernel_spec, "parent": self, **self.kernel}
        if kernel_server.is_needed(self.kernel["sandbox"]):
            self.provisioner = ForkedKernel(server=kernel_server.running().wait(), **traits)
        else:
            self.provisioner = NewKernel(**traits)
        return await super()._async_pre_start_kernel(**kw)
