"""The live view of a training: what it shows, and that its button works while a cell runs."""

from crossentropy.experiment.live import WITHOUT_WIDGETS, Panel, picture
from jupyter_client.manager import start_new_kernel
import pytest

CURVES = {
    "loss": [1.2, 0.8],
    "val_loss": [1.0, 0.9],
    "accuracy": [0.5, 0.7],
    "val_accuracy": [0.6, 0.65],
}


def test_the_view_tells_the_last_epochs_numbers():
    html = picture(CURVES, epochs=10, done=0.2, words="Epoch 3 of 10, at most 8 s left")
    assert "loss 0.800, validation 0.900; accuracy 70.0 %, validation 65.0 %" in html
    assert "Epoch 3 of 10, at most 8 s left" in html
    assert '<progress value="0.200"' in html


def test_the_curves_have_names_and_are_not_told_apart_by_colour_alone():
    html = picture(CURVES, epochs=10, done=0.2, words="")
    assert html.count('role="img"') == 2
    assert 'aria-label="loss by epoch' in html
    assert 'stroke-dasharray="5 3"' in html
    assert "<circle" in html
    assert html.count('<rect x="') == 4


def test_the_first_point_of_a_curve_lies_at_the_left_edge_and_the_last_at_the_right():
    points = picture({**CURVES}, epochs=2, done=1.0, words="").split('points="')[1]
    xs = [float(point.split(",")[0]) for point in points.split('"')[0].split()]
    assert xs == [38.0, 300.0]


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


def test_the_button_can_be_pressed_once_the_training_is_over_without_harm():
    panel = Panel(epochs=1)
    panel.finish("Done after 1 epoch")
    assert panel.widget.children[1].disabled
    assert not panel.stop_asked


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
