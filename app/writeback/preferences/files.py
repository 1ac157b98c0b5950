"""The person's settings file, and the administrator's that locks settings.

Both are JSON objects, `area.what` to value, in the configuration folders of the platform. Whatever
stands in the person's file and is not known is kept; a damaged one is never written over, but set
aside under another name. A damaged file of the administrator stops the program: a lock that falls
open is none.
"""

import json
import time
from collections import abc
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError, WorkspaceBusyError
from writeback.files import put_whole
from writeback.locks import FileLock
from writeback.preferences.keys import KEYS, Preference, Value, named
from writeback.preferences.values import checked
from writeback.settings import Settings

FILE_NAME: Final = "settings.json"
MOST_BYTES: Final = 1_000_000
WAIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class Preferences:
    """What is in force, and where it comes from."""

    path: Path
    managed_path: Path | None
    own: abc.Mapping[str, Value]
    """What the person set."""
    managed: abc.Mapping[str, Value]
    """What the administrator set, which nobody else can."""
    problems: tuple[ConfigurationError, ...] = ()
    """What could not be read: the file as a whole, or single values. For these the default holds."""
    is_damaged: bool = False
    """The person's file is no settings file; the next change sets it aside."""

    def get(self, name: str) -> Value:
        """Give the value in force.

        Raises:
            ConfigurationError: `settings.unknown`.
        """
        key = named(name)
        return self.managed.get(name, self.own.get(name, key.default))

    def text(self, name: str) -> str:
        """Give the value in force of a preference that is a text."""
        return str(self.get(name))

    def number(self, name: str) -> int:
        """Give the value in force of a preference that is a number."""
        return int(str(self.get(name)))

    def is_on(self, name: str) -> bool:
        """Say whether a switch is on."""
        return self.get(name) is True

    def table(self, name: str) -> abc.Mapping[str, object]:
        """Give the value in force of a preference that is a table."""
        found = self.get(name)
        return found if isinstance(found, abc.Mapping) else {}

    def source(self, name: str) -> str:
        """Say where the value comes from: `managed` | `own` | `default`."""
        if name in self.managed:
            return "managed"
        return "own" if name in self.own else "default"


def path_of(settings: Settings) -> Path:
    """Name the person's settings file."""
    return settings.config_dir / FILE_NAME


def read(settings: Settings) -> Preferences:
    """Read both files; changes nothing.

    Raises:
        ConfigurationError: `settings.managed_damaged`: the administrator's file cannot be meant.
    """
    path = path_of(settings)
    managed = _managed(settings.managed_file)
    try:
        plain = _plain(path)
    except ValueError as error:
        problem = ConfigurationError("settings.damaged", path=str(path), problem=str(error))
        return Preferences(path, settings.managed_file, {}, managed, (problem,), is_damaged=True)
    own: dict[str, Value] = {}
    problems = []
    for key in KEYS:
        if key.name in plain:
            try:
                own[key.name] = checked(key, plain[key.name])
            except ConfigurationError as error:
                problems.append(error)
    return Preferences(path, settings.managed_file, own, managed, tuple(problems))


def write(settings: Settings, wished: abc.Mapping[str, object]) -> Preferences:
    """Set preferences in the person's file, all or none.

    Args:
        settings: Where the files lie.
        wished: Values by name.

    Raises:
        ConfigurationError: `settings.unknown`, `settings.bad_value`, `settings.locked`,
            `settings.file`: it cannot be written.
    """
    values = {name: checked(named(name), value) for name, value in wished.items()}
    return _change(settings, names=tuple(values), change=lambda plain: plain | values)


def reset(settings: Settings, names: abc.Iterable[str] = ()) -> Preferences:
    """Take preferences back to what holds where nobody set them; without names, all of the table.

    Raises:
        ConfigurationError: `settings.unknown`, `settings.locked`, `settings.file`.
    """
    given = tuple(named(name).name for name in names)
    gone = frozenset(given or (key.name for key in KEYS))
    return _change(
        settings,
        names=given,
        change=lambda plain: {name: value for name, value in plain.items() if name not in gone},
    )


def set_aside_name(path: Path) -> Path:
    """Give the first free name under which a damaged file is kept."""
    number = 1
    while (found := path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")).exists():
        number += 1
    return found


def _change(
    settings: Settings,
    *,
    names: abc.Collection[str],
    change: abc.Callable[[dict[str, object]], abc.Mapping[str, object]],
) -> Preferences:
    for name in names:
        if name in _managed(settings.managed_file):
            raise ConfigurationError("settings.locked", name=name, path=str(settings.managed_file))
    path = path_of(settings)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(path.with_name(f"{path.name}.lock"))
        try:
            if not lock.acquire(until=time.monotonic() + WAIT_S):
                raise WorkspaceBusyError("workspace.busy", path=str(path), waited_s=WAIT_S)
            try:
                plain = _plain(path)
            except ValueError:
                path.rename(set_aside_name(path))
                plain = {}
            _put(path, change(plain))
        finally:
            lock.release()
            lock.close()
    except OSError as error:
        problem = error.strerror or type(error).__name__
        raise ConfigurationError("settings.file", path=str(path), problem=problem) from error
    return read(settings)


def _put(path: Path, plain: abc.Mapping[str, object]) -> None:
    """Replace the file in one step: a reader finds the old one or the new one, whole."""
    text = json.dumps(plain, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
    with put_whole(path, durably=True) as file:
        file.write(text.encode())


def _managed(path: Path | None) -> abc.Mapping[str, Value]:
    if path is None:
        return {}
    try:
        plain = _plain(path)
        known = {key.name: key for key in KEYS}
        return {name: checked(known[name], value) for name, value in plain.items() if name in known}
    except ValueError as error:
        problem = str(error)
    except ConfigurationError as error:
        problem = f"{error.facts.get('name')}: {error.facts.get('allowed', error.code)}"
    raise ConfigurationError("settings.managed_damaged", path=str(path), problem=problem)


def _plain(path: Path) -> dict[str, object]:
    """Read a file; there is none: nothing is set.

    Raises:
        ValueError: It is no settings file; says why.
    """
    try:
        with path.open("rb") as stream:
            raw = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise ValueError(error.strerror or type(error).__name__) from error
    if len(raw) > MOST_BYTES:
        raise ValueError("larger than 1 MB")
    if not raw.strip():
        return {}
    try:
        found = json.loads(raw.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise ValueError(f"line {error.lineno}: {error.msg}") from error
    except (UnicodeDecodeError, RecursionError) as error:
        raise ValueError("no UTF-8 JSON") from error
    if not isinstance(found, dict):
        raise ValueError("no JSON object")  # noqa: TRY004  told like every other damage
    return found


def locked_by(preferences: Preferences, key: Preference) -> str:
    """Name the administrator's file that locks a preference; '' when nothing does."""
    return str(preferences.managed_path) if key.name in preferences.managed else ""
