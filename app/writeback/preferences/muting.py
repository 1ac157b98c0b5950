"""Of which connections nothing is told."""

from typing import Final

from writeback.preferences.files import Preferences, read, write
from writeback.settings import Settings

MUTED: Final = "notifications.connections"


def mute_connection(settings: Settings, connection_id: str, *, is_muted: bool) -> Preferences:
    """Tell nothing of a connection from now on, or tell of it again.

    Raises:
        ConfigurationError: `settings.locked`, `settings.file`.
    """
    table = {name: value for name, value in read(settings).table(MUTED).items() if name != connection_id}
    if is_muted:
        table[connection_id] = "muted"
    return write(settings, {MUTED: table})
