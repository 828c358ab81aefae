"""Templates: drawn, filled in, refused with one sentence, and proved on many draws."""

import copy
from pathlib import Path
import re
import textwrap

from crossentropy.quiz import bank, draws, marking, template, template_checks
from crossentropy.quiz.expressions import FUNCTIONS
from crossentropy.quiz.template import TemplateError
import pytest
import yaml

CHOICE = yaml.safe_load(r"""
id: 01-cost
use: practice
type: choice
kind: numeric
difficulty: easy
objective: measure
section: First things
values:
  p: {first: 0.8, low: 0.1, high: 0.9, step: 0.1}
  place: {first: 1, among: [0, 1, 2]}
  loss: -log(p)
prompt: |
  The {{ordinal(place)}} class is true and got {{p}}: `loss(-{{p:.2f}})`. What is $\frac{1}{{{p}}}$?
options:
  - {text: '`{{loss:.3f}}`', why: Right., correct: true}
  - {text: '`{{-log(1 - p):.3f}}`', why: The others.}
  - {text: '`{{-log10(p):.3f}}`', why: Base ten.}
hint: '{{-loss:.3f}} or `{{-loss:.3f}}`.'
steps: Look.
quick_check: '{{one_hot(place, 3):.1f}}'
mistakes: ['Taking {{p}} itself.']
""")
NUMBER = yaml.safe_load("""
id: 01-number
use: practice
type: number
kind: numeric
difficulty: hard
objective: measure
section: First things
values:
  p: {first: 0.5, low: 0.1, high: 0.9, step: 0.05}
where: [p != 0.3]
prompt: How much does {{p}} cost?
answer: round(-log(p), 3)
tolerance: 0.002
why: It is {{-log(p):.3f}}.
wrong:
  - {at: -log2(p), why: Base two.}
  - {at: 1 / p, within: 0.01, why: One by it.}
  - {low: 100 * p - 1, high: 100 * p + 1, why: In percent.}
otherwise: Again.
hint: Log.
steps: Log.
quick_check: Near.
mistakes: [None.]
""")


@pytest.fixture
def choice():
    return copy.deepcopy(CHOICE)


@pytest.fixture
def number():
    return copy.deepcopy(NUMBER)


@pytest.fixture
def question(tmp_path, monkeypatch):
    """Return a function that gives a question as the bank has it."""
    monkeypatch.setattr(bank, "folder", lambda: tmp_path)

    def question(entry):
        content = {"lesson": "01-first", "questions": [entry]}
        (tmp_path / "01-first.yaml").write_text(yaml.safe_dump(content, sort_keys=False))
        return bank.question(entry["id"])

    return question


def complaint(question, entry):
    with pytest.raises(bank.BankError) as caught:
        question(entry)
    return str(caught.value)


# --- filled in ------------------------------------------------------------------------------------


def test_the_bank_has_it_with_its_first_values(question, choice):
    found = question(choice)
    assert "The second class is true and got 0.8" in found.prompt
    assert [option.text for option in found.options] == ["`0.223`", "`1.609`", "`0.097`"]
    assert (found.key, found.seed, found.mistakes) == ("a", "", ("Taking 0.8 itself.",))


def test_a_number_and_its_wrong_ones_are_computed(question, number):
    found = question(number)
    assert found.answer == 0.693
    assert marking.judge(found, 1.0).why == "Base two."
    assert marking.judge(found, 2.009).why == "One by it."
    assert marking.judge(found, 50.5).why == "In percent."
    assert found.why == "It is 0.693."


def test_braces_of_maths_and_code_stay(question, choice):
    choice["prompt"] = r"$e^{-{{p}}}$ and `f'{x:.3f}'` and $\frac{1}{\sqrt{2}}$ is {{place}}."
    assert question(choice).prompt == r"$e^{-0.8}$ and `f'{x:.3f}'` and $\frac{1}{\sqrt{2}}$ is 1."


def test_a_minus_is_a_hyphen_in_code_only(question, choice):
    assert question(choice).hint == "\N{MINUS SIGN}0.223 or `-0.223`."


