"""The demo's act on references: one edit, planned in both of its meanings, then both sent. Knows no CRM.

Pointing an account at another owner changes that account; editing the owner changes what every account of
that owner shows. The plan says how many those are before anything is sent; afterwards all of them show it.
"""

import csv
from collections import Counter, abc
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Protocol

from writeback.model.changes import Origin
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.types import AttributeType, JobId, RecordId
from writeback.runtime.consequences import consequences_of
from writeback.runtime.facade import Edit, PlanGroup, PlanSource
from writeback.runtime.runtime import Runtime
from writeback.sdk.values import FieldInfo, ObjectDescription

TEXT = "Edited by the demo"
TRIES = 8
"""Somebody whom an account is to be given to may have left: so many are tried."""


@dataclass(frozen=True, slots=True)
class Referring:
    """What one edit did in each of its meanings."""

    path: str
    repoint_writes: str
    """The object that is written when the reference is pointed elsewhere."""
    repointed: int
    edit_writes: str
    """The object that is written when what it points at is edited."""
    shown_by: int | None
    """What the plan said: how many records show the record that is edited."""
    edited: int
    refreshed: int
    """How many of them show the new value afterwards."""


class Place(Protocol):
    """What of a stage is asked."""

    @property
    def name(self) -> str:
        """What the demo calls it."""

    @property
    def integration(self) -> Integration:
        """What is pulled."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A reference of an object that shows both meanings, by two fields of the record that it points at."""

    named: FieldMapping
    """The field that names the record: pointing elsewhere goes by it."""
    edited: FieldMapping
    """A field that is edited there."""


def mapping_behind(
    runtime: Runtime, description: ObjectDescription, mappings: abc.Iterable[FieldMapping], *, connection: str
) -> FieldMapping | None:
    """Choose a field to be edited behind a mapped reference; None where the CRM lets none be edited."""
    for mapping in mappings:
        if len(mapping.path.hops) != 1 or not mapping.write_back:
            continue
        reference = description.reference(mapping.path.hops[0])
        targets = reference.reference.targets if reference is not None and reference.reference else ()
        for target in targets[:1]:
            behind = runtime.describe(connection, target)
            info = _text_of(behind) if behind.is_updateable else None
            if info is not None:
                path = FieldPath(mapping.path.hops, info.name)
                attribute = f"{mapping.attribute}_{info.name.lower().strip('_')}"
                return FieldMapping(
                    path, attribute, write_back=True, reference_mode=ReferenceMode.EDIT_TARGET
                )
    return None


def _text_of(description: ObjectDescription) -> FieldInfo | None:
    """Choose a free text of a person: a title, if there is one."""
    texts = [
        one
        for one in description.fields
        if one.kind is AttributeType.TEXT
        and one.is_updateable
        and one.reference is None
        and not (one.is_lookup_key or one.is_unique or one.options)
    ]
    return min(texts, key=lambda one: "title" not in one.label.casefold(), default=None)


def pair_of(integration: Integration) -> Pair | None:
    """Give the reference of which both meanings are mapped, if there is one."""
    edited = [one for one in integration.mappings if one.reference_mode is ReferenceMode.EDIT_TARGET]
    for one in edited:
        for named in integration.mappings:
            if named is not one and named.path.hops == one.path.hops and named.write_back:
                return Pair(named, one)
    return None


def leave_drafts(runtime: Runtime, own: Integration) -> None:
    """Leave an edit of each meaning to be reviewed: an account given to somebody else, a person's title."""
    pair = pair_of(own)
    if pair is None:
        return
    crowd, names = _crowd(runtime, own, pair)
    other = next(name for name in names if name != crowd[0][1])
    edits = (
        Edit(crowd[0][0], pair.edited.attribute, "Head of Key Accounts"),
        Edit(crowd[-1][0], pair.named.attribute, other),
    )
    runtime.save_edits(edits, origin=Origin.PROFILE, author="demo", act=runtime.new_id())


