"""`from crossentropy import experiment` is all that a lesson needs, and it costs nothing."""

import subprocess
import sys

from crossentropy import experiment
import pytest


def test_importing_it_loads_no_tensorflow_and_no_matplotlib():
    program = (
        "import sys; from crossentropy import experiment, pictures, quiz;"
        "sys.exit(any(one in sys.modules for one in ('tensorflow', 'keras', 'matplotlib')))"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0


@pytest.mark.parametrize("name", experiment.__all__)
def test_every_verb_is_there_and_says_what_it_does(name):
    found = getattr(experiment, name)
    assert not callable(found) or found.__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'atempt'"):
        experiment.atempt  # noqa: B018