def test_a_list_is_told_number_by_number(question, choice):
    assert question(choice).quick_check == "0.0, 1.0, 0.0"


@pytest.mark.parametrize(
    ("value", "form", "told"), [(3, "", "3"), (0.1 + 0.2, "", "0.3"), (-1e-9, ".2f", "0.00")]
)
def test_a_number_is_told_as_a_person_writes_it(value, form, told):
    assert template.fill("prompt", f"{{{{x:{form}}}}}", {"x": value}) == told


# --- drawn ----------------------------------------------------------------------------------------


def test_a_seed_names_a_draw(choice):
    assert template.draw_values(choice, "a") == template.draw_values(choice, "a")
    assert len({repr(template.draw_values(choice, str(seed))) for seed in range(50)}) > 10


def test_a_seed_draws_the_same_in_every_release(choice):
    """What learners have answered is graded by it."""
    assert template.draw_values(choice, "3f2a91c0") == {"p": 0.6, "place": 2}


def test_no_draw_is_the_first(choice, number):
    for entry in (choice, number):
        first = template.first_values(entry)
        assert all(template.draw_values(entry, str(seed)) != first for seed in range(200))


def test_values_come_from_their_range(choice):
    drawn = [template.draw_values(choice, str(seed)) for seed in range(200)]
    assert {one["p"] for one in drawn} == {0.1, 0.2, 0.3, 0.4, 0.6, 0.7, 0.8, 0.9}
    assert {one["place"] for one in drawn} == {0, 1, 2}


def test_equal_options_are_drawn_again(choice):
    """With 0.5, the loss is that of what the others got."""
    half = {"p": 0.5, "place": 0}
    assert template.flaw_of(choice, half) == "options a and b are the same"


def test_options_are_compared_as_they_are_shown(choice):
    assert template.as_compared("`0.50`") == template.as_compared(" 0.5 ")
    assert template.as_compared("\N{MINUS SIGN}1") == template.as_compared("`-1.0`")
    assert template.as_compared("0.50 of 2") != template.as_compared("0.5 of 3")


def test_what_where_excludes_is_not_drawn(number):
    assert all(template.draw_values(number, str(seed))["p"] != 0.3 for seed in range(200))


def test_where_keeps_from_computing_what_cannot_be(choice):
    choice["values"] = {
        "p": {"first": 0.8, "among": [1.0, 0.2, 0.8, 0.7]},
        "place": 1,
        "loss": "-log(p)",
        "rest": "-log(1 - p)",
    }
    choice["where"] = ["p < 1"]
    choice["hint"] = "{{rest:.2f}}"
    assert {template.draw_values(choice, str(seed))["p"] for seed in range(50)} == {0.2, 0.7}


def test_a_wrong_number_that_is_the_right_one_is_drawn_again(number):
    number["wrong"][0]["at"] = "round(-log(p), 3) if p == 0.2 else 9"
    assert template.flaw_of(number, {"p": 0.2}) == "wrong number 1 is that of the answer"
    assert template.flaw_of(number, {"p": 0.25}) is None


# --- refused --------------------------------------------------------------------------------------


def spoil(entry, path, value):
    *places, last = path
    for place in places:
        entry = entry[place]
    entry[last] = value