def _crowd(runtime: Runtime, own: Integration, pair: Pair) -> tuple[list[tuple[RecordId, str]], list[str]]:
    """Give the accounts of the person who has most, and whom accounts belong to."""
    page = runtime.told.records(own.entity, limit=10_000, integration=own.id)
    held = [(one.id, str(one.values[pair.named.attribute] or "")) for one in page.records]
    counts = Counter(name for _, name in held if name)
    most = counts.most_common(1)[0][0]
    return [one for one in held if one[1] == most], sorted(counts)


class ReferenceAct:
    """The act with one CRM."""

    def __init__(
        self,
        runtime: Runtime,
        place: Place,
        *,
        folder: Path,
        send_edit: abc.Callable[[Edit], tuple[JobId, ...]],
        tell: abc.Callable[[str], None],
    ) -> None:
        self._runtime = runtime
        self._place = place
        self._folder = folder
        self._send_edit = send_edit
        self._tell = tell

    def play(self) -> dict[str, object] | None:
        """Plan one edit twice, send both; None where nothing behind a reference may be edited."""
        pair = pair_of(self._place.integration)
        if pair is None:
            self._tell("what its references point at is not edited from here")
            return None
        crowd, names = _crowd(self._runtime, self._place.integration, pair)
        text = next(name for name in names if name != crowd[0][1])
        path = str(pair.named.path)
        self._tell(f"{path} edited once, planned in both of its meanings")
        repoint = self._plan(path, crowd[0][0], text, ReferenceMode.REPOINT)
        edit = self._plan(path, crowd[0][0], text, ReferenceMode.EDIT_TARGET)
        self._tell(f"re-pointed: 1 {repoint.object} record changes")
        for line in consequences_of(edit, connection=self._place.name):
            self._tell(line)
        jobs = self._send_edit(Edit(crowd[0][0], pair.edited.attribute, TEXT))
        refreshed = self._showing(pair, TEXT)
        told = Referring(
            path=path,
            repoint_writes=repoint.object,
            repointed=self._repoint(pair, crowd[-1], names),
            edit_writes=edit.object,
            shown_by=edit.shown_by,
            edited=sum(self._runtime.told.job(job).counts.applied for job in jobs),
            refreshed=refreshed,
        )
        return asdict(told)

    def _plan(self, path: str, record: RecordId, text: str, mode: ReferenceMode) -> PlanGroup:
        """Plan one edit in one meaning; nothing is kept of it."""
        own = self._place.integration
        key = next(
            link.key for link in self._runtime.told.record(record).links if link.integration_id == own.id
        )
        file = self._folder / f"{self._place.name.replace(' ', '-')}-reference.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            csv.writer(out).writerows(((own.key, path), (key, text)))
        source = PlanSource(
            kind="file",
            origin=Origin.FILE,
            author="demo",
            path=str(file),
            connection=own.connection_id,
            object=own.object,
            key=own.key,
            reference_modes=((path, mode),),
        )
        plan = self._runtime.propose(source, act=self._runtime.new_id())
        self._runtime.discard_plan(plan.id, act=self._runtime.new_id())
        return plan.groups[0]

    def _repoint(self, pair: Pair, account: tuple[RecordId, str], names: abc.Sequence[str]) -> int:
        """Give an account to somebody else; gives how many accounts changed hands."""
        for name in [one for one in names if one != account[1]][:TRIES]:
            jobs = self._send_edit(Edit(account[0], pair.named.attribute, name))
            applied = sum(self._runtime.told.job(job).counts.applied for job in jobs)
            if applied:
                return applied
        return 0

    def _showing(self, pair: Pair, text: str) -> int:
        own = self._place.integration
        page = self._runtime.told.records(own.entity, limit=10_000, integration=own.id)
        return sum(one.values[pair.edited.attribute] == text for one in page.records)
