"""A live view of a training run: a bar, the numbers, two growing curves, and a button to stop.

The curves are drawn as SVG text in one widget, so that nothing has to be cleared and drawn again,
and so that they follow JupyterLab's theme. Readers without widgets get one fixed line of text.
"""

from __future__ import annotations

from html import escape
import signal
import threading
import time

from crossentropy.experiment.goals import VALIDATION_GOAL
from crossentropy.experiment.measure import percent
from crossentropy.pictures.drawing import GREEN, LOOKS, SVG_SMALLEST, Frame, line, mark, svg, text
from IPython import get_ipython
from IPython.display import publish_display_data
import ipywidgets
import keras
import numpy as np

TRAINING, VALIDATION = LOOKS[0], LOOKS[1]
AT_ONCE = 500  # images that are predicted together
INK = "var(--jp-ui-font-color1, #212121)"
WITHOUT_WIDGETS = "[Live progress of the training: a bar, the curves so far, a stop button.]"
STOPPED = (
    "You stopped this training after {epochs} of {most} epochs, so what follows is about a shorter "
    "run than the text has in mind. Run this cell again for the whole run: it starts anew."
)


class Panel:
    """The live view. `stop_asked` is true from the moment somebody presses the button."""

    def __init__(self, epochs: int, seconds_between: float = 0.3):
        """Prepare the view of a run of `epochs` epochs; `display` shows it."""
        self.epochs = epochs
        self.curves = {"loss": [], "val_loss": [], "accuracy": [], "val_accuracy": []}
        self._asked = threading.Event()
        self._started = time.monotonic()
        self._drawn = 0.0
        self._seconds_between = seconds_between
        self._view = ipywidgets.HTML()
        self._button = ipywidgets.Button(
            description="Stop training", tooltip="End after this batch and keep what was learnt"
        )
        self._button.on_click(lambda _: self._asked.set())
        _answer_while_a_cell_runs(self._button)
        self.widget = ipywidgets.VBox([self._view, self._button])
        self._draw(done=0.0, words="Preparing the first epoch", now=self._started)

    @property
    def stop_asked(self) -> bool:
        """Whether the button was pressed."""
        return self._asked.is_set()

    def display(self) -> None:
        """Show the view under the running cell."""
        if get_ipython() is not None:
            bundle = self.widget._repr_mimebundle_()
            publish_display_data({**bundle, "text/plain": WITHOUT_WIDGETS})

    def batch(self, epoch: int, share: float) -> None:
        """Say that `share` (0 to 1) of the epoch with index `epoch` is done."""
        now = time.monotonic()
        if now - self._drawn < self._seconds_between:
            return
        done = (epoch + share) / self.epochs
        words = f"Epoch {epoch + 1} of {self.epochs}"
        if epoch:  # the first one takes longer, since Keras prepares the network in it
            words += f", at most {(now - self._started) * (1 - done) / done:.0f} s left"
        self._draw(done, words, now)

    def epoch(self, logs: dict) -> None:
        """Add one epoch's numbers: a dict with loss, accuracy, val_loss and val_accuracy."""
        for name, curve in self.curves.items():
            curve.append(float(logs[name]))

    def finish(self, words: str, done: float = 1.0) -> None:
        """Show the last state, with `words` in the place of the time left."""
        self._draw(done, words, time.monotonic())
        self._button.disabled = True

    def _draw(self, done, words, now):
        self._drawn = now
        self._view.value = picture(self.curves, self.epochs, done, words)


class Live(keras.callbacks.Callback):
    """Shows a panel while `fit` runs, and ends the training when somebody asks for it.

    The training ends after the current batch on a press of the panel's button, and on the
    kernel's interrupt (JupyterLab's stop button, or the keys I, I), which then does not break off
    the cell: what was learnt is kept, one line says that it was stopped, and the cell goes on.

    Parameters
    ----------
    x_val : numpy.ndarray, optional
        Images whose predicted probabilities are kept after each epoch in `probabilities`, a
        list of arrays of shape (N, K).
    compute_seconds : float, optional
        How much computing time the training may use; the panel says how much it took of it.
    """

    def __init__(self, x_val: np.ndarray | None = None, compute_seconds: float | None = None):
        super().__init__()
        self.panel = None
        self.interrupted = False
        self.probabilities = []
        self.seconds = 0.0
        self._x_val = x_val
        self._most_seconds = compute_seconds
        self._epoch = 0

    @property
    def stopped(self) -> bool:
        """Whether somebody ended the training."""
        return self.interrupted or (self.panel is not None and self.panel.stop_asked)

    def on_train_begin(self, logs: dict | None = None) -> None:
        """Show the panel, and take over the kernel's interrupt."""
        self.panel, self.interrupted, self.probabilities = Panel(self.params["epochs"]), False, []
        self.panel.display()
        self._started = time.process_time()
        self._handler = None
        if threading.current_thread() is threading.main_thread():
            self._handler = signal.signal(signal.SIGINT, self._interrupt)

    def on_epoch_begin(self, epoch: int, logs: dict | None = None) -> None:
        """Remember which epoch runs."""
        self._epoch = epoch

    def on_train_batch_end(self, batch: int, logs: dict | None = None) -> None:
        """Move the bar, and stop if that was asked for."""
        steps = self.params.get("steps") or batch + 1
        self.panel.batch(self._epoch, (batch + 1) / steps)
        if self.stopped:
            self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: dict | None = None) -> None:
        """Lengthen the curves."""
        self.panel.epoch(logs)
        if self._x_val is not None:
            self.probabilities.append(_predicted(self.model, self._x_val))

    def on_train_end(self, logs: dict | None = None) -> None:
        """Show the last state, and give the interrupt back."""
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
        self.seconds = time.process_time() - self._started
        epochs, most = self._epoch + 1, self.panel.epochs
        took = f"{self.seconds:.0f} s of computing"
        if self._most_seconds is not None:
            took += f" of {self._most_seconds:.0f} allowed"
        if self.stopped:
            self.panel.finish(f"Stopped by you in epoch {epochs}; {took}", epochs / most)
            print(STOPPED.format(epochs=epochs, most=most))
        else:
            counted = "epoch" if epochs == 1 else "epochs"
            self.panel.finish(f"Done after {epochs} {counted}; {took}")

    def _interrupt(self, number, frame):
        if self.interrupted:  # asked twice: somebody does not want to wait for the batch
            raise KeyboardInterrupt
        self.interrupted = True


