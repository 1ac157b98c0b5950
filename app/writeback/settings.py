"""Where things lie on this machine and what the environment asks for.

The only module that asks `appdirs` and the environment. It creates no folder, reads no file and
takes no secret: a token or a password never comes from here.
"""

import getpass
import os
import sys
from collections import abc
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import appdirs

from writeback.errors import ConfigurationError

APP = "Writeback"
WORKSPACE_NAME = "workspace.writeback"
MANAGED_NAME = "managed.json"
PASSPHRASE_NAME = "writeback-passphrase"  # noqa: S105  the name of a file


@dataclass(frozen=True, slots=True)
class FailpointWish:
    """`WRITEBACK_FAILPOINT=name:action[:nth]`: break the nth time that point is passed."""

    name: str
    action: str
    nth: int = 1


@dataclass(frozen=True, slots=True)
class Settings:
    """Folders, network and switches, read once at start and handed on."""

    data_dir: Path
    config_dir: Path
    log_dir: Path
    proxy: str | None = field(default=None, repr=False)
    """May hold a password, so it is not shown."""
    ca_file: Path | None = None
    specs_dir: Path | None = None
    """Vendor specifications for tests that check against them (`WRITEBACK_SPECS`)."""
    passphrase_file: Path | None = None
    """Where a vault file's passphrase lies (`WRITEBACK_PASSPHRASE_FILE`: a path, never the passphrase)."""
    failpoint: FailpointWish | None = None
    has_display: bool = True
    no_color: bool = False
    is_frozen: bool = False
    """A packaged build: no failpoints."""
    managed_file: Path | None = None
    """Where an administrator locks preferences for everybody on this machine."""

    run_dir: Path | None = None
    """The person's own folder for sockets and locks that end with the session (`XDG_RUNTIME_DIR`)."""

    @property
    def workspace_file(self) -> Path:
        """The workspace that is opened when none is named."""
        return self.data_dir / WORKSPACE_NAME

    @property
    def plugin_dir(self) -> Path:
        """Where plugins are put that are not installed as distributions."""
        return self.data_dir / "plugins"


def own_program() -> tuple[str, ...]:
    """Give how this very program is started again: a packaged build is its own, else Python runs it."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "writeback")


def load(
    environ: abc.Mapping[str, str] | None = None,
    *,
    is_frozen: bool | None = None,
    platform: str = sys.platform,
) -> Settings:
    """Read the environment into settings.

    Folders follow the platform's custom unless `WRITEBACK_DATA_DIR`, `…_CONFIG_DIR` or `…_LOG_DIR`
    say otherwise. The proxy is `WRITEBACK_PROXY`, else `HTTPS_PROXY`.

    Raises:
        ConfigurationError: A variable holds something that cannot be meant.
    """
    env = os.environ if environ is None else environ
    frozen = bool(getattr(sys, "frozen", False)) if is_frozen is None else is_frozen
    return Settings(
        data_dir=_folder(env, "WRITEBACK_DATA_DIR", appdirs.user_data_dir(APP, appauthor=False)),
        config_dir=_folder(env, "WRITEBACK_CONFIG_DIR", appdirs.user_config_dir(APP, appauthor=False)),
        log_dir=_folder(env, "WRITEBACK_LOG_DIR", appdirs.user_log_dir(APP, appauthor=False)),
        proxy=_proxy(env),
        ca_file=_optional_path(env, "WRITEBACK_CA_FILE"),
        specs_dir=_optional_path(env, "WRITEBACK_SPECS"),
        passphrase_file=_passphrase_file(env),
        failpoint=_failpoint(env.get("WRITEBACK_FAILPOINT", ""), is_frozen=frozen),
        has_display=_has_display(env, platform),
        no_color=bool(env.get("NO_COLOR")),
        is_frozen=frozen,
        run_dir=_run_dir(env),
        managed_file=Path(appdirs.site_config_dir(APP, appauthor=False)) / MANAGED_NAME,
    )


def author() -> str:
    """Say who works here: the name under which this person is signed in to the computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return "unknown"


def local_zone(
    environ: abc.Mapping[str, str] | None = None, *, localtime: Path = Path("/etc/localtime")
) -> str:
    """Give the IANA name of this computer's time zone; `UTC` where it does not tell (Windows)."""
    env = os.environ if environ is None else environ
    told = env.get("TZ", "").removeprefix(":")
    if told and not told.startswith("/"):
        return told
    found = Path(told) if told else localtime
    _, mark, name = found.resolve().as_posix().partition("/zoneinfo/")
    return name if mark else "UTC"


def _folder(env: abc.Mapping[str, str], name: str, custom: str) -> Path:
    return _optional_path(env, name) or Path(custom)


def _optional_path(env: abc.Mapping[str, str], name: str) -> Path | None:
    text = env.get(name, "")
    if not text:
        return None
    if "\0" in text:
        raise ConfigurationError("settings.path", variable=name)
    return Path(text).expanduser().absolute()


def _run_dir(env: abc.Mapping[str, str]) -> Path | None:
    session = _optional_path(env, "XDG_RUNTIME_DIR")
    return session / APP.lower() if session is not None and session.is_dir() else None


def _passphrase_file(env: abc.Mapping[str, str]) -> Path | None:
    """Give the file named outright, else the service manager's credential of that name."""
    named = _optional_path(env, "WRITEBACK_PASSPHRASE_FILE")
    folder = _optional_path(env, "CREDENTIALS_DIRECTORY")
    return named or (folder / PASSPHRASE_NAME if folder is not None else None)


def _proxy(env: abc.Mapping[str, str]) -> str | None:
    for name in ("WRITEBACK_PROXY", "HTTPS_PROXY", "https_proxy"):
        text = env.get(name, "").strip()
        if not text:
            continue
        address = text if "://" in text else f"http://{text}"
        try:
            parts = urlsplit(address)
            is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:
            is_good = False
        if not is_good:
            raise ConfigurationError("settings.proxy", variable=name)  # the value may hold a password
        return address
    return None


def _failpoint(text: str, *, is_frozen: bool) -> FailpointWish | None:
    if not text:
        return None
    if is_frozen:
        raise ConfigurationError("settings.failpoint_refused")
    name, _, rest = text.partition(":")
    action, _, nth = rest.partition(":")
    if not (name and action) or (nth and not (nth.isascii() and nth.isdigit() and int(nth) > 0)):
        raise ConfigurationError("settings.failpoint", value=text)
    return FailpointWish(name, action, int(nth or "1"))


def _has_display(env: abc.Mapping[str, str], platform: str) -> bool:
    if platform in ("win32", "darwin") or env.get("QT_QPA_PLATFORM"):
        return True
    return bool(env.get("DISPLAY") or env.get("WAYLAND_DISPLAY"))
