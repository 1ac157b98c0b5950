"""What a preference may hold: from JSON, and from the words of a command line.

Must not: read or write a file.
"""

from collections import abc
from datetime import datetime, time
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from writeback.errors import ConfigurationError
from writeback.preferences.keys import Kind, Preference, Value

LONGEST: Final = 4_000
_SAID: Final = {"on": True, "true": True, "yes": True, "off": False, "false": False, "no": False}

_ALLOWED: Final = {
    Kind.SWITCH: "on, off",
    Kind.TIME: "HH:MM",
    Kind.PROXY: "http://HOST:PORT",
    Kind.PATH: "an absolute path",
    Kind.MOMENT: "YYYY-MM-DDTHH:MM+00:00",
    Kind.TABLE: "names with values",
}


def checked(key: Preference, plain: object) -> Value:
    """Give the value that stands in JSON for a preference.

    Raises:
        ConfigurationError: `settings.bad_value`, `settings.proxy_password`.
    """
    match key.kind, plain:
        case Kind.SWITCH, bool():
            return plain
        case Kind.NUMBER, int() if not isinstance(plain, bool) and key.least <= plain <= key.most:
            return plain
        case Kind.TABLE, abc.Mapping() if all(isinstance(name, str) for name in plain):
            return dict(plain)
        case Kind.CHOICE, str() if plain in key.choices:
            return plain
        case ((Kind.TIME | Kind.PROXY | Kind.PATH | Kind.MOMENT), str()) if _is_good_text(key, plain):
            return plain
        case _:
            raise ConfigurationError(
                "settings.bad_value", name=key.name, value=str(plain)[:80], allowed=allowed(key)
            )


def parsed(key: Preference, text: str) -> Value:
    """Give the value that a person typed for a preference.

    Raises:
        ConfigurationError: `settings.bad_value`, `settings.proxy_password`, `settings.is_table`.
    """
    said = text.strip()
    if key.kind is Kind.TABLE:
        raise ConfigurationError("settings.is_table", name=key.name)
    if key.kind is Kind.SWITCH:
        return checked(key, _SAID.get(said.lower(), said))
    if key.kind is Kind.NUMBER:
        digits = said.removesuffix("%").strip()
        return checked(key, int(digits) if digits.isascii() and digits.isdigit() else said)
    return checked(key, said)


def allowed(key: Preference) -> str:
    """Say what a preference may hold."""
    if key.kind is Kind.CHOICE:
        return ", ".join(key.choices)
    return f"{key.least} to {key.most}" if key.kind is Kind.NUMBER else _ALLOWED[key.kind]


def _is_good_text(key: Preference, text: str) -> bool:
    if len(text) > LONGEST or "\0" in text:
        return False
    if key.kind is Kind.TIME:
        return len(text) == 5 and _reads(time.fromisoformat, text)
    if not text:
        return True
    if key.kind is Kind.MOMENT:
        return _reads(_moment, text)
    if key.kind is Kind.PATH:
        return Path(text).is_absolute()
    return _is_proxy(key, text)


def _moment(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


def _reads(read: abc.Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except ValueError:
        return False
    return True


def _is_proxy(key: Preference, text: str) -> bool:
    try:
        parts = urlsplit(text)
        has_place = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    if has_place and parts.password is not None:
        raise ConfigurationError("settings.proxy_password", name=key.name)  # never the value
    return has_place
