"""Our plugins beside nbval; they lie in tests/support, which pytest puts on its path."""

pytest_plugins = [
    "approximate_numbers",
    "exercise_check",
    "forked_kernels",
    "garbage",
    "one_browser",
    "same_in_the_source",
    "silent_failures",
]
