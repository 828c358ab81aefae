"""Each figure looks as it did when somebody looked at it last.

The kept pictures lie in `looks/`. Where one has changed, the test leaves the kept one, the new one
and their difference in `test-artifacts/figures`. Look at them; if the new one is better, keep it:

    pytest tests/crossentropy/pictures/test_looks.py \
        --mpl-generate-path=tests/crossentropy/pictures/looks
"""

from pathlib import Path

from crossentropy import experiment, pictures
import matplotlib
import numpy as np
from picture_examples import EXAMPLES
import pytest

KEPT = Path(__file__).parent / "looks"
EPOCHS = np.arange(1, 31)
HISTORY = {
    "loss": list(1.5 / EPOCHS),
    "val_loss": list(1.5 / EPOCHS + 0.02 * EPOCHS),
    "accuracy": list(1 - 0.5 / EPOCHS),
    "val_accuracy": list(0.75 - 0.3 / EPOCHS - 0.002 * EPOCHS),
}
LABELS = np.eye(5)[np.arange(200) % 5]
RANDOM = np.random.RandomState(3)
PROBABILITIES = [RANDOM.dirichlet(np.ones(5) / sharp, 200) for sharp in (1, 2, 3)]
IMAGES = RANDOM.uniform(0, 1, (200, 28, 28, 1))
CLASSES = ("T-shirt/top", "Trouser", "Pullover", "Dress", "Coat")
BEFORE = dict.fromkeys(
    ("train_accuracy", "true_accuracy", "wrong_learnt", "val_accuracy", "test_accuracy"), 0.7
) | {"train_loss": 0.06, "val_loss": 2.03}
OF_EXPERIMENT = {
    "before_and_after": lambda: experiment.before_and_after(
        BEFORE, {name: value / 2 for name, value in BEFORE.items()}
    ),
    "learning_curves": lambda: experiment.learning_curves(HISTORY),
    "losses_explorer": lambda: experiment.losses_explorer(LABELS, PROBABILITIES),
    "confident_mistakes": lambda: experiment.confident_mistakes(
        IMAGES, LABELS, PROBABILITIES[2], CLASSES
    ),
}
ALL = {**EXAMPLES, **OF_EXPERIMENT}


@pytest.mark.parametrize("name", ALL)
@pytest.mark.mpl_image_compare(
    baseline_dir=str(KEPT), style="default", tolerance=2, savefig_kwargs={"dpi": 72}
)
def test_a_figure_looks_as_it_did(name):
    picture = ALL[name]()
    return picture.still if isinstance(picture, pictures.Explorer) else picture


@pytest.mark.parametrize("name", ALL)
def test_a_figure_says_in_its_title_what_it_shows(name):
    """Or each of its panels does; one that stands below another goes on with that one's."""
    picture = ALL[name]()
    figure = picture.still if isinstance(picture, pictures.Explorer) else picture
    highest = [
        panel
        for panel in figure.axes
        if panel.has_data() and panel.get_subplotspec().rowspan.start == 0
    ]
    assert highest
    assert figure.get_suptitle() or all(panel.get_title() for panel in highest)


def test_each_figure_of_the_experiment_is_here():
    named = {*experiment.MODULES["pictures"], *experiment.MODULES["explore_losses"]}
    assert named == set(OF_EXPERIMENT)


def test_each_kept_figure_is_compared():
    assert {path.stem for path in KEPT.glob("*.png")} == {
        f"test_a_figure_looks_as_it_did_{name}" for name in ALL
    }


def test_the_letters_are_matplotlibs_own_so_that_they_are_the_same_everywhere():
    assert matplotlib.rcParamsDefault["font.sans-serif"][0] == "DejaVu Sans"
    found = Path(matplotlib.font_manager.findfont("DejaVu Sans"))
    assert found.is_relative_to(matplotlib.get_data_path())
