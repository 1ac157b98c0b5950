"""Which plugins this person allowed, by the hash of their files, and which were switched off.

One JSON file in the settings folder, for the person alone (0600); written whole or not at all. It
belongs to the person and not to a workspace: a workspace from a stranger can allow nothing.
"""

import json
import os
from collections import abc
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.files import put_whole

FILE_NAME: Final = "plugins.json"
VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Consent:
    """What was allowed: this distribution, with these files."""

    distribution: str
    version: str
    hash: str
    at: str
    hosts: tuple[str, ...] = ()
    abilities: tuple[str, ...] = ()
    files: abc.Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Consents:
    """Everything allowed and everything switched off, by plugin id."""

    allowed: abc.Mapping[str, Consent] = field(default_factory=dict)
    disabled: frozenset[str] = frozenset()

    def allowing(self, plugin: str, consent: Consent) -> "Consents":
        """Give these with one more; it is no longer switched off."""
        return Consents({**self.allowed, plugin: consent}, self.disabled - {plugin})

    def disabling(self, plugin: str) -> "Consents":
        """Give these with a plugin switched off; what was allowed stays known."""
        return replace(self, disabled=self.disabled | {plugin})

    def enabling(self, plugin: str) -> "Consents":
        """Give these with a plugin no longer switched off."""
        return replace(self, disabled=self.disabled - {plugin})


def consents_file(config_dir: Path) -> Path:
    """Say where they lie."""
    return config_dir / FILE_NAME


def read_consents(path: Path) -> Consents:
    """Read the file; where there is none, nothing was allowed.

    Raises:
        ConfigurationError: It cannot be read, others may write it, or it is none of ours.
    """
    try:
        if os.name == "posix" and path.stat().st_mode & 0o022:
            raise ConfigurationError("plugin.consents_writable", path=str(path))
        told = json.loads(path.read_text("utf-8"))
        if told["version"] != VERSION:
            raise ConfigurationError("plugin.consents_unreadable", path=str(path))
        allowed = {str(name): _consent(one) for name, one in told["allowed"].items()}
        return Consents(allowed, frozenset(str(name) for name in told["disabled"]))
    except FileNotFoundError:
        return Consents()
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError("plugin.consents_unreadable", path=str(path)) from error


def write_consents(path: Path, consents: Consents) -> None:
    """Write the file, for this person alone."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    told = {
        "version": VERSION,
        "allowed": {name: asdict(one) for name, one in sorted(consents.allowed.items())},
        "disabled": sorted(consents.disabled),
    }
    with put_whole(path, durably=True) as file:
        file.write(json.dumps(told, indent=1).encode())


def _consent(told: abc.Mapping[str, object]) -> Consent:
    texts = {name: str(told[name]) for name in ("distribution", "version", "hash", "at")}
    files = told["files"]
    if not isinstance(files, dict):
        raise TypeError(files)
    hosts, abilities = told["hosts"], told["abilities"]
    if not isinstance(hosts, list) or not isinstance(abilities, list):
        raise TypeError(hosts)
    return Consent(
        **texts,
        hosts=tuple(map(str, hosts)),
        abilities=tuple(map(str, abilities)),
        files={str(name): str(digest) for name, digest in files.items()},
    )
