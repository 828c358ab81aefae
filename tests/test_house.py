"""The house stands as docs/map.md draws it: who may import whom, and what a module looks like."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
import re
import tomllib

from one_browser import scope_of
import pytest

SRC = Path(__file__).parents[1] / "src"
LONGEST = 320  # lines; a module has one concern and about 300


def name_of(path):
    parts = path.relative_to(SRC).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in SRC.rglob("*.py")}
TREES = {name: ast.parse(path.read_text(encoding="utf-8")) for name, path in MODULES.items()}


def imported(name):
    """Return the modules of ours that a module imports, in functions too."""
    found = set()
    for node in ast.walk(TREES[name]):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                found.add(whole if whole in MODULES else node.module)
    return found & MODULES.keys() - {name}


IMPORTS = {name: imported(name) for name in MODULES}

# A family, and what no module of it imports.
FORBIDDEN = [
    ("crossentropy", "classroom"),
    ("crossentropy.pictures", "crossentropy.experiment"),
    ("crossentropy.pictures", "crossentropy.quiz"),
    ("crossentropy.quiz", "crossentropy.experiment"),
    ("crossentropy.quiz", "crossentropy.pictures"),
    ("crossentropy.experiment", "crossentropy.quiz"),
    # The detective shows its cards with the kit of the quiz and needs no picture.
    ("crossentropy.detective", "crossentropy.pictures"),
    ("crossentropy.detective", "crossentropy.experiment"),
    ("crossentropy.quiz", "crossentropy.detective"),
    ("crossentropy.pictures", "crossentropy.detective"),
    ("crossentropy.experiment", "crossentropy.detective"),
    ("classroom.authoring", "classroom.grading"),
    ("classroom.grading", "classroom.authoring"),
    ("classroom.validation", "classroom.grading"),
    ("classroom.validation", "classroom.authoring"),
    ("classroom.grading", "classroom.validation"),
    ("classroom.authoring", "classroom.validation"),
    ("classroom.authoring", "classroom.handing"),
    ("classroom.grading", "classroom.handing"),
    ("classroom.validation", "classroom.handing"),
    ("classroom.handing", "classroom.validation"),
    ("classroom.authoring", "classroom.term"),
    ("classroom.grading", "classroom.term"),
    ("classroom.validation", "classroom.term"),
    ("classroom.handing", "classroom.term"),
    ("classroom.term", "classroom.validation"),
    ("classroom.term", "classroom.handing"),
    # A report reads what grading has made, and grading knows nothing of reports.
    ("classroom.report", "classroom.authoring"),
    ("classroom.report", "classroom.validation"),
    ("classroom.authoring", "classroom.report"),
    ("classroom.grading", "classroom.report"),
    ("classroom.validation", "classroom.report"),
    *(
        pair
        for other in ("authoring", "handing", "term", "report", "validation")
        for pair in (
            ("classroom.certificate", f"classroom.{other}"),
            (f"classroom.{other}", "classroom.certificate"),
        )
    ),
    ("classroom.grading", "classroom.certificate"),
]


def is_in(name, family):
    return name == family or name.startswith(f"{family}.")


@pytest.mark.parametrize(("family", "other"), FORBIDDEN)
def test_a_family_does_not_know_the_other(family, other):
    found = {
        (name, each)
        for name in MODULES
        if is_in(name, family)
        for each in IMPORTS[name]
        if is_in(each, other)
    }
    assert found == set()


def test_what_all_lessons_use_knows_no_family():
    """What lies beside the families, such as `own_folder`, may be used by each of them."""
    families = [name for name, path in MODULES.items() if path.name == "__init__.py"]
    inner = [name for name in families if name.startswith("crossentropy.")]
    for name in MODULES:
        if is_in(name, "crossentropy") and name.count(".") == 1 and name not in inner:
            known = {each for each in IMPORTS[name] if any(is_in(each, one) for one in inner)}
            assert known == set(), name


def test_kernels_know_nothing_of_grading():
    """What runs beside a submission can be read by it."""
    kernels = "classroom.grading.kernels"
    known = {each for name in MODULES if is_in(name, kernels) for each in IMPORTS[name]}
    assert {
        each for each in known if is_in(each, "classroom") and not is_in(each, kernels)
    } == set()


def test_what_all_families_use_uses_none_of_them():
    names = ("quiz", "pictures", "experiment", "detective")
    families = tuple(f"crossentropy.{name}" for name in names)
    shared = [name for name in MODULES if name.startswith("crossentropy.") and name.count(".") == 1]
    for name in {*shared} - {*families}:
        assert not any(is_in(each, family) for each in IMPORTS[name] for family in families), name


def test_no_modules_import_one_another():
    try:
        TopologicalSorter(IMPORTS).prepare()
    except CycleError as error:
        pytest.fail(f"imported in a circle: {' -> '.join(error.args[1])}")


@pytest.mark.parametrize("name", MODULES)
def test_a_module_is_of_one_concern_and_about_300_lines(name):
    assert len(MODULES[name].read_text(encoding="utf-8").splitlines()) <= LONGEST


def public_functions(name):
    """Yield the functions of a module that others may call, those of its classes too."""
    for node in TREES[name].body:
        members = node.body if isinstance(node, ast.ClassDef) and node.name[0] != "_" else [node]
        for each in members:
            if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef) and each.name[0] != "_":
                yield each


@pytest.mark.parametrize("name", MODULES)
def test_public_functions_say_what_they_take(name):
    """What they return, ruff looks at."""
    bare = [
        f"{function.name}({argument.arg})"
        for function in public_functions(name)
        for argument in [
            *function.args.posonlyargs,
            *function.args.args,
            *function.args.kwonlyargs,
        ]
        if argument.annotation is None and argument.arg not in ("self", "cls")
    ]
    assert bare == []


@pytest.mark.parametrize("name", MODULES)
def test_docstrings_quote_code_in_single_backticks(name):
    documented = ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef
    texts = [
        ast.get_docstring(node) or ""
        for node in ast.walk(TREES[name])
        if isinstance(node, documented)
    ]
    found = [text for text in texts if re.search(r":(func|class|mod|meth|attr|data):`|``", text)]
    assert found == []


def test_the_map_names_what_there_is():
    text = (SRC.parent / "docs" / "map.md").read_text(encoding="utf-8")
    known = {part for name in MODULES for part in name.split(".")}
    families = (
        "quiz|pictures|experiment|detective|authoring|grading|handing|term|preparation|kernels"
    )
    families += "|report|certificate"
    assert set(re.findall(rf"(?:{families})/(\w+)", text)) - known == set()


def test_no_test_is_forgotten_by_the_order_in_which_they_run():
    root = SRC.parent
    settings = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    places = settings["tool"]["pytest"]["ini_options"]["testpaths"]
    named = [found for place in places for found in root.glob(place)]
    tests = [path.relative_to(root) for path in (root / "tests").rglob("test_*.py")]
    forgotten = [path for path in tests if not {root / path, *(root / path).parents} & {*named}]
    assert forgotten == []


def test_one_worker_gets_all_that_needs_a_browser():
    assert scope_of("tests/browser/test_bets.py") == scope_of("tests/browser/test_cards.py")
    assert scope_of("tests/hub/test_hub.py") == "tests/hub/test_hub.py"
