"""How long it takes to show quiz questions and to record an answer, and how large that is.

Each time stands beside that of plain ipywidgets, measured in the same run on the same machine, in a
kernel as JupyterLab starts it; what the browser takes to draw is not in it:

    .venv/bin/python benchmarks/quiz.py
"""

from pathlib import Path
import subprocess
import tempfile
import time

from crossentropy.quiz import bank
from jupyter_client.manager import start_new_kernel
from rich.console import Console
from rich.table import Table

MANY = 40
REPEATS = 5
OURS = "for one in {ids!r}: quiz.ask(one)"
PLAIN = "for one in {ids!r}: display(widgets.RadioButtons(options=['a', 'b', 'c', 'd']))"
RECORD = "import time; t = time.perf_counter(); responses.record({id!r}, 'a')"
BYTES = "import os; n = os.path.getsize('responses.json')"


def run(client, source):
    """Run a cell; return its seconds and how many bytes it sent to the browser."""
    sent = 0

    def count(message):
        nonlocal sent
        sent += len(str(message["content"]))

    start = time.perf_counter()
    reply = client.execute_interactive(source, output_hook=count, timeout=120)
    assert reply["content"]["status"] == "ok", reply["content"]
    return time.perf_counter() - start, sent


def value(client, source, expression):
    """Run a cell and return the value that an expression has after it."""
    reply = client.execute_interactive(
        source, user_expressions={"it": expression}, output_hook=lambda message: None, timeout=120
    )
    return float(reply["content"]["user_expressions"]["it"]["data"]["text/plain"])


def main():
    ids = [
        one.id
        for lesson in bank.lessons()
        for one in bank.questions(lesson)
        if one.use in ("practice", "recall") and one.type == "choice"
    ]
    many = (ids * MANY)[:MANY]
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "01-loss-definition"
        home.mkdir()
        manager, client = start_new_kernel(cwd=str(home), stderr=subprocess.DEVNULL)
        try:
            run(client, "import ipywidgets as widgets\nfrom crossentropy import quiz")
            run(client, "from crossentropy.quiz import responses")
            run(client, OURS.format(ids=ids[:1]))  # what is loaded once does not count
            run(client, PLAIN.format(ids=ids[:1]))
            table = Table("what", "ms", "kB sent", "plain RadioButtons, ms", "kB sent", "ratio")
            for name, asked in (("one question", ids[:1]), (f"{MANY} questions", many)):
                ours = min(run(client, OURS.format(ids=asked)) for _ in range(REPEATS))
                plain = min(run(client, PLAIN.format(ids=asked)) for _ in range(REPEATS))
                table.add_row(
                    name,
                    f"{1000 * ours[0]:.0f}",
                    f"{ours[1] / 1000:.0f}",
                    f"{1000 * plain[0]:.0f}",
                    f"{plain[1] / 1000:.0f}",
                    f"{ours[0] / plain[0]:.1f}",
                )
            save = RECORD.format(id=ids[0])
            times = [value(client, save, "time.perf_counter() - t") for _ in range(REPEATS)]
            before = value(client, BYTES, "n")
            value(client, save, "0")
            size = value(client, BYTES, "n") - before
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    console = Console(width=110)
    console.print(table)
    console.print(f"one answer recorded: {1000 * min(times):.1f} ms with fsync, {size:.0f} bytes")


if __name__ == "__main__":
    main()
