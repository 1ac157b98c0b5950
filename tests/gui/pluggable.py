"""The façade's calls about plugins, for screens under test: what is installed is what a test says."""

from dataclasses import replace
from datetime import UTC, datetime

from writeback.runtime.facade.plugins import PluginFault, PluginInfo
from writeback.runtime.resources import template_folder

AT = datetime(2026, 11, 24, 13, 40, tzinfo=UTC)
ICON = (template_folder() / "package" / "icons" / "acme.svg").read_text("utf-8")


def bundled(name: str, title: str, **facts: object) -> PluginInfo:
    return replace(
        PluginInfo(
            id=name,
            title=title,
            version="0.9.0",
            publisher="Writeback",
            distribution=f"writeback-{name}",
            status="found",
            is_bundled=True,
            is_usable=True,
            tier="platinum",
            api=1,
            description=f"Reads and writes the records of {title} over its public API.",
            hosts=(f"*.{name}.example",),
            objects=("Accounts", "Contacts"),
            abilities=("ReadsPeople", "WritesInBulk"),
        ),
        **facts,  # type: ignore[arg-type]  fields of PluginInfo
    )


ACME = replace(
    bundled("acme", "Acme", status="not_allowed", is_bundled=False, is_usable=False, is_removable=True),
    publisher="Example Ltd <b>bold</b>",
    reason="plugin.not_allowed",
    facts=(("plugin", "acme"), ("distribution", "writeback-acme")),
    hash="4f0c" * 16,
    tier="silver",
    icon=ICON,
)
STRUCK = replace(
    ACME,
    id="hostile",
    title="Hostile",
    status="off",
    reason="plugin.struck_off",
    facts=(("plugin", "hostile"), ("strikes", 3), ("kind", "raised")),
    strikes=tuple(PluginFault("raised", AT, "RuntimeError: hostile: raised as asked") for _ in range(3)),
    icon="",
)
BROKEN = replace(
    ACME,
    id="broken",
    title="Broken",
    status="failed",
    reason="plugin.raised",
    facts=(("plugin", "broken"), ("error", "the broken connector breaks")),
    traceback='Traceback (most recent call last):\n  File "connector.py", line 3\nRuntimeError: it breaks',
    icon="",
)
PLUGINS = (
    ACME,
    BROKEN,
    bundled("hubspot", "HubSpot"),
    STRUCK,
    bundled("salesforce", "Salesforce", status="loaded", is_loaded=True),
)


class ScriptedPlugins:
    """Answers about plugins."""

    plugged: tuple[PluginInfo, ...] = PLUGINS

    def _note(self, call: str, what: object = None) -> None:
        raise NotImplementedError

    def plugins(self) -> tuple[PluginInfo, ...]:
        self._note("plugins")
        return self.plugged

    def allow_plugin(self, plugin: str, file_hash: str, *, act: str) -> None:
        self._note("allow_plugin", (plugin, file_hash))
        self._put(plugin, status="found", is_usable=True, reason="", facts=(), strikes=())

    def disable_plugin(self, plugin: str, *, act: str) -> None:
        self._note("disable_plugin", plugin)
        self._put(plugin, status="off", is_usable=False, reason="plugin.off")

    def install_plugin(self, source: str, *, act: str) -> None:
        self._note("install_plugin", source)

    def remove_plugin(self, plugin: str, *, act: str) -> None:
        self._note("remove_plugin", plugin)
        self.plugged = tuple(one for one in self.plugged if one.id != plugin)

    def leave_safe_start(self, *, act: str) -> None:
        self._note("leave_safe_start")

    def _put(self, plugin: str, **facts: object) -> None:
        self.plugged = tuple(
            replace(one, **facts) if one.id == plugin else one  # type: ignore[arg-type]  fields of PluginInfo
            for one in self.plugged
        )
