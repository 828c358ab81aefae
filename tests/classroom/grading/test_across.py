"""What crosses between a learner's notebook and its tests, in one execution of many small tests."""

from kernel_jobs import SANDBOX, code, grade, job_of, printed, scores
import nbformat
import pytest

from classroom.grading.execution import execute
from classroom.grading.job import CodeCell, Teachers

LEARNER = """
import keras, numpy as np, tensorflow as tf, warnings
from pathlib import Path
import matplotlib.pyplot as plt

counter, table = 0, {"a": [1, 2]}

def same(value): return value
def double_in_place(values): values *= 2
def append(values, value): values.append(value)
def fail(kind): raise kind("no", 3)
def count():
    global counter
    counter += 1
def squares(n): return [k * k for k in range(1, n + 1)]
def sum_of_squares(n): return sum(squares(n))
def call(function, *values): return function(*values)
def speak():
    print("one")
    warnings.warn("two")
    print("three")
def numbers():
    yield from (1, 2, 3)
def write(): Path("out.txt").write_text("written")
def divide(a, b): return np.array(a) / np.array(b)
def draw(): plt.plot([1, 2])
def answer_42(): return 42
class Account:
    rate = 2
    def __init__(self, balance=0): self.balance = balance
    def pay(self, amount):
        self.balance += amount
        return self
    def __eq__(self, other): return self.balance == other.balance
    def __len__(self): return self.balance
class TooLittle(ValueError): pass
def take(amount): raise TooLittle(f"not {amount}")
def network(own=False):
    class Own(keras.layers.Layer):
        def call(self, x): return 2 * x
    layers = [Own() if own else keras.layers.Dense(3, kernel_initializer="ones")]
    made = keras.Sequential([keras.Input((3,)), *layers])
    made.compile(loss="mse")
    return made
def weigh(model): model.set_weights([0 * each for each in model.get_weights()])
"""

TESTS = {
    "plain values": """
        import numpy as np
        for value in (None, True, 3, 2**80, 0.5, 1j, "é\\ud800", b"x", [1, [2]], (1,), {1: (2,)},
                      {3}, range(3), slice(1, 2), float("inf"), [0.5] * 100, list(range(100)), ...):
            given = same(value)
            assert given == value and type(given) is type(value), value
    """,
    "arrays": """
        import numpy as np
        for array in (np.arange(6.0).reshape(2, 3), np.array(["a"]), np.array([], int),
                      np.asfortranarray(np.eye(3))[:, :2], np.array([None, 1], object),
                      np.array("2020-01-01", "M8[D]"), np.zeros((0, 3))):
            given = same(array)
            assert given.dtype == array.dtype and given.shape == array.shape
            assert np.array_equal(given, array)
        assert type(same(np.float32(1))) is np.float32 and same(np.dtype("int8")) == np.int8
        assert np.isnan(same(float("nan")))
    """,
    "tensors": """
        import keras, numpy as np, tensorflow as tf
        given = same(tf.constant([[1.5]]))
        assert isinstance(given, tf.Tensor) and given.dtype == tf.float32 and given.shape == (1, 1)
        assert isinstance(same(tf.Variable(1)), tf.Variable) and same(tf.float64) is tf.float64
        assert same(tf.TensorShape([1, None])).as_list() == [1, None]
        assert same(tf.constant([1, 2], tf.bfloat16)).dtype == tf.bfloat16
        assert same(keras.losses.Huber) is keras.losses.Huber and same(int) is int
    """,
    "what a call does to its arguments": """
        import numpy as np
        array, values, nested = np.ones(3), [1], [[1], {"a": np.zeros(1)}]
        inner = nested[0]
        double_in_place(array)
        append(values, 2)
        append(inner, 5)
        assert array.tolist() == [2, 2, 2] and values == [1, 2] and nested[0] == [1, 5]
        frozen = np.ones(2)
        frozen.flags.writeable = False
        try:
            double_in_place(frozen)
            assert False
        except ValueError as error:
            assert "read-only" in str(error)
    """,
    "exceptions": """
        import tensorflow as tf
        for kind in (ValueError, KeyError, IndexError, NotImplementedError, OSError):
            try:
                fail(kind)
                assert False
            except kind as error:
                assert type(error) is kind and error.args == ("no", 3)
                assert str(error) == str(kind("no", 3))
        try:
            same(tf.constant([1.0, 2.0])) @ same(tf.constant([1.0]))
        except tf.errors.InvalidArgumentError:
            pass
        try:
            take(5)
        except TooLittle as error:
            assert isinstance(error, ValueError) and str(error) == "not 5"
            assert type(error).__name__ == "TooLittle"
        assert issubclass(TooLittle, ValueError)
    """,
    "names of the learner's": """
        assert table == {"a": [1, 2]} and counter == 0
        count()
        assert counter == 1
        assert "sum_of_squares" in globals() and callable(globals()["sum_of_squares"])
        assert "nothing_of_the_kind" not in globals()
    """,
    "a name deleted in a test": """
        kept = squares
        del squares
        try:
            sum_of_squares(3)
        except NameError as error:
            assert "squares" in str(error)
        else:
            raise AssertionError("sum_of_squares does not use squares")
        finally:
            squares = kept
        assert sum_of_squares(3) == 14
    """,
    "a name replaced in a test": """
        kept, seen = squares, []
        squares = lambda n: seen.append(n) or [10]
        try:
            assert sum_of_squares(3) == 10 and seen == [3]
        finally:
            squares = kept
    """,
    "and put back for later tests": "assert sum_of_squares(2) == 5 and squares(2) == [1, 4]",
    "functions of a test": """
        import numpy as np
        assert call(lambda a, b: a + b, 1, 2) == 3
        assert call(call, lambda: squares(2)) == [1, 4]
        assert call(np.mean, [1.0, 2.0]) == 1.5
        def refuse():
            raise LookupError("refused")
        try:
            call(refuse)
            assert False
        except LookupError as error:
            assert str(error) == "refused"
    """,
    "iterators": "assert list(numbers()) == [1, 2, 3] and next(iter(numbers())) == 1",
    "objects of the learner's": """
        account = Account(5)
        assert account.pay(3).balance == 8 and len(account) == 8 and Account.rate == 2
        assert isinstance(account, Account) and not isinstance(3, Account)
        assert account == Account(8) and account != Account(9)
        account.balance = 1
        assert account.balance == 1 and type(account).__name__ == "Account"
        assert call(lambda one: one.balance, account) == 1
    """,
    "warnings and settings": """
        import warnings
        import numpy as np
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("error")
            try:
                speak()
                assert False
            except UserWarning as error:
                assert str(error) == "two"
        with np.errstate(all="raise"):
            try:
                divide(1.0, 0.0)
                assert False
            except FloatingPointError:
                pass
    """,
    "files": """
        from pathlib import Path
        write()
        assert Path("out.txt").read_text() == "written" and Path("given.txt").read_text() == "here"
    """,
    "printed and shown": "speak()\ndraw()",
    "losses": """
        import keras
        loss = same(keras.losses.CategoricalCrossentropy(from_logits=True, label_smoothing=0.1))
        assert loss.get_config()["from_logits"] is True and isinstance(loss, keras.losses.Loss)
    """,
    "models": """
        import keras, numpy as np
        model = network()
        assert isinstance(model, keras.Model)
        assert model.predict(np.ones((2, 3)), verbose=0)[0, 0] == 3
        weigh(model)
        assert not model.get_weights()[0].any()
        given = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
        weigh(given)
        assert not given.get_weights()[0].any()
    """,
    "models of their own classes": """
        import keras, numpy as np
        model = network(own=True)
        assert isinstance(model, keras.Model)
        assert model.predict(np.ones((1, 3)), verbose=0).tolist() == [[2, 2, 2]]
        assert np.isclose(model.evaluate(np.ones((4, 3)), np.ones((4, 3)), verbose=0), 1)
    """,
    "the teacher's names": "assert scale == 10 and scaled(4) == 40",
    "answers of the teacher's names": "assert answer_42() == 42 and threshold == 0.5",
}


