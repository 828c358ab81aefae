"""Random work of honest learners on lesson 01: right, wrong, odd, and with cells of their own.

What plain nbgrader treats otherwise on purpose is left out: text on stderr, which costs all points
there, and cells that were lost, doubled or moved across their tests.
"""

import random

import nbformat

# What one writes in place of another, in the answers of the lesson.
SLIPS = [
    ("1e-7", "1e-8"),
    ("1e-7", "1e-12"),
    ("-np.sum(", "np.sum("),
    ("axis=1", "axis=0"),
    ("axis=1", "axis=-1"),
    (", axis=1", ""),
    ("np.log(", "np.log10("),
    ("np.log(", "np.log2("),
    ("np.log(", "tf.math.log("),
    ("losses.mean()", "losses.sum() / len(losses)"),
    ("losses.mean()", "losses.mean(axis=0)"),
    ("losses.mean()", "np.median(losses)"),
    ("losses.mean()", "float(losses.mean())"),
    ("losses.mean()", "losses.mean().astype('float32')"),
    ("losses.mean()", "round(losses.mean(), 4)"),
    ("losses.mean()", "[losses.mean()]"),
    ("losses.mean()", "tf.reduce_mean(losses)"),
    ("losses.mean()", "losses.mean() + 1e-9"),
    ("return losses\n", "return losses.tolist()\n"),
    ("return losses\n", "return list(losses)\n"),
    ("return losses\n", "return losses[::-1]\n"),
    ("return losses\n", "return losses.reshape(-1, 1)\n"),
    ("return losses\n", "return tuple(losses)\n"),
    ("return losses\n", "return losses.view(np.ndarray)\n"),
    ("return losses\n", "print('losses', losses.shape)\n        return losses\n"),
    ("y_pred = np.clip(", "y_pred[:] = np.clip("),
    ("y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)", "y_pred = y_pred + 1e-7"),
    ("y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)", "pass"),
    ("y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)", "y_pred = y_pred.clip(1e-7, 1 - 1e-7)"),
    ("y_true * ", "y_true.astype(float) * "),
    ("y_true * ", "y_pred * "),
    ("raise ValueError(", "raise KeyError("),
    ("raise ValueError(", "return ValueError("),
    ("reduction is {reduction!r}; it", "it"),
    ('"sum_over_batch_size", "mean"', '"mean"'),
    ("np.exp(-loss)", "np.exp(loss)"),
    ("np.exp(-loss)", "1 / np.exp(loss)"),
    ("np.exp(-loss)", "float(np.exp(-loss))"),
    ("np.exp(-loss)", "np.e ** -loss"),
    ("np.exp(-loss)", "np.exp(-np.mean(loss))"),
    ("np.exp(-loss)", "np.power(np.e, -np.asarray(loss))"),
    ("np.exp(-loss)", "np.float32(np.exp(-loss))"),
    ("np.exp(-loss)", "1 - loss"),
    ("np.exp(-loss)", "(0.0 * loss + 1) * np.exp(-1 * loss)"),
    ("bool(loss < np.log(num_classes))", "loss < np.log(num_classes)"),
    ("bool(loss < np.log(num_classes))", "loss <= np.log(num_classes)"),
    ("bool(loss < np.log(num_classes))", "loss > np.log(num_classes)"),
    ("bool(loss < np.log(num_classes))", "np.less(loss, np.log(num_classes))"),
    ("bool(loss < np.log(num_classes))", "int(loss < np.log(num_classes))"),
    ("bool(loss < np.log(num_classes))", "round(loss, 2) < round(np.log(num_classes), 2)"),
    ("bool(loss < np.log(num_classes))", "probability_from_loss(loss) > 1 / num_classes"),
    ("bool(loss < np.log(num_classes))", "True if loss < np.log(num_classes) else None"),
]
# What is written around an answer; NAME is the first function in it.
AROUND = [
    "import functools\n\n{answer}",
    "import math\nEPSILON = 1e-7\n\n\n{answer}\n\n\nprint('defined')",
    "{answer}\n\n\n# I am not sure about this.",
    "{answer}\n\n\nplain = NAME\n\n\ndef NAME(*args, **more):\n    return plain(*args, **more)",
    "{answer}\n\n\nNAME = (lambda inner: lambda *args, **more: inner(*args, **more))(NAME)",
    "{answer}\n\n\ncalls = []\ncounted = NAME\n\n\ndef NAME(*args, **more):\n"
    "    calls.append(len(args))\n    return counted(*args, **more)",
    "{answer}\n\n\nclass Callable:\n    def __init__(self, inner):\n        self.inner = inner\n\n"
    "    def __call__(self, *args, **more):\n        return self.inner(*args, **more)\n\n\n"
    "NAME = Callable(NAME)",
    "import functools\n\n{answer}\n\n\nNAME = functools.partial(NAME)",
    "{answer}\n\n\nNAME",
    "{answer}\n\n\nNAME.__doc__ = 'Mine.'",
    "if True:\n    import numpy as np\n\n{answer}",
    "{answer}\n\n\nraise RuntimeError('what is this?')",
    "{answer}\n\nthis is no Python",
    "%time x = 1\n{answer}",
]
OWN_CELLS = [
    "1 + 1",
    "print('a note')",
    "np.set_printoptions(precision=3)",
    "np.random.seed(1)",
    "x = np.arange(5)\nx ** 2",
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]);",
    "%timeit -n 1 -r 1 sum(range(10))",
    "!echo from the shell",
    "from IPython.display import Markdown, display\ndisplay(Markdown('**bold**'))",
    "undefined_name",
    "raise ValueError('tried something')",
    "def categorical(p):\n    return p",
    "y_true",
    "class_names = ['a', 'b', 'c']",
    "bold = careful.copy()",
    "labels, losses, result, expected = 1, 2, 3, 4",
    "try:\n    print(categorical_crossentropy(y_true, bold))\nexcept Exception as error:\n"
    "    print(type(error).__name__)",
    "for _ in range(3):\n    pass",
    "",
    "# only a remark",
    "del careful",
    "import warnings\nwarnings.simplefilter('ignore')",
    "help(np.clip)",
    "_ = 5",
    "from math import *",
    "i = 0\nwhile i < 3:\n    i += 1",
    "async def later():\n    return 1\nawait later()",
    "assert False, 'my own check'",
    "get_ipython().run_line_magic('who', '')",
]


