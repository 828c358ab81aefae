"""With xdist's `--dist=loadfile`: one worker for all that needs a browser, which it starts once."""

import pytest

FOLDER = "tests/browser"


def scope_of(file):
    """Return a name for what one worker gets as a whole: the file, or the folder it belongs to."""
    return FOLDER if file.startswith(f"{FOLDER}/") else file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    """Schedule files as xdist does, but those of the folder together."""
    if config.getoption("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _split_scope(self, nodeid):
            return scope_of(super()._split_scope(nodeid))

    return Scheduling(config, log)
