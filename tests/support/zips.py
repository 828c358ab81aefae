"""Zips that a test makes."""

import zipfile


def write_zip(path, files):
    """Write a zip of files: for what each is called in it, its bytes or where it lies."""
    with zipfile.ZipFile(path, "w") as archive:
        for inside, source in files.items():
            if isinstance(source, bytes):
                archive.writestr(inside, source)
            else:
                archive.write(source, inside)
    return path