def _predicted(model, images):
    """Return what `predict` returns, which takes longer to make a data set of images than this."""
    parts = [images[start : start + AT_ONCE] for start in range(0, len(images), AT_ONCE)]
    return np.concatenate([model.predict_on_batch(part) for part in parts])


def picture(curves: dict, epochs: int, done: float, words: str) -> str:
    """Return the live view as HTML text.

    Parameters
    ----------
    curves : dict
        Lists of floats, one value an epoch, under loss, val_loss, accuracy and val_accuracy.
    epochs : int
        The width of the horizontal axes.
    done : float
        The share of the bar that is filled, 0 to 1.
    words : str
        What stands beside the bar.
    """
    numbers = "no epoch is complete yet"
    if curves["loss"]:
        numbers = (
            f"loss {curves['loss'][-1]:.3f}, validation {curves['val_loss'][-1]:.3f}; "
            f"accuracy {percent(curves['accuracy'][-1], 1)}, "
            f"validation {percent(curves['val_accuracy'][-1], 1)}"
        )
    highest = max([1.6, *_numbers(curves["loss"]), *_numbers(curves["val_loss"])])
    drawing = svg(
        [
            *_axes("loss", 40, curves["loss"], curves["val_loss"], epochs, (0, highest)),
            *_axes("accuracy", 372, curves["accuracy"], curves["val_accuracy"], epochs, (0, 1)),
            *_keys(),
        ],
        height=236,
        alt=f"Loss and accuracy by epoch, training and validation. Now: {numbers}.",
    )
    return (
        f'<div style="color:{INK};font-size:13px;line-height:1.5">'
        f'<progress value="{done:.3f}" max="1" aria-label="share of the epochs that is done" '
        f'style="width:260px;vertical-align:middle"></progress> {escape(words)}<br>'
        f"{numbers}</div>{drawing}"
    )


def _axes(name, left, train, validation, epochs, y_range):
    frame = Frame(left, 30, 250, 140, (1, max(epochs, 2)), y_range)
    ticks = (0, 0.25, 0.5, 0.75, 1)
    if name == "loss":
        # Six or seven, however high: a loss that explodes must not fill the axis, or the memory.
        ticks = np.arange(0, y_range[1], 0.5 * max(1, round(y_range[1] / 3)))
    yield frame.axes(sorted({1, max(epochs, 2)}), ticks, x_label="epoch", title=name)
    if name == "accuracy":
        y = frame.y(VALIDATION_GOAL)
        yield line(left, y, left + frame.width, y, GREEN, 1.5, "2 3")
        yield text(
            left + frame.width - 4,
            frame.y(0) - 6,  # at the bottom, where no accuracy comes
            f"dotted: goal for validation, {percent(VALIDATION_GOAL)}",
            anchor="end",
            size=SVG_SMALLEST,
            color=GREEN,
        )
    for values, look in ((train, TRAINING), (validation, VALIDATION)):
        places = range(1, len(values) + 1)
        yield frame.curve(places, values, look, width=2)
        if values:
            yield frame.point(len(values), values[-1], look, size=4)


def _keys():
    for x, look, words in ((40, TRAINING, "training"), (150, VALIDATION, "validation")):
        yield line(x, 224, x + 34, 224, look.color, 2, look.dashes)
        yield mark(look, x + 17, 224, 4)
        yield text(x + 42, 228, words)


def _numbers(values):
    return [value for value in values if np.isfinite(value)]


def _answer_while_a_cell_runs(button):
    """Let clicks reach a button while the main thread is busy training.

    JupyterLab sends what widgets say to a subshell, a thread beside the one that runs cells.
    ipykernel 7.4 sends it back to the shell that last spoke to the widget, which here is the busy
    one, and the click would wait for the end of the training. Forgetting who spoke last leaves
    JupyterLab's choice standing. Where a front end has no subshells, interrupting the kernel
    stops the training instead (see `Live`).
    """
    if getattr(button, "comm", None) is not None:
        vars(button.comm).pop("_reply_subshell_id", None)
