"""What the tests of the program and those of its plugins have in common."""

from tests.homes import private_folders, private_home, tmp_path

__all__ = ["private_folders", "private_home", "tmp_path"]