@pytest.fixture(scope="module")
def result():
    lesson = "scale = 10\nfrom math import pi\ndef scaled(x): return scale * x"
    teachers = Teachers((CodeCell("lesson", "", lesson), CodeCell("answer", "a", "threshold = 1")))
    cells = [grade(name, source) for name, source in TESTS.items()]
    changed = "scale = 11\nscaled = None\nthreshold = 0.5"
    job = job_of(
        LEARNER, changed, *cells, teachers=teachers, files={"given.txt": b"here"}, timeout=120
    )
    return execute(job, SANDBOX)


@pytest.mark.parametrize("name", TESTS)
def test_a_test_sees_beyond_the_wall_what_it_would_see_here(result, name):
    assert (result.status, result.flags) == ("finished", ())
    cell = cell_of(result, name)
    assert scores(result)[name] == 2, cell.outputs


def cell_of(result, name):
    cells = nbformat.reads(result.notebook.decode(), as_version=4).cells
    return next(each for each in cells if each.metadata.get("nbgrader", {}).get("grade_id") == name)


def test_what_a_function_prints_and_draws_stands_below_the_test_in_its_order(result):
    outputs = cell_of(result, "printed and shown").outputs
    text = "".join(one.text for one in outputs if one.output_type == "stream")
    assert text == "one\nUserWarning: two\nthree\n"
    assert ["image/png" in one.data for one in outputs if "data" in one] == [True]


def test_a_test_leaves_no_name_behind():
    cells = [grade("t", "expected = 3\ndef helper(): pass\nx = 2"), "print(x, 'helper' in dir())"]
    result = execute(job_of("x = 1", *cells), SANDBOX)
    assert printed(result) == "1 False\n"


def test_a_learner_s_lines_stand_in_the_traceback():
    cells = [code("def f():\n    return 1 / 0  # here"), grade("t", "f()")]
    result = execute(job_of(*cells), SANDBOX)
    [error] = cell_of(result, "t").outputs
    assert (error.ename, error.evalue) == ("ZeroDivisionError", "division by zero")
    assert "# here" in "\n".join(error.traceback)
    assert "asking" not in "\n".join(error.traceback)


def test_no_test_stands_in_the_notebook_that_a_learner_s_cell_can_read():
    source = (
        "print(any('a ' + 'secret' in open(name).read() for name in __import__('os').listdir()))"
    )
    result = execute(job_of(source, grade("t", "assert True, 'a secret'")), SANDBOX)
    assert printed(result) == "False\n"
