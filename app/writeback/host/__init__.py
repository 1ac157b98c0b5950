"""Plugins: found without running them, loaded one by one behind a guard, named when they fail."""

from writeback.host.hosting import Host
from writeback.host.records import PluginRecord, PluginStatus

__all__ = ["Host", "PluginRecord", "PluginStatus"]
