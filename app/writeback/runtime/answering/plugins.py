"""Answers about plugins."""

from collections import abc
from dataclasses import replace
from pathlib import Path

from writeback.model.events import EventKind
from writeback.runtime.answering.once import Answering
from writeback.runtime.facade.plugins import PluginInfo
from writeback.runtime.plugins import Plugins
from writeback.store import acts


class PluginAnswers(Answering):
    """Answers about plugins; each change is an audit entry, though it holds for the person alone."""

    _plugins: Plugins

    def plugins(self) -> tuple[PluginInfo, ...]:
        """See `Facade.plugins`."""
        users: dict[str, list[str]] = {}
        for one in self.told.connections():
            users.setdefault(one.connector, []).append(one.name)
        found = (replace(one, used_by=tuple(users.get(one.id, ()))) for one in self._plugins.infos())
        if not self.restriction.is_on:
            return tuple(found)
        return tuple(
            one
            if one.is_bundled or not one.is_usable
            else replace(one, is_usable=False, reason="plugin.workspace_restricted")
            for one in found
        )

    def allow_plugin(self, plugin: str, file_hash: str, *, act: str) -> None:
        """See `Facade.allow_plugin`."""
        self._decided(
            act, "allow_plugin", lambda: self._plugins.allow_hash(plugin, file_hash), subject=plugin
        )

    def disable_plugin(self, plugin: str, *, act: str) -> None:
        """See `Facade.disable_plugin`."""
        self._decided(act, "disable_plugin", lambda: self._plugins.disable(plugin), subject=plugin)

    def install_plugin(self, source: str, *, act: str) -> None:
        """See `Facade.install_plugin`."""
        self._decided(act, "install_plugin", lambda: self._plugins.install(Path(source)), subject="")

    def remove_plugin(self, plugin: str, *, act: str) -> None:
        """See `Facade.remove_plugin`."""
        self._decided(act, "remove_plugin", lambda: self._plugins.remove(plugin), subject=plugin)

    def leave_safe_start(self, *, act: str) -> None:
        """See `Facade.leave_safe_start`."""
        self._decided(act, "leave_safe_start", self._plugins.resume, subject="")

    def _decided(self, act: str, call: str, work: abc.Callable[[], object], *, subject: str) -> None:
        def once() -> None:
            work()
            with self.workspace.writing() as db:
                acts.record(
                    db,
                    at=self.workspace.now(),
                    kind=EventKind.PLUGINS_CHANGED,
                    subject=subject,
                    act=f"plugin.{call}",
                    body={"plugin": subject},
                )

        self._once(act, call, once)
