"""The live view of a training: what it shows, and that its button and the kernel's stop it."""

import signal

from crossentropy.experiment import recipe as recipes
from crossentropy.experiment import training
from crossentropy.experiment.live import WITHOUT_WIDGETS, Live, Panel, picture
from jupyter_client.manager import start_new_kernel
import keras
import numpy as np
import pytest
from small_experiment import hyperparameters, small_data, small_model

CURVES = {
    "loss": [1.2, 0.8],
    "val_loss": [1.0, 0.9],
    "accuracy": [0.5, 0.7],
    "val_accuracy": [0.6, 0.65],
}


@pytest.fixture(scope="module")
def data():
    return small_data()


def train(data, epochs, *callbacks):
    recipe = recipes.read(small_model, lambda: hyperparameters(epochs=epochs))
    return training.train(recipe, data, callbacks=callbacks)


# What it shows


def test_the_view_tells_the_last_epochs_numbers():
    html = picture(CURVES, epochs=10, done=0.2, words="Epoch 3 of 10, at most 8 s left")
    assert "loss 0.800, validation 0.900; accuracy 70.0 %, validation 65.0 %" in html
    assert "Epoch 3 of 10, at most 8 s left" in html
    assert '<progress value="0.200"' in html


def test_the_curves_are_described_and_not_told_apart_by_colour_alone():
    html = picture(CURVES, epochs=10, done=0.2, words="")
    assert 'aria-label="Loss and accuracy by epoch' in html
    assert html.count("<polyline") == 4
    assert html.count('stroke-dasharray="3 4"') == 3  # two curves and their key
    assert html.count("<polygon") == 3
    assert html.count("<circle") == 3


def test_a_curve_spans_its_axis_from_the_first_epoch_to_the_last():
    points = picture(CURVES, epochs=2, done=1.0, words="").split('points="')[1]
    xs = [float(point.split(",")[0]) for point in points.split('"')[0].split()]
    assert xs == [40.0, 290.0]


def test_a_loss_that_explodes_is_drawn_without_an_error():
    broken = {**CURVES, "loss": [1.2, float("inf")], "val_loss": [1e30, float("nan")]}
    assert len(picture(broken, epochs=2, done=1.0, words="")) < 20_000


def test_a_long_training_sends_few_pictures():
    panel = Panel(epochs=5, seconds_between=3600)
    panel.batch(0, 0.1)
    sent = []
    panel.widget.children[0].observe(sent.append, names="value")
    for batch in range(1000):
        panel.batch(0, batch / 1000)
    assert sent == []


def test_the_time_left_shrinks_as_the_training_goes_on():
    panel = Panel(epochs=2, seconds_between=0)
    panel._started -= 10  # as if ten seconds had passed
    panel.batch(1, 0.0)
    assert "Epoch 2 of 2, at most 10 s left" in panel.widget.children[0].value


def test_the_first_epoch_which_prepares_the_network_promises_no_time():
    panel = Panel(epochs=2, seconds_between=0)
    panel._started -= 10
    panel.batch(0, 0.1)
    assert "Epoch 1 of 2<br>" in panel.widget.children[0].value


def test_the_button_can_be_pressed_once_the_training_is_over_without_harm():
    panel = Panel(epochs=1)
    panel.finish("Done after 1 epoch")
    assert panel.widget.children[1].disabled
    assert not panel.stop_asked


# While `fit` runs


class At(keras.callbacks.Callback):
    """Does something once, after the second batch."""

    def __init__(self, what):
        super().__init__()
        self.what = what

    def on_train_batch_begin(self, batch, logs=None):
        if batch == 2 and self.what:
            what, self.what = self.what, None
            what()


def test_it_keeps_the_curves_and_the_predictions_of_each_epoch(data, monkeypatch):
    monkeypatch.setattr("crossentropy.experiment.live.AT_ONCE", 30)
    live = Live(data.x_val)
    model, curves = train(data, 3, live)
    assert live.panel.curves == curves
    assert [one.shape for one in live.probabilities] == [(80, 5)] * 3
    at_the_end = model.predict(data.x_val, batch_size=30, verbose=0)
    np.testing.assert_array_equal(live.probabilities[-1], at_the_end)
    assert not live.stopped


def test_it_says_how_much_computing_was_used_and_allowed(data):
    live = Live(compute_seconds=180)
    train(data, 1, live)
    words = live.panel.widget.children[0].value
    assert f"Done after 1 epoch; {live.seconds:.0f} s of computing of 180 allowed" in words


def test_used_again_it_begins_anew(data):
    live = Live(data.x_val)
    train(data, 2, live)
    train(data, 1, live)
    assert len(live.probabilities) == len(live.panel.curves["loss"]) == 1


def test_the_kernels_interrupt_ends_the_training_but_not_the_cell(data, capsys):
    earlier = signal.getsignal(signal.SIGINT)
    live = Live()
    interrupt = At(lambda: signal.raise_signal(signal.SIGINT))
    model, curves = train(data, 60, interrupt, live)
    assert live.stopped
    assert len(curves["loss"]) == 1
    assert model.predict(data.x_val, verbose=0).shape == (80, 5)
    assert signal.getsignal(signal.SIGINT) is earlier
    told = capsys.readouterr().out
    assert told.startswith("You stopped this training after 1 of 60 epochs")
    assert "Run this cell again" in told


def test_a_whole_run_says_nothing_about_stopping(data, capsys):
    train(data, 1, Live())
    assert capsys.readouterr().out == ""


def test_a_second_interrupt_breaks_off_at_once(data):
    def twice():
        signal.raise_signal(signal.SIGINT)
        signal.raise_signal(signal.SIGINT)

    earlier = signal.getsignal(signal.SIGINT)
    try:
        with pytest.raises(KeyboardInterrupt):
            train(data, 3, At(twice), Live())
    finally:
        signal.signal(signal.SIGINT, earlier)


# In a kernel

LOOP = """
import time
from crossentropy.experiment.live import Panel
panel = Panel(5, seconds_between=0)
panel.display()
end = time.monotonic() + 20
while not panel.stop_asked and time.monotonic() < end:
    panel.batch(0, 0.5)
    time.sleep(0.02)
print("stopped" if panel.stop_asked else "went on")
"""


def is_about(message, request):
    return message["parent_header"].get("msg_id") == request


@pytest.fixture(scope="module")
def kernel():
    manager, client = start_new_kernel(kernel_name="python3")
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_the_button_stops_a_running_cell(kernel):
    # As JupyterLab does: comms of widgets go to a subshell of their own.
    request = kernel.session.msg("create_subshell_request", {})
    kernel.control_channel.send(request)
    subshell = kernel.control_channel.get_msg(timeout=30)["content"]["subshell_id"]
    running = kernel.execute(LOOP)
    button, shown, printed = None, "", ""
    while True:
        message = kernel.get_iopub_msg(timeout=60)
        kind, content = message["msg_type"], message["content"]
        if kind == "comm_open":
            if content["data"]["state"].get("_model_name") == "ButtonModel":
                button = content["comm_id"]
        elif kind == "display_data":
            shown = content["data"]["text/plain"]
            data = {"method": "custom", "content": {"event": "click"}}
            click = kernel.session.msg("comm_msg", {"comm_id": button, "data": data})
            click["header"]["subshell_id"] = subshell
            kernel.shell_channel.send(click)
        elif kind in ("stream", "error"):
            printed += content.get("text", str(content))
        elif content.get("execution_state") == "idle" and is_about(message, running):
            break
    assert printed == "stopped\n"
    assert shown == WITHOUT_WIDGETS
