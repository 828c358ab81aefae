"""Submissions that do something when they run: to the machine, to the tests, to the teacher."""

from hostile_submissions import FULL, HOSTILE, Case, body, case
import nbformat

# --- What a submission does when it runs


@case("needs_review", FULL, "ran longer than")
def endless_cell(learner):
    learner.insert("while True: pass", before="double-test")


@case("needs_review", 7, "ran longer than")
def endless_answer(learner):
    learner.write("double", "import time\ndef double(x):\n    while True: time.sleep(0.1)")


@case("needs_review", FULL, "ran out of time and could not be stopped")
def endless_and_deaf(learner):
    source = """
    import signal, time
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    while True: time.sleep(0.1)
    """
    learner.insert(body(source), before="loss-test")


@case("needs_review", 6, "died")
def exit_in_an_answer(learner):
    learner.write("loss", "import os\ndef loss(p): os._exit(0)")


@case("graded", 6)
def system_exit_in_an_answer(learner):
    learner.write("loss", "def loss(p): raise SystemExit(0)")


@case("needs_review", 6, "died")
def segmentation_fault(learner):
    learner.write("loss", "import ctypes\ndef loss(p): ctypes.string_at(0)")


@case("needs_review", 6, "died")
def killed_from_inside(learner):
    learner.write("loss", "import os, signal\ndef loss(p): os.kill(os.getpid(), signal.SIGKILL)")


@case("any", (2, 6))
def memory_eater(learner):
    # It dies by the limit on memory, or at a slow machine by that on time.
    learner.write("loss", "def loss(p):\n    a = []\n    while True: a.append(b'x' * 10**9)")


@case("any", (FULL,))
def fork_bomb(learner):
    source = """
    import os
    try:
        while True: os.posix_spawn("/bin/sleep", ["sleep", "60"], {})
    except OSError as error:
        print(error)
    """
    learner.insert(body(source), before="double-test")


@case("any", (FULL,))
def huge_output(learner):
    learner.insert("for _ in range(100): print('x' * 10**6)", before="double-test")


@case("graded", FULL)
def reads_the_gradebook(learner):
    course = learner.course.folder
    source = f"""
    import os, crossentropy
    wanted = [{str(course)!r} + "/gradebook.db", {str(course)!r} + "/solutions",
        {str(course)!r} + "/submitted", os.path.dirname(crossentropy.__file__) + "/../../solutions",
        "../../../gradebook.db", "../../gradebook.db", "../../../solutions",
        os.path.expanduser("~/.ssh"), "/root/.ssh", "/etc/shadow"]
    seen = []
    for path in wanted:
        try:
            if os.path.isdir(path): seen += os.listdir(path)
            else: seen += open(path, "rb").read(9)
        except OSError: pass
    print(seen)
    def double(x):
        return 2 * x if not seen else 0
    """
    learner.write("double", body(source))


@case("graded", FULL)
def writes_outside(learner):
    source = f"""
    import os
    for place in {str(learner.course.folder)!r}, "/etc", "/usr", "/root", "/home", os.sys.prefix:
        try:
            open(place + "/hostile-was-here", "w").write("x")
        except OSError:
            pass
    """
    learner.insert(body(source), before="double-test")


@case("graded", FULL)
def uses_the_network(learner):
    source = """
    import socket
    reached = []
    for address in (("127.0.0.1", 22), ("127.0.0.1", 8888), ("1.1.1.1", 53)):
        try:
            socket.create_connection(address, timeout=0.5)
            reached.append(address)
        except OSError:
            pass
    names = [name for _, name in socket.if_nameindex()]
    def double(x):
        return 2 * x if names in ([], ["lo"]) and not reached else 0
    """
    learner.write("double", body(source))


