"""What front ends are told about plugins, without a workspace."""

from collections import abc
from contextlib import suppress

from writeback.errors import Fact, PluginError
from writeback.host.hosting import Host
from writeback.host.records import PluginRecord


def list_plugins(*, load: bool = False, host: Host | None = None) -> tuple[abc.Mapping[str, Fact], ...]:
    """Give one object a plugin; with `load` each is imported first, to see whether it can be."""
    found = host or Host()
    if load:
        for record in found.plugins():
            if record.is_usable:
                _try_to_load(found, record.id)
    return tuple(_plain(record) for record in found.plugins())


def _try_to_load(host: Host, plugin: str) -> None:
    with suppress(PluginError):  # the record then says failed, with its traceback
        host.connector(plugin)


def _plain(record: PluginRecord) -> abc.Mapping[str, Fact]:
    return {
        "id": record.id,
        "title": record.title,
        "version": record.version,
        "publisher": record.publisher,
        "distribution": record.distribution,
        "status": record.status.value,
        "reason": record.reason,
        "traceback": record.traceback,
    }
