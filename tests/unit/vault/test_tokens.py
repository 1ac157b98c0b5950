import os
from pathlib import Path

import pytest

from writeback.errors import ConfigurationError
from writeback.vault import CredentialsFile, TokenFile


def file_with(folder: Path, content: bytes, mode: int = 0o600) -> Path:
    path = folder / "token"
    path.write_bytes(content)
    path.chmod(mode)
    return path


@pytest.mark.parametrize(
    "content", [b"00D!token", b"00D!token\n", b"\xef\xbb\xbf00D!token\r\n", b"  00D!token  "]
)
def test_the_token_is_what_stands_in_the_file(tmp_path: Path, content: bytes) -> None:
    assert TokenFile(file_with(tmp_path, content)).read() == "00D!token"


def test_it_is_read_anew_each_time(tmp_path: Path) -> None:
    file = TokenFile(file_with(tmp_path, b"one"))
    assert file.read() == "one"
    file_with(tmp_path, b"two")
    assert file.read() == "two"


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o601, 0o666])
def test_a_file_that_others_may_touch_is_refused(tmp_path: Path, mode: int) -> None:
    path = file_with(tmp_path, b"token", mode)
    with pytest.raises(ConfigurationError) as raised:
        TokenFile(path).read()
    assert raised.value.code == "token_file.readable_by_others"
    assert raised.value.facts == {"path": str(path), "mode": f"{mode:04o}"}


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_a_file_of_its_owner_alone_is_read(tmp_path: Path, mode: int) -> None:
    assert TokenFile(file_with(tmp_path, b"token", mode)).read() == "token"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "token_file.empty"),
        (b" \n", "token_file.empty"),
        (b"two words", "token_file.not_text"),
        (b"two\nlines", "token_file.not_text"),
        (b"\xff\xfe", "token_file.not_text"),
        ("tokén".encode(), "token_file.not_text"),
        (b"x" * 70_000, "token_file.too_big"),
    ],
)
def test_a_file_that_holds_no_token_is_refused_without_telling_its_content(
    tmp_path: Path, content: bytes, code: str
) -> None:
    with pytest.raises(ConfigurationError) as raised:
        TokenFile(file_with(tmp_path, content)).read()
    assert raised.value.code == code
    assert "words" not in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError) as raised:
        TokenFile(tmp_path / "nowhere").read()
    assert raised.value.code == "token_file.missing"


def test_a_folder_or_a_pipe_is_no_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe, 0o600)
    for path in (tmp_path, pipe):
        with pytest.raises(ConfigurationError) as raised:
            TokenFile(path).read()
        assert raised.value.code == "token_file.not_a_file"


def test_credentials_are_a_json_object_of_texts(tmp_path: Path) -> None:
    assert CredentialsFile(file_with(tmp_path, b'{"a": "b"}')).read() == {"a": "b"}


@pytest.mark.parametrize("content", [b"", b"[]", b'"a"', b'{"a": 1}', b"{", b"null"])
def test_anything_else_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(ConfigurationError) as raised:
        CredentialsFile(file_with(tmp_path, content)).read()
    assert raised.value.code == "token_file.not_json"
