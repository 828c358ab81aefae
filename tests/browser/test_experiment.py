"""A learner trains in JupyterLab: watches, stops, tries again, and moves through the epochs."""

import json
import re

import pytest

LESSON = "05-overfitting"
# The lesson's own images with a network that needs a second for an epoch.
CELLS = {
    "imports": "from crossentropy import experiment, pictures\nimport keras\nimport numpy as np",
    "recipe": """
def build_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            keras.layers.Flatten(),
            keras.layers.Dense(32, activation="relu"),
            keras.layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    chosen = {"optimizer": "adam", "learning_rate": 0.003, "batch_size": 64}
    return {**chosen, "epochs": EPOCHS, "patience": None}
""",
    "long": "EPOCHS = 60\nafter = experiment.attempt(build_model, hyperparameters)",
    "short": "EPOCHS = 2\nafter = experiment.attempt(build_model, hyperparameters, seed=1)",
    "tries": "experiment.show_tries()",
    "explore": """
y = np.eye(5)[np.arange(200) % 5]
unsure = 0.5 * y + 0.1
sure = np.where(np.arange(200)[:, None] < 40, np.roll(y, 1, axis=1), y) * 0.99 + 0.002
pictures.show(experiment.losses_explorer(y, [unsure, sure]))
""",
}
TRAINS = r"Epoch \d+ of 60"


@pytest.fixture(scope="module")
def lesson(open_cells):
    """The notebook with its first two cells run."""
    lesson = open_cells(LESSON, CELLS, with_others=True)
    for name in ("imports", "recipe"):
        lesson.run(name)
    return lesson


def on_record(lesson):
    return json.loads((lesson.folder / "tries.json").read_text())["tries"]


def test_the_button_stops_a_training_and_the_try_says_so(lesson, expect, wait_until, keep_picture):
    lesson.prompt("long").click()
    lesson.page.keyboard.press("Control+Enter")
    output = lesson.output("long")
    wait_until(lesson.page, f"/{TRAINS}/.test(document.querySelector('.jp-Notebook').textContent)")
    expect(output.get_by_text(re.compile(TRAINS))).to_be_visible()
    keep_picture(lesson.page, "training-live")
    output.get_by_role("button", name="Stop training").click()
    expect(output.get_by_text(re.compile(r"Stopped by you in epoch \d+"))).to_be_visible()
    expect(output).to_contain_text("You stopped this training after")
    expect(output).to_contain_text("Try 1 (seed 0, stopped by you)")
    lesson.wait_for_kernel()
    assert on_record(lesson)[0]["stopped"]


def test_a_finished_try_shows_its_goals_curves_and_computing_time(lesson, expect, keep_picture):
    lesson.run("short")
    output = lesson.output("short")
    expect(output).to_contain_text(re.compile(r"Done after 2 epochs; \d+ s of computing of 180"))
    expect(output).to_contain_text("validation accuracy at least 85 %: ≈ ")
    expect(output.get_by_role("img", name=re.compile("Loss and accuracy by epoch"))).to_have_count(
        2  # the live view, and the figure
    )
    lesson.run("tries")
    table = lesson.output("tries").get_by_role("table")
    expect(table.get_by_role("row")).to_have_count(3)
    expect(table).to_contain_text("standard error of 1.1 points")
    keep_picture(lesson.page, "tries")


def test_the_slider_moves_through_the_epochs(lesson, expect, keep_picture):
    lesson.run("explore")
    output = lesson.output("explore")
    expect(output).to_contain_text("After epoch 1: mean loss")
    output.get_by_role("slider").focus()
    lesson.page.keyboard.press("ArrowRight")
    expect(output).to_contain_text("After epoch 2: mean loss")
    keep_picture(lesson.page, "losses-explorer")
