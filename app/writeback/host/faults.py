"""What plugins did wrong on this computer: three strikes switch a plugin off, a crash starts safely.

One line of JSON for each fault, appended, in the settings folder: every process of this person writes
there and none waits for another. A plugin that is allowed again begins with none.

Must not: judge (`trusting` does), lose the program its start because the file is damaged.
"""

import json
import os
from collections import abc
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

FILE_NAME: Final = "plugin-faults.jsonl"
STRIKES_MOST: Final = 3
READ_MOST: Final = 512 * 1024
TOLD_MOST: Final = 4_000

RAISED, HUNG, CRASHED = "raised", "hung", "crashed"
FORGIVEN, CALM = "forgiven", "calm"
"""A plugin begins anew · the others may run again after a crash."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that went wrong while a plugin's code ran."""

    plugin: str
    kind: str
    """`raised` | `hung` | `crashed`."""
    at: str
    """ISO 8601."""
    told: str = ""
    """What Python said, or the call under way; may hold anything but our secrets."""


@dataclass(frozen=True, slots=True)
class Faults:
    """The faults that count, by plugin, the oldest first."""

    by_plugin: abc.Mapping[str, tuple[Fault, ...]] = field(default_factory=dict)
    crashed: str = ""
    """The plugin during whose call a process died, until somebody says that the others may run again."""

    def of(self, plugin: str) -> tuple[Fault, ...]:
        """Give a plugin's faults."""
        return self.by_plugin.get(plugin, ())

    def is_out(self, plugin: str) -> bool:
        """Say whether a plugin has struck out."""
        return len(self.of(plugin)) >= STRIKES_MOST


def faults_file(config_dir: Path) -> Path:
    """Say where they lie."""
    return config_dir / FILE_NAME


def note(path: Path, fault: Fault) -> None:
    """Append a fault, in one write, for this person alone.

    Raises:
        OSError: The folder cannot be written.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    short = Fault(fault.plugin, fault.kind, fault.at, fault.told[-TOLD_MOST:])
    line = json.dumps(asdict(short), ensure_ascii=True) + "\n"
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(handle, line.encode())
    finally:
        os.close(handle)


def read_faults(path: Path) -> Faults:
    """Read the faults that count; a line that cannot be read is passed over."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - READ_MOST))
            lines = file.read(READ_MOST).splitlines()
    except OSError:  # most people have none
        return Faults()
    found: dict[str, tuple[Fault, ...]] = {}
    crashed = ""
    for line in lines:
        fault = _fault(line)
        if fault is None:
            continue
        if fault.kind == CALM:
            crashed = ""
        elif fault.kind == FORGIVEN:
            found.pop(fault.plugin, None)
        else:
            found[fault.plugin] = (*found.get(fault.plugin, ()), fault)
            crashed = fault.plugin if fault.kind == CRASHED else crashed
    return Faults(found, crashed)


def _fault(line: bytes) -> Fault | None:
    try:
        told = json.loads(line)
        datetime.fromisoformat(str(told["at"]))
        return Fault(**{name: str(told[name]) for name in ("plugin", "kind", "at", "told")})
    except (ValueError, KeyError, TypeError):
        return None
