"""`writeback …`: choose between window, worker and command line, and load only that one."""

import sys
from collections import abc
from pathlib import Path

WORKSPACE = "--workspace"
QT = frozenset({"PySide6", "shiboken6"})


def main(arguments: abc.Sequence[str] | None = None) -> int:
    """Run the program and give its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    command = _command(given)
    if command == "worker":
        from writeback.worker.main import run as run_worker

        return run_worker(given)
    if command == "studio":
        from writeback.cli.door import behind_the_door

        return behind_the_door(lambda: _open_studio(given))
    if command == "gui" or not _rest(given):
        from writeback.cli.door import behind_the_door

        return behind_the_door(lambda: _open_window(_workspace(given), _link(given)))
    from writeback.cli.application import run as run_command

    return run_command(given)


def _open_window(workspace: Path | None, link: str) -> int:
    """Open the window.

    Raises:
        ConfigurationError: There is no display, or no Qt to draw on it.
    """
    from writeback.errors import ConfigurationError
    from writeback.preferences.applying import load_with_preferences

    loaded = load_with_preferences()
    if not loaded.has_display:
        raise ConfigurationError("window.no_display")
    _before_qt()
    try:
        from writeback.gui.application import run as run_window
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in QT:
            raise
        raise ConfigurationError("window.not_installed") from error
    return run_window(workspace or loaded.workspace_file, settings=loaded, link=link)


def _open_studio(given: abc.Sequence[str]) -> int:
    """Pose the window over workspaces that were made for it; needs no display.

    Raises:
        ConfigurationError: There is no Qt to draw with.
    """
    from writeback.errors import ConfigurationError

    _before_qt()
    try:
        from writeback.gui.studio.main import run as run_studio
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in QT:
            raise
        raise ConfigurationError("window.not_installed") from error
    return run_studio(given)


def _before_qt() -> None:
    """Import what reads the workspace before Qt, and collect no cycles meanwhile: both halve the imports.

    PySide reads the source of every module that is imported after it, to look whether it uses Qt. The
    window sweeps for cycles itself, once it stands (`gui/sweeping.py`); what is imported stays anyway.
    """
    import gc

    gc.disable()
    import writeback.runtime.reading  # noqa: F401  for being imported


def _workspace(given: abc.Sequence[str]) -> Path | None:
    """Give the value of the global option, the one thing that all front ends share."""
    for place, word in enumerate(given):
        if word == WORKSPACE and place + 1 < len(given):
            return Path(given[place + 1])
        if word.startswith(WORKSPACE + "="):
            return Path(word.partition("=")[2])
    return None


def _link(given: abc.Sequence[str]) -> str:
    """Give what stands after `gui`: a link, which only navigates; the window judges it."""
    rest = [word for word in _rest(given) if word != "gui"]
    return rest[0] if rest else ""


def _rest(given: abc.Sequence[str]) -> abc.Sequence[str]:
    """Give what stands beside the workspace."""
    named = [place for place, word in enumerate(given) if word == WORKSPACE]
    left_out = {*named, *(place + 1 for place in named)}
    return [
        word
        for place, word in enumerate(given)
        if place not in left_out and not word.startswith(WORKSPACE + "=")
    ]


def _command(given: abc.Sequence[str]) -> str:
    """Give the first word that is neither a global option nor its value."""
    skip = False
    for word in given:
        if skip:
            skip = False
        elif word == WORKSPACE:
            skip = True
        elif not word.startswith("-"):
            return word
    return ""


if __name__ == "__main__":
    sys.exit(main())