def edit_at_random(learner, questions, seed):
    """Work on an untouched submission of lesson 01 as some learner might; the seed says which.

    Parameters
    ----------
    learner : course_of_learners.Submission
    questions : list of str
        Those of the graded quiz.
    seed : int
    """
    chance = random.Random(seed)
    for grade_id, solution in learner.solutions.items():
        answer = answer_at_random(chance, solution)
        if answer is not None:
            learner.cell(grade_id).source = answer
    for _ in range(chance.randrange(6)):
        change_something(chance, learner.notebook)
    learner.save()
    chosen = [name for name in questions if chance.random() < 0.6]
    learner.answer([name for name in chosen if chance.random() < 0.6])
    learner.answer([name for name in chosen if chance.random() < 0.3], right=False)


def answer_at_random(chance, solution):
    """Return some answer, or None for the stub."""
    lines = [line for line in solution.split("\n") if "### " not in line]
    answer = "\n".join(lines)
    kind = chance.random()
    if kind < 0.1:
        return None
    if kind < 0.8:
        for _ in range(chance.randrange(4)):
            fitting = [slip for slip in SLIPS if slip[0] in answer]
            if fitting:
                answer = answer.replace(*chance.choice(fitting), 1)
    if chance.random() < 0.4:
        name = answer.partition("def ")[2].partition("(")[0]
        answer = chance.choice(AROUND).replace("NAME", name).replace("{answer}", answer)
    return answer


def change_something(chance, notebook):
    """Change something beside the answers; in place."""
    ours = [cell for cell in notebook.cells if "nbgrader" not in cell.metadata]
    place = chance.randrange(len(notebook.cells) + 1)
    kind = chance.randrange(8)
    if kind < 4:
        notebook.cells.insert(place, nbformat.v4.new_code_cell(chance.choice(OWN_CELLS)))
    elif kind == 4:
        notebook.cells.insert(place, nbformat.v4.new_markdown_cell("My *notes*."))
    elif kind == 5:  # not the imports, without which every learner is the same
        notebook.cells.remove(chance.choice([cell for cell in ours if cell.id != "imports"]))
    elif kind == 6:
        cell = chance.choice(notebook.cells)
        cell.metadata["collapsed"], cell.metadata["tags"] = True, ["mine"]
    else:
        tests = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
        chance.choice(tests).source += "\n# I looked at this."
