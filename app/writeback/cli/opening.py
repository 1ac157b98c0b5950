"""Open what a command needs, at first need: `--help` loads none of it."""

from __future__ import annotations

import getpass
import uuid
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections import abc
    from pathlib import Path

    from writeback.cli.options import Run
    from writeback.runtime.runtime import Runtime
    from writeback.runtime.telling import Telling
    from writeback.settings import Settings


def new_act() -> str:
    """Make the id of one act of this command line."""
    return uuid.uuid4().hex  # noqa: TID251  a front end: acts get their ids here


def utc_now() -> datetime:
    """Give the present moment."""
    return datetime.now(UTC)  # noqa: TID251  a front end: the clock is handed on from here


def author() -> str:
    """Say who gives the commands."""
    from writeback.settings import author as this_author

    return this_author()


def load_settings() -> Settings:
    """Read settings from the environment, and what the settings files lay under it."""
    from writeback.preferences.applying import load_with_preferences

    return load_with_preferences()


def workspace_path(run: Run) -> Path:
    """Say which workspace file is meant."""
    return run.workspace or load_settings().workspace_file


def ask_passphrase() -> str:
    """Ask at the terminal; what is typed is not shown."""
    return getpass.getpass("Passphrase of the vault file: ")


@contextmanager
def open_runtime(run: Run, *, create: bool = False, vault_file: Path | None = None) -> abc.Iterator[Runtime]:
    """Open the workspace with everything wired; closed at the end.

    Raises:
        WorkspaceError: It cannot be opened.
    """
    from writeback.runtime.runtime import Runtime

    settings = load_settings()
    if run.passphrase_file is not None:
        settings = replace(settings, passphrase_file=run.passphrase_file)
    runtime = Runtime.open(
        workspace_path(run),
        settings=settings,
        create=create,
        ask_passphrase=ask_passphrase if run.can_ask else None,
        vault_file=vault_file,
    )
    try:
        yield runtime
    finally:
        runtime.close()


@contextmanager
def open_told(run: Run) -> abc.Iterator[Telling]:
    """Open the workspace only to read it; costs a fraction of `open_runtime`.

    Raises:
        WorkspaceError: It cannot be opened.
    """
    from writeback.runtime.telling import Telling

    told = Telling.open(workspace_path(run), now=utc_now, new_id=new_act)
    try:
        yield told
    finally:
        told.close()
