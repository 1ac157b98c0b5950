"""A file takes its place whole, or not at all; and why it cannot be had is told."""

import os
from collections import abc
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from writeback.errors import ConfigurationError
from writeback.files import put_whole, telling_unreadable, telling_unwritable

Telling = abc.Callable[[Path], AbstractContextManager[None]]


def test_a_file_takes_the_place_of_the_old_one_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with put_whole(path, durably=True) as file:
        file.write(b"new")
        assert path.read_bytes() == b"old"
    assert path.read_bytes() == b"new"
    assert os.name != "posix" or path.stat().st_mode & 0o077 == 0


def test_after_an_error_the_old_one_stands_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError), put_whole(path) as file:
        file.write(bytes([1 // 0]))
    assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
    assert path.read_bytes() == b"old"


@pytest.mark.parametrize(
    ("telling", "code"), [(telling_unreadable, "file.unreadable"), (telling_unwritable, "file.not_writable")]
)
def test_what_the_system_says_of_a_file_is_told(tmp_path: Path, telling: Telling, code: str) -> None:
    with pytest.raises(ConfigurationError) as told, telling(tmp_path / "a"):
        (tmp_path / "a" / "b").read_bytes()
    assert told.value.code == code
    assert told.value.facts == {"path": str(tmp_path / "a"), "problem": "No such file or directory"}
