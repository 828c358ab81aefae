"""The programs: one right one, with one place changed by a mistake."""

from crossentropy.detective import script
from crossentropy.detective.causes import causes
import pytest

CHANGES = [(one, form) for one in causes() for form in one.forms if one.change]


@pytest.mark.parametrize(("one", "form"), CHANGES, ids=lambda one: getattr(one, "name", one))
def test_a_mistake_is_one_change_of_the_right_program(one, form):
    drawn = script.draw(5)
    assert len(one.places(form)) == 1
    change = script.one_change(
        script.write(form, drawn, one.places(form)), script.write(form, drawn, {})
    )
    assert change
    assert len([line for line in change.splitlines() if line.startswith("- ")]) <= 2
    assert len([line for line in change.splitlines() if line.startswith("+ ")]) <= 1


@pytest.mark.parametrize("form", ["one-hot", "integers"])
def test_a_program_is_code_as_it_is_formatted(form):
    for seed in range(5):
        program = script.write(form, script.draw(seed), {})
        compile(program, "case", "exec")
        assert max(map(len, program.splitlines())) <= 100
        assert "{" not in program


def test_seeds_draw_networks_that_differ():
    drawn = [script.draw(seed) for seed in range(30)]
    assert {one["classes"] for one in drawn} == {3, 4, 5}
    assert len({str(one["centres"]) for one in drawn}) == 30
    assert script.draw(3) == script.draw(3)
