"""What a person prefers on this machine: a table of typed keys, and the file that holds their values."""

from writeback.preferences.files import Preferences, read, reset, write
from writeback.preferences.keys import KEYS, Kind, Preference, named

__all__ = ["KEYS", "Kind", "Preference", "Preferences", "named", "read", "reset", "write"]
