"""Secrets by reference: the workspace keeps the path of a file, its content is read at session start.

Needs no keyring: for headless runs, simulators and the demo. Never copies what it reads.
"""

import json
import os
import stat
import sys
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError

MOST_BYTES: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class TokenFile:
    """A file that holds one token, and nothing else."""

    path: Path

    def read(self) -> str:
        """Give the token.

        Raises:
            ConfigurationError: `token_file.missing` · `.unreadable` · `.readable_by_others` (mode) ·
                `.not_a_file` · `.too_big` · `.not_text` · `.empty`; facts: `path`.
        """
        token = private_text(self.path).strip()
        if not token:
            raise ConfigurationError("token_file.empty", path=str(self.path))
        if not token.isascii() or not token.isprintable() or " " in token:
            raise ConfigurationError("token_file.not_text", path=str(self.path))
        return token


@dataclass(frozen=True, slots=True)
class CredentialsFile:
    """A file that holds a JSON object of texts."""

    path: Path

    def read(self) -> abc.Mapping[str, str]:
        """Give the object.

        Raises:
            ConfigurationError: As `TokenFile.read`, and `token_file.not_json`.
        """
        try:
            values = json.loads(private_text(self.path))
        except json.JSONDecodeError:
            values = None
        if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
            raise ConfigurationError("token_file.not_json", path=str(self.path))
        return values


def private_text(path: Path) -> str:
    """Read a small file that nobody but its owner may read; judged on the open file, not on its name."""
    if path.exists() and not path.is_file():  # opening a pipe would wait for its writer
        raise ConfigurationError("token_file.not_a_file", path=str(path))
    try:
        with path.open("rb") as file:
            _check_private(os.fstat(file.fileno()), path)
            content = file.read(MOST_BYTES + 1)
    except FileNotFoundError:
        raise ConfigurationError("token_file.missing", path=str(path)) from None
    except OSError as error:
        raise ConfigurationError("token_file.unreadable", path=str(path), reason=error.strerror) from None
    if len(content) > MOST_BYTES:
        raise ConfigurationError("token_file.too_big", path=str(path), most=MOST_BYTES)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ConfigurationError("token_file.not_text", path=str(path)) from None


def _check_private(facts: os.stat_result, path: Path) -> None:
    if sys.platform != "win32" and facts.st_mode & 0o077:
        mode = f"{stat.S_IMODE(facts.st_mode):04o}"
        raise ConfigurationError("token_file.readable_by_others", path=str(path), mode=mode)
