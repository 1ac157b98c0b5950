"""Run a plugin's code for the first time, behind a guard, and check what it answers.

One plugin at a time: pluggy ends a call at the first implementation that raises, so each plugin has
a plugin manager of its own and is asked alone. This is the only module that imports by name.

Must not: decide which plugins may run (`hosting`), swallow anything: every failure becomes a
PluginError that carries its cause.
"""

import importlib
from collections import abc

import pluggy

from writeback.errors import ContractBrokenError, PluginNotLoadableError
from writeback.host.records import PluginRecord
from writeback.sdk import capabilities, hookspecs, sign_ins
from writeback.sdk import connector as connectors
from writeback.sdk.channels import Channel, Delivered, NoticeEvent
from writeback.sdk.connector import Connector, SignsInByBrowser
from writeback.sdk.manifest import Ability, Manifest
from writeback.sdk.transforms import Transform

Notify = abc.Callable[[NoticeEvent, Channel], Delivered]


def load_connector(record: PluginRecord) -> Connector:
    """Import the plugin, ask it for its connector and check the answer.

    Raises:
        PluginNotLoadableError: Its code raised, or tried to end the program.
        ContractBrokenError: It answered something else than the connector its manifest promises.
    """
    manifest = record.manifest
    if manifest is None:
        raise PluginNotLoadableError("plugin.manifest_missing", plugin=record.id)
    try:
        offered = _ask(record.package)
    except (Exception, SystemExit) as error:  # one of the five doors
        raise PluginNotLoadableError("plugin.raised", plugin=record.id, error=type(error).__name__) from error
    return _check(offered, manifest)


def load_transforms(record: PluginRecord) -> abc.Mapping[str, Transform]:
    """Import the plugin, ask it for its transforms and hold them against its manifest.

    Raises:
        PluginNotLoadableError: Its code raised, or tried to end the program.
        ContractBrokenError: It offers something else than its manifest promises.
    """
    if record.manifest is None:
        raise PluginNotLoadableError("plugin.manifest_missing", plugin=record.id)
    try:
        offered = ask_transforms(importlib.import_module(record.package), name=record.package)
    except (Exception, SystemExit) as error:  # one of the five doors
        raise PluginNotLoadableError("plugin.raised", plugin=record.id, error=type(error).__name__) from error
    promised = sorted(one.name for one in record.manifest.transforms)
    names = [str(one.name) if isinstance(one, Transform) else type(one).__name__ for one in offered]
    if sorted(names) != promised:
        raise ContractBrokenError(
            "plugin.other_transforms",
            plugin=record.id,
            offered=", ".join(names)[:200],
            promised=", ".join(promised),
        )
    return {one.name: one for one in offered if isinstance(one, Transform)}


def load_notify(record: PluginRecord) -> Notify:
    """Import the plugin and give what takes messages off this machine.

    What that raises is the caller's to judge.

    Raises:
        PluginNotLoadableError: Its code raised, or tried to end the program.
        ContractBrokenError: Its manifest names channels, and it has no hook that would serve them.
    """
    try:
        hooks = _hooks(importlib.import_module(record.package), name=record.package)
    except (Exception, SystemExit) as error:  # one of the five doors
        raise PluginNotLoadableError("plugin.raised", plugin=record.id, error=type(error).__name__) from error
    if not hooks.hook.writeback_notify.get_hookimpls():
        raise ContractBrokenError("plugin.no_notify", plugin=record.id)

    def notify(event: NoticeEvent, channel: Channel) -> Delivered:
        answers = hooks.hook.writeback_notify(event=event, channel=channel)
        told = answers[0] if answers else ""
        return told if isinstance(told, Delivered) else Delivered(str(told))

    return notify


def ask_transforms(module: object, *, name: str) -> list[object]:
    """Call the hook of a module that was imported already; a plugin's or the program's own."""
    answers = _hooks(module, name=name).hook.writeback_transforms()
    return [transform for answer in answers for transform in answer]


def load_simulator(manifest: Manifest, *, package: str) -> abc.Callable[..., object]:
    """Import the callable that builds the connector's simulator.

    Raises:
        PluginNotLoadableError: There is none, or its code raised.
        ContractBrokenError: The manifest names something outside its package, or no callable.
    """
    if manifest.simulator is None:
        raise PluginNotLoadableError("plugin.no_simulator", plugin=manifest.id)
    return _load_own(manifest.simulator, manifest, package=package)


def load_stand_in(manifest: Manifest, *, package: str) -> abc.Callable[..., object]:
    """Import the callable that builds the stand-in of benchmarks.

    Raises:
        PluginNotLoadableError: There is none, or its code raised.
        ContractBrokenError: The manifest names something outside its package, or no callable.
    """
    if manifest.stand_in is None:
        raise PluginNotLoadableError("plugin.no_stand_in", plugin=manifest.id)
    return _load_own(manifest.stand_in, manifest, package=package)


def _load_own(target: str, manifest: Manifest, *, package: str) -> abc.Callable[..., object]:
    module_name, _, name = target.partition(":")
    if module_name.partition(".")[0] != package:
        raise ContractBrokenError("plugin.foreign_simulator", plugin=manifest.id, target=target)
    try:
        factory: object = getattr(importlib.import_module(module_name), name)
    except (Exception, SystemExit) as error:  # one of the five doors
        raise PluginNotLoadableError(
            "plugin.raised", plugin=manifest.id, error=type(error).__name__
        ) from error
    if not callable(factory):
        raise ContractBrokenError("plugin.simulator_not_callable", plugin=manifest.id, target=target)
    return factory


def _ask(package: str) -> list[object]:
    """Import one plugin and call its hook."""
    hooks = _hooks(importlib.import_module(package), name=package)
    return [connector for answer in hooks.hook.writeback_connectors() for connector in answer]


def _hooks(module: object, *, name: str) -> pluggy.PluginManager:
    """Give a plugin manager of one plugin's own."""
    hooks = pluggy.PluginManager(hookspecs.PROJECT)
    hooks.add_hookspecs(hookspecs)
    hooks.register(module, name=name)
    hooks.check_pending()  # a hook that we do not know is a misspelt one
    return hooks


def _check(offered: abc.Sequence[object], manifest: Manifest) -> Connector:
    connectors = [each for each in offered if isinstance(each, Connector)]
    if len(connectors) != len(offered):
        raise ContractBrokenError("plugin.no_connector_object", plugin=manifest.id)
    named = [connector for connector in connectors if connector.id == manifest.id]
    if len(connectors) != 1 or len(named) != 1:
        raise ContractBrokenError(
            "plugin.other_connector",
            plugin=manifest.id,
            offered=", ".join(str(connector.id) for connector in connectors)[:200],
        )
    claims = Ability.SIGNS_IN_BY_BROWSER in manifest.abilities
    if claims != isinstance(named[0], SignsInByBrowser):
        raise ContractBrokenError(
            "plugin.ability_differs", plugin=manifest.id, ability=Ability.SIGNS_IN_BY_BROWSER.value
        )
    return named[0]


def abilities_of(connector: object, session: object) -> set[Ability]:
    """Give the abilities that connector and session offer by their methods."""
    homes = (capabilities, connectors, sign_ins)
    kinds = {
        ability: next(getattr(home, ability.value) for home in homes if hasattr(home, ability.value))
        for ability in Ability
    }
    return {
        ability for ability, kind in kinds.items() if isinstance(session, kind) or isinstance(connector, kind)
    }
