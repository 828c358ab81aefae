"""A pytest plugin beside nbval: what stops or frightens a learner is red, though nbval passes it.

nbval takes no notice of a shell command that fails, nor, where it does not compare outputs, of what
stands on stderr: there IPython reports a magic that it does not know.
"""

import re

from nbval.plugin import IPyNbCell
import pytest

COMMAND = re.compile(r"^[^#\n]*!\s*\w|^%%(bash|sh|script|system)|^%(sx|system)\b", re.MULTILINE)
EXIT_STATUS = "get_ipython().user_ns.get('_exit_code', 0)"


class SilentFailureError(Exception):
    """A cell went wrong without an exception."""


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item):
    """Look at each cell after nbval has run it."""
    result = yield
    if isinstance(item, IPyNbCell):
        complaint = unexpected(item.test_outputs, item.cell.outputs)
        if not complaint and COMMAND.search(item.cell.source):
            complaint = failed_command(item.parent.kernel)
        if complaint:
            raise SilentFailureError(complaint)
    return result


def unexpected(outputs, stored):
    """Return what a cell has printed on stderr and not when it was stored; "" when nothing."""
    text = on_stderr(outputs)
    return f"printed on stderr: {text}" if text != on_stderr(stored) else ""


def on_stderr(outputs):
    """Return the text that stands on stderr among some outputs."""
    streams = (one for one in outputs if one.get("output_type") == "stream")
    return "".join(one["text"] for one in streams if one["name"] == "stderr")


def failed_command(kernel):
    """Return what is wrong with the last shell command of a kernel; "" when nothing is."""
    kernel.kc.execute("", silent=True, user_expressions={"status": EXIT_STATUS})
    while True:
        content = kernel.get_message("shell", timeout=30)["content"]
        if "user_expressions" in content:
            status = content["user_expressions"]["status"]["data"]["text/plain"]
            return "" if status == "0" else f"a shell command failed, status {status}"