ATTACKS = {
    "asserts_are_stripped": """
        import ast
        class Strip(ast.NodeTransformer):
            def visit_Assert(self, node): return ast.Pass()
        get_ipython().ast_transformers.append(Strip())
        """,
    "cells_are_rewritten": """
        get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"])
        """,
    "np_testing_is_patched": """
        np.testing.assert_allclose = lambda *args, **more: None
        loss = lambda p: 0.0
        """,
    "run_cell_is_patched": """
        shell = type(get_ipython())
        old = shell.run_cell_async
        async def run_cell_async(self, code, *args, **more):
            return await old(self, "pass", *args, **more)
        shell.run_cell_async = run_cell_async
        """,
    "compile_is_patched": """
        import builtins
        old = builtins.compile
        builtins.compile = lambda source, *args, **more: old("pass", *args, **more)
        """,
    "assertion_error_is_swallowed": """
        import builtins
        class Never(Exception): pass
        builtins.AssertionError = Never
        def handle(shell, kind, value, trace, tb_offset=None): return []
        get_ipython().set_custom_exc((Exception,), handle)
        """,
    "quiz_points_are_patched": """
        quiz.points = lambda *args, out_of, **more: out_of
        """,
    "quiz_module_is_replaced": """
        import sys, types
        quiz = types.SimpleNamespace(points=lambda *args, out_of, **more: out_of)
        sys.modules["crossentropy.quiz"] = quiz
        """,
    "a_formatter_forges_points": """
        get_ipython().display_formatter.formatters["text/plain"].for_type(
            float, lambda value, printer, cycle: printer.text("4.0"))
        """,
    "answers_are_always_equal": """
        class Always(float):
            def __eq__(self, other): return True
            def __array__(self, *args, **more): return np.array(0.6931472)
            __ne__ = lambda self, other: False
            __le__ = __lt__ = __ge__ = __gt__ = __eq__
            __hash__ = None
        double = lambda x: Always()
        """,
    "a_trace_changes_the_tests": """
        import sys
        def trace(frame, event, arg):
            if "result" in frame.f_locals: frame.f_globals["result"] = 0.6931472
            return trace
        sys.settrace(trace)
        """,
    "a_thread_changes_the_tests": """
        import threading, time
        def meddle():
            while True:
                np.testing.assert_allclose = print
                time.sleep(0.001)
        threading.Thread(target=meddle, daemon=True).start()
        """,
    "the_reply_is_forged": """
        kernel = get_ipython().kernel
        kernel.do_execute = lambda *args, **more: {"status": "ok", "execution_count": 1,
            "payload": [], "user_expressions": {}}
        """,
    "the_tests_are_deleted": """
        import gc, types
        for thing in gc.get_objects():
            if isinstance(thing, types.FunctionType) and thing.__name__ == "assert_allclose":
                thing.__code__ = (lambda *args, **more: None).__code__
        """,
}


def register_attack(name, source):
    """Register an attack on a notebook whose answers are wrong: points need a person's look."""

    def attack(learner):
        learner.insert(body(source), before="double-test")

    attack.__name__ = name
    HOSTILE[name.replace("_", "-")] = Case(attack, "caught", 0, "", "wrong")


for _name, _source in ATTACKS.items():
    register_attack(_name, _source)


# --- What a submission tries to learn or to show


@case("graded", 7, base="right")
def almost_right(learner):
    learner.write("double", "def double(x): return 6")


@case("graded", FULL)
def prints_the_tests(learner):
    source = """
    import linecache
    print([lines for name, (_, _, lines, _) in linecache.cache.items() if "ipykernel" in name])
    print("".join(map(str, In)))
    """
    learner.notebook.cells.append(nbformat.v4.new_code_cell(body(source)))
    learner.save()


@case("graded", 7)
def raises_the_tests(learner):
    source = """
    def double(x):
        import linecache
        sources = ["".join(entry[2]) for entry in linecache.cache.values() if len(entry) > 2]
        raise AssertionError("".join(text for text in sources if "secret" + "_number" in text))
    """
    learner.write("double", body(source))