SPOILT = {
    "an unknown name": (("prompt",), "{{q}}", "field prompt: 'q' uses q, which is not among"),
    "an unknown function": (
        ("hint",),
        "{{sin(p)}}",
        "field hint: 'sin(p)' calls sin, which is not",
    ),
    "a brace alone": (("hint",), "{p}", "field hint: a brace stands alone: a value is written {{"),
    "a brace that is not closed": (("hint",), "`{{p`", "field hint: a brace stands alone"),
    "a form": (
        ("hint",),
        "{{p:3}}",
        "field hint: {{p:3}} ends in '3', and not in a form such as .3f",
    ),
    "a form that does not fit": (("hint",), "{{p:d}}", "field hint: 0.8 cannot be written in"),
    "no first": (("values", "p"), {"among": [1, 2]}, "field values, p: first is missing"),
    "no range": (("values", "p"), {"first": 1}, "field values, p: it is drawn from low, high and"),
    "two sources": (
        ("values", "p"),
        {"first": 1, "among": [1, 2], "low": 3},
        "field values, p: it is drawn from low, high and step, or from among",
    ),
    "an empty range": (
        ("values", "p"),
        {"first": 1, "low": 3, "high": 2, "step": 1},
        "field values, p: there is no step of 1 from 3 to 2",
    ),
    "a strange field": (
        ("values", "p"),
        {"first": 1, "amogn": [2]},
        "field values, p: 'amogn' is not a field here; did you mean 'among'",
    ),
    "a value that is computed from a later one": (
        ("values",),
        {"loss": "-log(p)", "p": {"first": 0.8, "among": [1, 2]}, "place": 1},
        "field values, loss: '-log(p)' uses p, which is not among the values before it (none yet)",
    ),
    "the name of a function": (("values", "log"), 3, "field values, log: the name is taken"),
    "a name that YAML reads as a truth": (("values", True), 3, "field values: True is no name"),
    "a value that stands nowhere": (("values", "idle"), 3, "field values, idle: it stands nowhere"),
    "nothing drawn": (
        ("values",),
        {"p": 0.8, "place": 1, "loss": "-log(p)"},
        "field values: none is drawn",
    ),
    "equal options at first": (
        ("values", "p", "first"),
        0.5,
        "field values: the first values make no sound question: options a and b are the same",
    ),
    "a condition that the first values break": (
        ("where",),
        ["p > 0.9"],
        "field values: the first values make no sound question: p > 0.9 does not hold",
    ),
    "a prediction": (("use",), "predict", "field values: a prediction is settled by the run"),
}


@pytest.mark.parametrize("case", SPOILT)
def test_one_sentence_names_file_question_field_and_what_to_do(question, choice, case):
    path, value, expected = SPOILT[case]
    spoil(choice, path, value)
    told = complaint(question, choice)
    assert told.startswith(f"data/questions/01-first.yaml, question 01-cost, {expected}")
    assert told.endswith(".")
    assert "\n" not in told


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("answer",), "word", "field answer: 'word' uses word"),
        (("answer",), "[1]", "field answer: '[1]' gives [1], and a number is wanted"),
        (("wrong", 0), {"why": "x"}, "field wrong: high is missing; a wrong number has"),
        (("wrong", 0), {"why": "x", "at": 1, "low": 0}, "field wrong: a wrong number has low and"),
        (("wrong", 0), {"why": "x", "within": 1}, "field wrong: high is missing"),
    ],
)
def test_numbers_are_refused_likewise(question, number, path, value, expected):
    spoil(number, path, value)
    told = complaint(question, number)
    assert told.startswith(f"data/questions/01-first.yaml, question 01-number, {expected}")


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (("where",), ["1 < 2"], "field where: it is for a question with values"),
        (("answer",), "1 + 1", "field answer: it must be a number"),
        (("wrong", 0), {"at": 1, "why": "x"}, "field wrong: at is for a question with values"),
        (
            ("wrong", 0),
            {"low": "0", "high": 1, "why": "x"},
            "field wrong: its ends must be numbers",
        ),
    ],
)
def test_only_a_template_has_what_templates_have(question, number, path, value, expected):
    for field in ("values", "where"):
        del number[field]
    number |= {"prompt": "How?", "answer": 1.5, "why": "So.", "wrong": [{"at": 1, "why": "x"}]}
    number["wrong"] = [{"low": 3, "high": 4, "why": "x"}]
    spoil(number, path, value)
    assert f"question 01-number, {expected}" in complaint(question, number)


# --- proved ---------------------------------------------------------------------------------------


def test_a_sound_template_has_nothing_against_it(choice, number):
    assert [*template_checks.proof(choice)] == []
    assert [*template_checks.proof(number)] == []


def test_long_numbers_are_found(choice):
    choice["prompt"] = "What is {{p / 7}}?"
    [(field, told)] = template_checks.proof(choice)
    assert field == "prompt"
    assert "is too long to work with by hand, with p = 0." in told


