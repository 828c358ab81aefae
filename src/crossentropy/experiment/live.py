"""A live view of a training run: a bar, the numbers, two growing curves, and a button to stop.

The curves are drawn as SVG text in one widget, so that nothing has to be cleared and drawn again,
and so that they follow JupyterLab's theme. Readers without widgets get one fixed line of text.
"""

import html
import signal
import threading
import time

from crossentropy.experiment.training import VALIDATION_GOAL, percent
from IPython import get_ipython
from IPython.display import publish_display_data
import ipywidgets
import keras

INK = "var(--jp-ui-font-color1, #222)"
FAINT = "var(--jp-border-color2, #bbb)"
# The same pair as in the figures; validation is also dashed and has other markers.
TRAIN, VALIDATION = "var(--jp-info-color1, #0072b2)", "var(--jp-warn-color1, #b35c00)"
WITHOUT_WIDGETS = "[Live progress of the training: a bar, the curves so far, a stop button.]"


class Panel:
    """The live view. ``stop_asked`` is true from the moment somebody presses the button."""

    def __init__(self, epochs, seconds_between=0.3):
        """Prepare the view of a run of ``epochs`` epochs; ``display`` shows it."""
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
    def stop_asked(self):
        """Whether the button was pressed."""
        return self._asked.is_set()

    def display(self):
        """Show the view under the running cell."""
        if get_ipython() is not None:
            bundle = self.widget._repr_mimebundle_()
            publish_display_data({**bundle, "text/plain": WITHOUT_WIDGETS})

    def batch(self, epoch, share):
        """Say that ``share`` (0 to 1) of the epoch with index ``epoch`` is done."""
        now = time.monotonic()
        if now - self._drawn < self._seconds_between:
            return
        done = (epoch + share) / self.epochs
        left = (now - self._started) * (1 - done) / done if done else 0.0
        words = f"Epoch {epoch + 1} of {self.epochs}, at most {left:.0f} s left"
        self._draw(done, words, now)

    def epoch(self, logs):
        """Add one epoch's numbers: a dict with loss, accuracy, val_loss and val_accuracy."""
        for name, curve in self.curves.items():
            curve.append(float(logs[name]))

    def finish(self, words, done=1.0):
        """Show the last state, with ``words`` in the place of the time left."""
        self._draw(done, words, time.monotonic())
        self._button.disabled = True

    def _draw(self, done, words, now):
        self._drawn = now
        self._view.value = picture(self.curves, self.epochs, done, words)


class Live(keras.callbacks.Callback):
    """Shows a panel while ``fit`` runs, and ends the training when somebody asks for it.

    The training ends after the current batch on a press of the panel's button, and on the
    kernel's interrupt (JupyterLab's stop button, or the keys I, I), which then does not break off
    the cell: what was learnt is kept and the cell goes on.

    Parameters
    ----------
    epochs : int
        The same number that ``fit`` gets.
    x_val : numpy.ndarray, optional
        Images whose predicted probabilities are kept after each epoch in ``probabilities``, a
        list of arrays of shape (N, K).
    """

    def __init__(self, epochs, x_val=None):
        super().__init__()
        self.panel = Panel(epochs)
        self.interrupted = False
        self.probabilities = []
        self._x_val = x_val
        self._epoch = 0

    @property
    def stopped(self):
        """Whether somebody ended the training."""
        return self.interrupted or self.panel.stop_asked

    def on_train_begin(self, logs=None):
        """Show the panel, and take over the kernel's interrupt."""
        self.panel.display()
        self._handler = None
        if threading.current_thread() is threading.main_thread():
            self._handler = signal.signal(signal.SIGINT, self._interrupt)

    def on_epoch_begin(self, epoch, logs=None):
        """Remember which epoch runs."""
        self._epoch = epoch

    def on_train_batch_end(self, batch, logs=None):
        """Move the bar, and stop if that was asked for."""
        steps = self.params.get("steps") or batch + 1
        self.panel.batch(self._epoch, (batch + 1) / steps)
        if self.stopped:
            self.model.stop_training = True

    def on_epoch_end(self, epoch, logs=None):
        """Lengthen the curves."""
        self.panel.epoch(logs)
        if self._x_val is not None:
            self.probabilities.append(
                self.model.predict(self._x_val, batch_size=500, verbose=0, callbacks=[])
            )

    def on_train_end(self, logs=None):
        """Show the last state, and give the interrupt back."""
        if self._handler is not None:
            signal.signal(signal.SIGINT, self._handler)
        epochs = self._epoch + 1
        if self.stopped:
            self.panel.finish(f"Stopped by you in epoch {epochs}", epochs / self.panel.epochs)
        else:
            self.panel.finish(f"Done after {epochs} {'epoch' if epochs == 1 else 'epochs'}")

    def _interrupt(self, number, frame):
        if self.interrupted:  # asked twice: somebody does not want to wait for the batch
            raise KeyboardInterrupt
        self.interrupted = True


