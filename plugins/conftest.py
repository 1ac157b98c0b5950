"""What the tests of every plugin have in common with those of the program."""

from tests.homes import private_folders, private_home, tmp_path

__all__ = ["private_folders", "private_home", "tmp_path"]
