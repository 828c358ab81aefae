"""The doctor looks at everything that grading needs, and names it."""


def test_the_doctor_says_what_this_machine_can_do(class_of_four):
    said = class_of_four.classroom("doctor")
    lines = {line.split("  ")[0].strip(): line for line in said.splitlines() if line.strip()}
    assert {"cores", "memory", "sandbox jail", "sandbox bwrap", "warm start"} <= set(lines)
    assert f"{class_of_four.folder}/gradebook.db" in "".join(said.split())
    assert "lacking" not in lines["cores"]