def picture(curves, epochs, done, words):
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
    highest = max([1.0, *curves["loss"], *curves["val_loss"]])
    return (
        f'<div style="color:{INK};font-size:13px;line-height:1.5">'
        f'<progress value="{done:.3f}" max="1" aria-label="share of the epochs that is done" '
        f'style="width:260px;vertical-align:middle"></progress> {html.escape(words)}<br>'
        f"{numbers}<br>"
        + _axes("loss", curves["loss"], curves["val_loss"], epochs, highest)
        + _axes(
            "accuracy",
            curves["accuracy"],
            curves["val_accuracy"],
            epochs,
            1.0,
            goal=VALIDATION_GOAL,
        )
        + "</div>"
    )


def _axes(name, train, validation, epochs, highest, goal=None):
    left, top, width, height = 38, 18, 262, 120

    def place(index, value):
        x = left + width * (index / max(epochs - 1, 1))
        return x, top + height * (1 - min(value / highest, 1.0))

    parts = [
        f'<svg role="img" aria-label="{name} by epoch, training and validation" width="320" '
        f'height="172" viewBox="0 0 320 172" style="font-size:11px">',
        f'<text x="{left}" y="12" fill="{INK}">{name}</text>',
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="none" '
        f'stroke="{FAINT}"/>',
        f'<text x="{left - 4}" y="{top + 8}" text-anchor="end" fill="{INK}">{highest:.1f}</text>',
        f'<text x="{left - 4}" y="{top + height}" text-anchor="end" fill="{INK}">0</text>',
        f'<text x="{left}" y="{top + height + 13}" fill="{INK}">1</text>',
        f'<text x="{left + width}" y="{top + height + 13}" text-anchor="end" fill="{INK}">'
        f"epoch {epochs}</text>",
    ]
    if goal is not None:
        _, y = place(0, goal)
        parts.append(
            f'<path d="M{left} {y:.1f}h{width}" stroke="{FAINT}" stroke-dasharray="2 3"/>'
            # At the bottom, where no accuracy comes.
            f'<text x="{left + width - 4}" y="{top + height - 6}" text-anchor="end" fill="{INK}">'
            f"dotted: goal for validation, {percent(goal)}</text>"
        )
    for values, colour, dashes in ((train, TRAIN, ""), (validation, VALIDATION, "5 3")):
        points = [place(index, value) for index, value in enumerate(values)]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2" '
            f'stroke-dasharray="{dashes}"/>'
        )
        if points:
            x, y = points[-1]
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>'
                if not dashes
                else f'<rect x="{x - 3:.1f}" y="{y - 3:.1f}" width="6" height="6" fill="{colour}"/>'
            )
    y = top + height + 28
    parts.append(
        f'<path d="M{left} {y - 4}h22" stroke="{TRAIN}" stroke-width="2"/>'
        f'<text x="{left + 26}" y="{y}" fill="{INK}">training</text>'
        f'<path d="M{left + 90} {y - 4}h22" stroke="{VALIDATION}" stroke-width="2" '
        f'stroke-dasharray="5 3"/>'
        f'<text x="{left + 116}" y="{y}" fill="{INK}">validation</text></svg>'
    )
    return "".join(parts)


def _answer_while_a_cell_runs(button):
    """Let clicks reach a button while the main thread is busy training.

    JupyterLab sends what widgets say to a subshell, a thread beside the one that runs cells.
    ipykernel 7.4 sends it back to the shell that last spoke to the widget, which here is the busy
    one, and the click would wait for the end of the training. Forgetting who spoke last leaves
    JupyterLab's choice standing. Where a front end has no subshells, interrupting the kernel
    stops the training instead (see :class:`Live`).
    """
    if getattr(button, "comm", None) is not None:
        vars(button.comm).pop("_reply_subshell_id", None)
