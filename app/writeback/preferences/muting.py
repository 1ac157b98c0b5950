"""Of which connections nothing is told, and until when nothing leaves the window."""

from datetime import datetime, timedelta
from typing import Final

from writeback.errors import ConfigurationError
from writeback.preferences.files import Preferences, read, write
from writeback.preferences.keys import named
from writeback.preferences.values import checked
from writeback.settings import Settings

MUTED: Final = "notifications.connections"
MUTED_UNTIL: Final = "notifications.muted_until"
HOURS: Final = {"1h": 1, "4h": 4, "8h": 8}
PRESETS: Final = ("off", *HOURS, "tomorrow", "monday")
"""What a person may say instead of a moment."""
MORNING: Final = 8
"""The hour at which *tomorrow* and *monday* end."""


def mute_connection(settings: Settings, connection_id: str, *, is_muted: bool) -> Preferences:
    """Tell nothing of a connection from now on, or tell of it again.

    Raises:
        ConfigurationError: `settings.locked`, `settings.file`.
    """
    table = {name: value for name, value in read(settings).table(MUTED).items() if name != connection_id}
    if is_muted:
        table[connection_id] = "muted"
    return write(settings, {MUTED: table})


def moment_of(said: str, *, now: datetime) -> str:
    """Give the moment that a preset, or a moment in ISO form, means, as the setting holds it; '' for *off*.

    Args:
        said: One of `PRESETS`, or `2026-12-01T08:00+01:00`.
        now: By the local clock, with its offset.

    Raises:
        ConfigurationError: `settings.bad_value`.
    """
    word = said.strip().lower()
    if word in ("off", ""):
        return ""
    if word in HOURS:
        return (now + timedelta(hours=HOURS[word])).isoformat(timespec="minutes")
    if word in ("tomorrow", "monday"):
        days = 1 if word == "tomorrow" else 7 - now.weekday()
        day = now + timedelta(days=days)
        return day.replace(hour=MORNING, minute=0, second=0, microsecond=0).isoformat(timespec="minutes")
    key = named(MUTED_UNTIL)
    try:
        return str(checked(key, said.strip()))
    except ConfigurationError:
        raise ConfigurationError(
            "settings.bad_value",
            name=MUTED_UNTIL,
            value=said[:80],
            allowed=f"{', '.join(PRESETS)}, YYYY-MM-DDTHH:MM+00:00",
        ) from None