def test_a_draw_that_cannot_be_computed_is_found(choice):
    choice["values"]["p"]["high"] = 1.0
    [(field, told)] = template_checks.proof(choice)
    assert field == "options"
    assert "the logarithm of 0 does not exist, with p = 1.0" in told
    assert "a condition in where can keep these from being drawn" in told


def test_too_few_draws_are_found(choice):
    choice["values"]["p"] = {"first": 0.8, "among": [0.2, 0.7]}
    [(field, told)] = template_checks.proof(choice)
    assert (field, told) == ("values", "200 draws make only 6 questions: widen the ranges")


def test_a_template_that_hardly_any_draw_fits_is_found(choice):
    choice["where"] = ["p == 0.8", "place == 1"]
    [(_, told)] = template_checks.proof(choice)
    assert told.startswith("none of 500 draws makes a sound question (")


# --- the guide ------------------------------------------------------------------------------------


def guide():
    return (Path(__file__).parents[3] / "docs" / "contributing.md").read_text(encoding="utf-8")


def test_the_example_of_the_guide_is_a_sound_template(question, choice):
    example = re.search(r"```yaml\n(    values:.*?)```", guide(), re.DOTALL)[1]
    entry = choice | {"hint": "Log.", "quick_check": "Near.", "mistakes": ["None."]}
    entry |= yaml.safe_load(textwrap.dedent(example))
    assert question(entry).options[0].text == "`0.223`"
    assert [*template_checks.proof(entry)] == []


def test_the_guide_names_every_function():
    told = guide().split("and\nthese functions: ")[1].split("Nothing else runs")[0]
    assert set(re.findall(r"`(\w+)", told)) == {*FUNCTIONS}


# --- named, and had again -------------------------------------------------------------------------


def test_a_question_drawn_is_had_again_from_what_is_recorded(question, choice):
    first = question(choice)
    drawn = draws.drawn(first, "seed")
    assert drawn != first
    assert drawn.key == first.key
    assert draws.again(first, draws.record(drawn)) == drawn
    assert draws.again(first, draws.record(first)) is first


def test_it_is_had_again_after_the_template_has_got_other_ranges(question, choice):
    drawn = draws.drawn(question(choice), "seed")
    choice["values"]["p"] |= {"low": 0.3, "high": 0.4}
    assert draws.again(question(choice), draws.record(drawn)) == drawn


@pytest.mark.parametrize(
    "recorded",
    [
        {},
        "seed",
        3,
        {"seed": "", "values": {"p": 0.2, "place": 1}},
        {"seed": "a", "values": {"p": 0.2}},
        {"seed": "a", "values": {"p": 0.2, "place": 1, "more": 2}},
        {"seed": "a", "values": {"p": None, "place": 1}},
        {"seed": "a", "values": {"p": 0, "place": 1}},
        {"seed": "a", "values": {"p": "x", "place": 1}},
        {"seed": "a", "values": {"p": 0.2, "place": 99}},
        {"seed": "a", "values": {"p": 1e300, "place": 1}},
        {"seed": "a", "values": {"p": float("nan"), "place": 1}},
        {"seed": "a", "values": {"p": [[0.2]] * 30, "place": 1}},
        {"seed": "a", "values": {"p": "x" * 200, "place": 1}},
    ],
)
def test_what_is_no_draw_makes_no_question(question, choice, recorded):
    with pytest.raises(ValueError, match=r"."):
        draws.again(question(choice), recorded)


def test_another_learner_gets_other_numbers(question, choice, tmp_path, monkeypatch):
    seeds = set()
    for name in ("ada", "bob"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        seeds.add(draws.seed_of("01-cost", "0"))
    assert len(seeds) == 2


def test_the_next_numbers_are_not_those_just_seen(question, choice):
    first = question(choice)
    seen = first
    for often in range(50):
        fresh = draws.fresh(first, often, seen)
        assert fresh.values != seen.values
        seen = fresh


def test_an_error_of_a_template_is_a_template_error():
    assert str(TemplateError("hint", "no")) == "field hint: no"
