"""A package, so that what its files share can end with the last of them: see `conftest.py`."""
