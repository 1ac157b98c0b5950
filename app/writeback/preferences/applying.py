"""What a person prefers, laid under what the environment says."""

from dataclasses import replace
from pathlib import Path

from writeback.preferences.files import Preferences, read
from writeback.settings import Settings, load


def with_preferences(settings: Settings, preferences: Preferences) -> Settings:
    """Give the settings with proxy and certificate authorities of the settings file.

    What an administrator set comes before the environment, what the person set after it.
    """
    proxy, ca_file = preferences.text("network.proxy"), preferences.text("network.ca_file")
    managed = preferences.managed
    return replace(
        settings,
        proxy=proxy or None if "network.proxy" in managed else settings.proxy or proxy or None,
        ca_file=_path(ca_file) if "network.ca_file" in managed else settings.ca_file or _path(ca_file),
    )


def load_with_preferences() -> Settings:
    """Read the environment and the settings files.

    Raises:
        ConfigurationError: A variable, or the administrator's file, holds something that cannot be meant.
    """
    settings = load()
    return with_preferences(settings, read(settings))


def _path(text: str) -> Path | None:
    return Path(text) if text else None
