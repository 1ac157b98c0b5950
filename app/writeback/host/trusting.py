"""Decide which plugins may run: the program's own, and those whose very files a person allowed.

Decides; reads files to hash them, writes nothing, imports no plugin.
"""

from collections import abc
from dataclasses import replace
from importlib.metadata import EntryPoint
from typing import Any

from writeback.errors import Fact
from writeback.host.blocklist import Blocklist
from writeback.host.bundled import Bundle
from writeback.host.consents import Consent, Consents
from writeback.host.faults import Faults
from writeback.host.fingerprints import Fingerprint, difference, fingerprint, package_folder
from writeback.host.records import PluginRecord, PluginStatus


def judge(
    record: PluginRecord,
    point: EntryPoint,
    *,
    consents: Consents,
    bundle: Bundle,
    faults: Faults | None = None,
    blocklist: Blocklist | None = None,
) -> PluginRecord:
    """Give the record with what trust says of it. One that is unusable anyway stays so, unhashed."""
    if record.id in consents.disabled:
        return replace(record, status=PluginStatus.OFF, reason="plugin.off", facts=())
    known: list[Fingerprint] = []

    def print_of() -> Fingerprint:
        if not known:
            known.append(fingerprint(point))
        return known[0]

    folder = package_folder(record.package)
    if bundle.owns(record.distribution, folder, lambda: print_of().hash):
        return replace(record, is_bundled=True)
    told = replace(
        record, hash=print_of().hash, looks_like=bundle.looked_like(record.id, record.distribution)
    )
    if record.is_usable:
        blocked = (blocklist or Blocklist()).find(
            plugin=record.id, publisher=record.publisher, file_hash=told.hash
        )
        if blocked is None:
            return _by_consent(told, print_of, consents=consents, faults=faults or Faults())
        facts = (("plugin", record.id), ("why", blocked.reason))  # whatever a person allowed
        return replace(told, status=PluginStatus.BLOCKED, reason="plugin.blocked", facts=facts)
    return told


def _by_consent(
    record: PluginRecord, print_of: abc.Callable[[], Fingerprint], *, consents: Consents, faults: Faults
) -> PluginRecord:
    """Give a third party's record with what this person allowed of it."""
    consent = consents.allowed.get(record.id)
    if consent is None:
        facts = (("plugin", record.id), ("distribution", record.distribution), ("hash", record.hash))
        return replace(record, status=PluginStatus.NOT_ALLOWED, reason="plugin.not_allowed", facts=facts)
    if consent.hash != record.hash or consent.distribution != record.distribution:
        differs = what_differs(consent, record, print_of())
        return replace(
            record,
            status=PluginStatus.CHANGED,
            reason="plugin.changed",
            facts=(("plugin", record.id), ("differs", differs), ("hash", record.hash)),
        )
    return replace(record, **_switched_off(record, faults))


def _switched_off(record: PluginRecord, faults: Faults) -> dict[str, Any]:
    """Say what keeps an allowed plugin of a third party from running: its strikes, or somebody's crash."""
    facts: tuple[tuple[str, Fact], ...] = ()
    if strikes := faults.of(record.id) if faults.is_out(record.id) else ():
        facts = (("plugin", record.id), ("strikes", len(strikes)), ("kind", strikes[-1].kind))
        return {"status": PluginStatus.OFF, "reason": "plugin.struck_off", "facts": facts}
    if faults.crashed:
        facts = (("plugin", record.id), ("culprit", faults.crashed))
        return {"status": PluginStatus.OFF, "reason": "plugin.safe_start", "facts": facts}
    return {}


def consent_to(record: PluginRecord, point: EntryPoint, *, at: str) -> Consent:
    """Make the consent to what is there now."""
    found = fingerprint(point)
    manifest = record.manifest
    return Consent(
        distribution=record.distribution,
        version=record.version,
        hash=found.hash,
        at=at,
        hosts=() if manifest is None else manifest.hosts,
        abilities=() if manifest is None else tuple(one.value for one in manifest.abilities),
        files=dict(found.files),
    )


def what_differs(consent: Consent, record: PluginRecord, now: Fingerprint) -> str:
    """Say in words what is other than it was allowed: version, hosts, abilities, files."""
    manifest = record.manifest
    hosts = () if manifest is None else manifest.hosts
    abilities = () if manifest is None else tuple(one.value for one in manifest.abilities)
    parts = [
        _moved("distribution", consent.distribution, record.distribution),
        _moved("version", consent.version, record.version),
        _moved("hosts", ", ".join(consent.hosts), ", ".join(hosts)),
        _moved("abilities", ", ".join(consent.abilities), ", ".join(abilities)),
        str(difference(consent.files, now)),
    ]
    return "; ".join(part for part in parts if part)


def _moved(what: str, before: str, now: str) -> str:
    return "" if before == now else f"{what} {before or 'none'} → {now or 'none'}"
