"""environment.yml installs what pyproject.toml asks for and what uv.lock has settled on."""

import os
from pathlib import Path
import re
import shutil
import subprocess
import tomllib

from packaging.markers import Marker
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.version import Version
import pytest
from rattler import MatchSpec
import yaml

ROOT = Path(__file__).parents[1]
ENVIRONMENT = yaml.safe_load((ROOT / "environment.yml").read_text())
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
LOCK = tomllib.loads((ROOT / "uv.lock").read_text())

CONDA_PART = [entry for entry in ENVIRONMENT["dependencies"] if isinstance(entry, str)]
[PIP_PART] = [entry["pip"] for entry in ENVIRONMENT["dependencies"] if isinstance(entry, dict)]
PINS = [Requirement(line) for line in PIP_PART if not line.startswith("-")]
ASKED = [
    Requirement(line)
    for group in (
        PROJECT["project"]["dependencies"],
        PROJECT["project"]["optional-dependencies"]["teacher"],
        PROJECT["dependency-groups"]["test"],
    )
    for line in group
]


def conda_python():
    [spec] = [spec for spec in CONDA_PART if MatchSpec(spec).name.normalized == "python"]
    return spec.split("=")[1]


@pytest.mark.parametrize("spec", CONDA_PART)
def test_each_conda_entry_is_a_conda_specification(spec):
    assert MatchSpec(spec, strict=True).name


def test_it_names_conda_forge_and_no_other_channel():
    assert ENVIRONMENT["channels"] == ["conda-forge", "nodefaults"]


def test_its_python_is_one_that_the_project_allows():
    assert conda_python() in SpecifierSet(PROJECT["project"]["requires-python"])


def test_it_lists_the_packages_that_the_project_asks_for_and_no_others():
    assert {pin.name for pin in PINS} == {asked.name for asked in ASKED}


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked.name)
def test_each_pin_is_the_locked_version_and_within_the_asked_range(asked):
    [pin] = [pin for pin in PINS if pin.name == asked.name]
    [exact] = pin.specifier
    assert exact.operator == "=="
    assert exact.version in asked.specifier
    locked = [package["version"] for package in LOCK["package"] if package["name"] == pin.name]
    # Where the lock forks by Python version, the newest goes with the conda Python.
    assert exact.version == str(max(map(Version, locked)))


def test_it_installs_the_lessons_themselves_from_the_clone():
    assert "-e ." in PIP_PART


def test_what_costs_each_program_a_second_at_its_start_is_not_installed():
    assert "rfc3987-syntax" not in {package["name"] for package in LOCK["package"]}


# Where the two builds of TensorFlow are installed, and one machine of each kind.
MACHINES = {
    "Linux on x86-64": ({"sys_platform": "linux", "platform_machine": "x86_64"}, "tensorflow-cpu"),
    "Linux on ARM": ({"sys_platform": "linux", "platform_machine": "aarch64"}, "tensorflow"),
    "Windows": ({"sys_platform": "win32", "platform_machine": "AMD64"}, "tensorflow-cpu"),
    "macOS": ({"sys_platform": "darwin", "platform_machine": "arm64"}, "tensorflow"),
}


def builds(markers, machine):
    """Return the builds of TensorFlow whose markers hold on a machine."""
    return {
        name
        for name, marker in markers
        if name.startswith("tensorflow")
        and (marker is None or Marker(str(marker)).evaluate({**machine, "extra": ""}))
    }


@pytest.mark.parametrize("name", MACHINES)
def test_the_three_files_take_the_same_build_of_tensorflow(name):
    machine, build = MACHINES[name]
    [locked] = [each for each in LOCK["package"] if each["name"] == PROJECT["project"]["name"]]
    asked = [Requirement(line) for line in PROJECT["project"]["dependencies"]]
    files = {
        "pyproject.toml": [(each.name, each.marker) for each in asked],
        "environment.yml": [(pin.name, pin.marker) for pin in PINS],
        "uv.lock": [(each["name"], each.get("marker")) for each in locked["dependencies"]],
    }
    taken = {file: builds(markers, machine) for file, markers in files.items()}
    assert taken == {file: {build} for file in files}


def resolved(file, *options):
    """Return the lines of a resolution; nothing is installed."""
    found = subprocess.run(
        [
            shutil.which("uv", path=ROOT / ".venv/bin") or "uv",
            *("pip", "compile", "--quiet", *options, file),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    offline = re.search(r"dns error|error sending request|Failed to fetch", found.stderr)
    if offline and os.environ.get("CI") != "true":
        pytest.skip("the package index cannot be reached, so nothing can be resolved")
    assert found.returncode == 0, found.stderr
    return found.stdout.splitlines()


@pytest.mark.parametrize("platform", ["linux", "macos", "windows"])
def test_its_pip_part_resolves(platform, tmp_path):
    wanted = tmp_path / "pip.in"
    wanted.write_text("\n".join(str(pin) for pin in PINS))
    python = f"--python-version={conda_python()}"
    lines = resolved(wanted, f"--python-platform={platform}", python)
    build = "tensorflow" if platform == "macos" else "tensorflow-cpu"
    [pin] = [pin for pin in PINS if pin.name == build]
    assert [line for line in lines if line.startswith("tensorflow")] == [f"{build}{pin.specifier}"]


def test_the_extra_for_graphics_cards_takes_the_full_build_alone():
    lines = resolved(ROOT / "pyproject.toml", "--extra=gpu", "--python-platform=linux")
    names = {re.split("[=[ ]", line)[0] for line in lines}
    assert {name for name in names if name.startswith("tensorflow")} == {"tensorflow"}
