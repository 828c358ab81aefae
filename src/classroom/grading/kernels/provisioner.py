"""How jupyter_client starts our kernels: forked by the kernel server, or through bubblewrap."""

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
import tempfile

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerBase
import psutil
from traitlets import Any, Instance

from classroom.grading.kernels import sandbox
from classroom.grading.kernels.server import LARGEST_MESSAGE, SECONDS_TO_START, ServerError

SECONDS_TO_FORK = SECONDS_TO_START + 60  # the server may be importing yet


class KernelStartError(RuntimeError):
    """A kernel did not start; the message is one sentence."""


class _SandboxedKernel(KernelProvisionerBase):
    """What both ways of starting a kernel have in common."""

    place = Instance(Path)
    given = Instance(Path)
    lesson = Any()
    limits = Any()
    kind = Any()

    async def pre_launch(self, **kwargs):
        """Choose the sockets; there is no command line."""
        self.parent.write_connection_file()
        self.connection_info = self.parent.get_connection_info()
        return {"cmd": []}

    async def send_signal(self, signum):
        """Only killing is possible; interrupting goes by a message."""
        if signum == signal.SIGKILL:
            await self.kill()

    async def terminate(self, restart=False):
        """End the kernel; it has nothing to save."""
        await self.kill()


class ForkedKernel(_SandboxedKernel):
    """A kernel that the kernel server has forked; its lifeline says when it ends."""

    server = Any()
    lifeline = None
    pid = None
    status = None

    @property
    def has_process(self):
        """Whether there is a kernel."""
        return self.lifeline is not None

    async def launch_kernel(self, cmd, **kwargs):
        """Ask the server and wait until it has forked."""
        told = {
            name: value.decode() if isinstance(value, bytes) else value
            for name, value in self.connection_info.items()
        }
        request = {
            "connection": told,
            "place": str(self.place),
            "given": str(self.given),
            "lesson": self.lesson,
            "limits": self.limits.as_dict(),
            "sandbox": self.kind,
        }
        lifeline = self.server.start(request)
        lifeline.setblocking(False)
        self.lifeline = lifeline
        loop = asyncio.get_running_loop()
        try:
            message = await asyncio.wait_for(
                loop.sock_recv(lifeline, LARGEST_MESSAGE), SECONDS_TO_FORK
            )
            said = json.loads(message or b'{"failed": "it ended at once"}')
        except TimeoutError:
            said = {"failed": "no answer"}
        if "pid" not in said:
            self._let_go()
            raise KernelStartError(f"The kernel did not start: {said.get('failed', said)}.")
        self.pid = said["pid"]
        return self.connection_info

    async def poll(self):
        """Return None while the kernel runs, else its exit status."""
        if self.status is None and self.lifeline is not None:
            try:
                message = self.lifeline.recv(LARGEST_MESSAGE)
                self.status = json.loads(message)["ended"] if message else -signal.SIGKILL
            except BlockingIOError:
                return None
            except (OSError, ValueError, KeyError):
                self.status = -signal.SIGKILL
        return self.status

    async def wait(self):
        """Wait until the kernel has ended."""
        while self.lifeline is not None and await self.poll() is None:
            await asyncio.sleep(0.01)
        self._let_go()
        return self.status

    async def kill(self, restart=False):
        """End the kernel and everything it has started."""
        if self.lifeline is not None:
            with contextlib.suppress(OSError):
                self.lifeline.shutdown(socket.SHUT_WR)

    async def cleanup(self, restart=False):
        """Let the kernel go."""
        self._let_go()

    def _let_go(self):
        if self.lifeline is not None:
            self.lifeline.close()
            self.lifeline = None


class BubblewrappedKernel(_SandboxedKernel):
    """A cold kernel in a new process, inside bubblewrap or (``kind`` "none") as it is."""

    process = None

    @property
    def has_process(self):
        """Whether there is a kernel."""
        return self.process is not None

    @property
    def pid(self):
        """The process that the kernel descends from."""
        return self.process and self.process.pid

    async def launch_kernel(self, cmd, **kwargs):
        """Start the process."""
        file = self.place / "sockets" / "kernel.json"
        shutil.copyfile(self.parent.connection_file, file)
        command = [sys.executable, "-I", "-m", "classroom.grading.kernels.graded_kernel", str(file)]
        command.append(json.dumps(self.limits.as_dict()))
        environment = sandbox.environment()
        if self.kind == "bwrap":
            command = sandbox.bwrap_command(
                [*command, "/given"], self.place / "sockets", self.given, self.lesson, self.limits
            )
            folder = "/"
        else:
            folder = self.given
            for name, value in (("HOME", "home"), ("TMPDIR", "tmp")):
                environment[name] = str(self.place / value)
            environment["IPYTHONDIR"] = environment["HOME"] + "/.ipython"
            environment["MPLCONFIGDIR"] = environment["HOME"] + "/.matplotlib"
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        return self.connection_info

    async def poll(self):
        """Return None while the kernel runs, else its exit status."""
        return self.process.poll() if self.process else 0

    async def wait(self):
        """Wait until the kernel has ended."""
        while self.process and self.process.poll() is None:
            await asyncio.sleep(0.01)
        self.process = None

    async def kill(self, restart=False):
        """End the kernel and everything it has started."""
        if self.process:
            for process in [*_descendants(self.process.pid), self.process]:
                with contextlib.suppress(OSError, psutil.Error):
                    process.kill()

    async def cleanup(self, restart=False):
        """Nothing is left to do."""


def _descendants(pid):
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def memory_held(pid):
    """Return the bytes that a process and all its descendants hold, shared pages in shares."""
    total = 0
    with contextlib.suppress(psutil.Error):
        for process in [psutil.Process(pid), *_descendants(pid)]:
            with contextlib.suppress(psutil.Error, OSError):
                total += _held(process.pid)
    return total


def _held(pid):
    # Rss would count for every kernel what all of them share with the server.
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except FileNotFoundError:  # not Linux, or no longer there
        return psutil.Process(pid).memory_info().rss
    return sum(
        int(line.split()[1]) * 1024
        for line in text.splitlines()
        if line.startswith(("Private_Dirty:", "Private_Clean:", "Pss_Shmem:"))
    )


class SandboxedKernelManager(AsyncKernelManager):
    """Manages one of our kernels; whatever kernel a notebook names, this is what it gets."""

    make_provisioner = Any()

    def __init__(self, **kwargs):
        """Take sockets of files, which reach into a sandbox that has no network."""
        super().__init__(**kwargs)
        self.transport = "ipc" if os.name == "posix" else "tcp"
        self._kernel_spec = KernelSpec(
            argv=[], display_name="Python 3", language="python", interrupt_mode="message"
        )

    async def _async_pre_start_kernel(self, **kw):
        self.provisioner = self.make_provisioner(kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**kw)


def place_for(kind):
    """Return a new folder for one kernel, with a path short enough for its sockets."""
    base = "/tmp" if os.access("/tmp", os.W_OK) else None
    place = Path(tempfile.mkdtemp(prefix="grade-", dir=base))
    for name in ("root", "sockets", "given", "home", "tmp"):
        (place / name).mkdir(mode=0o700)
    if kind == "jail" and os.geteuid() == 0:  # whose kernels are nobody's
        os.chown(place / "sockets", sandbox.NOBODY, sandbox.NOBODY)
    return place


__all__ = [
    "BubblewrappedKernel",
    "ForkedKernel",
    "KernelStartError",
    "SandboxedKernelManager",
    "ServerError",
    "memory_held",
    "place_for",
]
