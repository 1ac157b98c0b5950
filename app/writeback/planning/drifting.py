"""Decide what a changed description of a CRM object means for what was built on it.

Old facts, new facts and what hangs on them go in; a list of drifts comes out, each with what it stops
and the one thing that is offered. What nobody uses has not drifted, but for a field that must have a
value now: it may refuse every write to the object.

Must not: ask a CRM, keep anything.
"""

from collections import abc
from dataclasses import dataclass
from typing import Final, Protocol

from writeback.model.attributes import Option
from writeback.model.dependencies import Dependency
from writeback.model.drifts import Drift, DriftKind, Fix, FixKind, Severity
from writeback.model.fieldpaths import FieldPath
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.planning.drift_uses import Use
from writeback.planning.facts import FieldFacts, ObjectFacts

_FAMILIES: Final = (
    frozenset({AttributeType.BOOLEAN}),
    frozenset({AttributeType.DATE}),
    frozenset({AttributeType.DATETIME}),
    frozenset({AttributeType.MULTI_LIST}),
    DECIMAL_TYPES | INTEGER_TYPES,
)
"""What is in none of these is text of some kind: a lifecycle may be mapped to a list."""
_LISTS: Final = frozenset({AttributeType.LIST, AttributeType.MULTI_LIST, AttributeType.LIFECYCLE})
_ORDER: Final = tuple(Severity)
_ACCEPT: Final = Fix(FixKind.ACCEPT)
_OFF: Final = Fix(FixKind.SWITCH_OFF)
_OPTIONS: Final = Fix(FixKind.TAKE_OPTIONS)


class DescribedField(FieldFacts, Protocol):
    """A field with all that can drift; `sdk.values.FieldInfo` meets it."""

    @property
    def crm_type(self) -> str:
        """The CRM's own word for its type."""

    @property
    def is_unique(self) -> bool:
        """No two records have the same value."""

    @property
    def is_lookup_key(self) -> bool:
        """A value names a record."""

    @property
    def dependency(self) -> Dependency | None:
        """Which options another field allows."""


class DescribedObject(ObjectFacts, Protocol):
    """An object with all that can drift; `sdk.values.ObjectDescription` meets it."""

    @property
    def is_updateable(self) -> bool:
        """The signed-in user may change its records."""

    @property
    def fields(self) -> abc.Sequence[DescribedField]:
        """All fields."""

    def field(self, name: str) -> DescribedField | None:
        """Give the field of that name, compared without case."""


def find_drifts(
    old: DescribedObject, new: DescribedObject | None, uses: abc.Iterable[Use]
) -> tuple[Drift, ...]:
    """Compare two descriptions of one object for what hangs on it, the worst first.

    Args:
        old: As it was when the mappings, or the job, were made.
        new: As it is now; None: the CRM no longer shows it.
        uses: What hangs on fields of this object.
    """
    mine = [use for use in uses if use.object.casefold() == old.name.casefold()]
    if not mine:
        return ()
    if new is None:
        return (_Object(old, mine).drift(DriftKind.OBJECT_GONE, Severity.STOPS_PULL, Fix(FixKind.NONE)),)
    found = list(_of_object(old, new, mine))
    by_field: dict[str, list[Use]] = {}
    for use in mine:
        by_field.setdefault(use.field.casefold(), []).append(use)
    for name, users in by_field.items():
        was = old.field(name)
        if was is not None:
            found += _of_field(was, new.field(name), _Subject(old, new, was, users))
        elif new.field(name) is None and new.reference(users[0].field) is None:
            found.append(_vanished(old, users))
    found += _new_required(old, new, mine, by_field)
    return tuple(sorted(found, key=lambda one: (_ORDER.index(one.severity), one.field.casefold())))


def family(kind: AttributeType | None) -> int:
    """Give the number of the family of types whose values can stand for each other."""
    return next((place for place, known in enumerate(_FAMILIES) if kind in known), -1)


@dataclass(frozen=True, slots=True)
class _Object:
    """An object that drifted as a whole."""

    old: DescribedObject
    uses: abc.Sequence[Use]

    def drift(
        self,
        kind: DriftKind,
        severity: Severity,
        fix: Fix,
        *,
        field: str = "",
        label: str = "",
        before: str = "",
        now: str = "",
    ) -> Drift:
        """Give the drift of all mappings on the object."""
        touched = dict.fromkeys((use.path, use.attribute) for use in self.uses if use.path)
        return Drift(
            kind,
            severity,
            self.old.name,
            field,
            label or self.old.name,
            before,
            now,
            tuple(path for path, _ in touched),
            tuple(attribute for _, attribute in touched),
            fix,
        )


@dataclass(frozen=True, slots=True)
class _Subject:
    """A field that may have drifted, and what hangs on it."""

    old: DescribedObject
    new: DescribedObject
    was: DescribedField
    uses: abc.Sequence[Use]

    @property
    def is_written(self) -> bool:
        """Say whether something writes it."""
        return any(use.is_written for use in self.uses)

    def drift(
        self, kind: DriftKind, severity: Severity, fix: Fix, *, before: str = "", now: str = ""
    ) -> Drift:
        """Give one drift of the field."""
        return _Object(self.old, self.uses).drift(
            kind, severity, fix, field=self.was.name, label=self.was.label, before=before, now=now
        )


def _of_object(old: DescribedObject, new: DescribedObject, uses: abc.Sequence[Use]) -> abc.Iterator[Drift]:
    written = [use for use in uses if use.is_written]
    if written and old.is_updateable and not new.is_updateable:
        yield _Object(old, written).drift(DriftKind.OBJECT_READ_ONLY, Severity.STOPS_SENDING, _OFF)
    if old.key_field.casefold() != new.key_field.casefold():
        yield _Object(old, uses).drift(
            DriftKind.KEY_GONE,
            Severity.STOPS_PULL,
            Fix(FixKind.NONE),
            field=old.key_field,
            before=old.key_field,
            now=new.key_field,
        )


def _of_field(was: DescribedField, now: DescribedField | None, subject: _Subject) -> abc.Iterator[Drift]:
    if now is None:
        yield _gone(was, subject)
        return
    if (now.kind is None) != (was.kind is None) or family(was.kind) != family(now.kind):
        yield subject.drift(
            DriftKind.FIELD_RETYPED,
            Severity.STOPS_PULL,
            Fix(FixKind.TAKE_TYPE if now.kind is not None else FixKind.DROP_MAPPING),
            before=was.crm_type,
            now=now.crm_type,
        )
        return
    if subject.is_written:
        yield from _of_right(was, now, subject)
        yield from _of_room(was, now, subject)
        if was.dependency != now.dependency:
            yield subject.drift(
                DriftKind.DEPENDENCY_CHANGED,
                Severity.STOPS_SENDING,
                _ACCEPT,
                before=was.dependency.controller if was.dependency else "",
                now=now.dependency.controller if now.dependency else "",
            )
    if was.kind in _LISTS and now.kind in _LISTS:
        yield from _of_options(was, now, subject)
    yield from _of_naming(was, now, subject)
    if was.kind is not now.kind:
        yield subject.drift(
            DriftKind.KIND_WIDENED, Severity.WARNS, _ACCEPT, before=was.crm_type, now=now.crm_type
        )
    if was.label != now.label:
        yield subject.drift(DriftKind.RELABELLED, Severity.HARMLESS, _ACCEPT, before=was.label, now=now.label)
    if was.name != now.name:
        yield subject.drift(DriftKind.RECASED, Severity.HARMLESS, _ACCEPT, before=was.name, now=now.name)


def _of_right(was: DescribedField, now: DescribedField, subject: _Subject) -> abc.Iterator[Drift]:
    """Say whether it may still be written, and emptied."""
    if now.is_calculated and not was.is_calculated:
        yield subject.drift(DriftKind.FIELD_CALCULATED, Severity.STOPS_SENDING, _OFF)
    elif was.is_updateable and not now.is_updateable:
        yield subject.drift(DriftKind.FIELD_READ_ONLY, Severity.STOPS_SENDING, _OFF)
    if was.is_nillable and not now.is_nillable:
        yield subject.drift(DriftKind.FIELD_REQUIRED, Severity.STOPS_SENDING, _ACCEPT)


def _of_room(was: DescribedField, now: DescribedField, subject: _Subject) -> abc.Iterator[Drift]:
    """Say whether it still holds as much."""
    for kind, before, after in (
        (DriftKind.FIELD_SHORTER, was.length, now.length),
        (DriftKind.FEWER_DECIMALS, was.scale, now.scale),
    ):
        if after is not None and (before is None or after < before):
            yield subject.drift(
                kind,
                Severity.STOPS_SENDING,
                _ACCEPT,
                before="" if before is None else str(before),
                now=str(after),
            )


def _of_options(was: DescribedField, now: DescribedField, subject: _Subject) -> abc.Iterator[Drift]:
    before, after = _active(was.options), _active(now.options)
    stops = (
        Severity.STOPS_SENDING
        if subject.is_written and (was.is_restricted or now.is_restricted)
        else Severity.WARNS
    )
    gone = {value: label for value, label in before.items() if value not in after}
    new = {value: label for value, label in after.items() if value not in before}
    by_label = {label.casefold(): value for value, label in new.items()}
    renamed = {
        value: by_label[label.casefold()] for value, label in gone.items() if label.casefold() in by_label
    }
    dropped = [value for value in gone if value not in renamed]
    added = [value for value in new if value not in renamed.values()]
    relabelled = [value for value, label in after.items() if before.get(value, label) != label]
    if renamed:
        yield subject.drift(
            DriftKind.OPTION_RENAMED,
            stops,
            _OPTIONS,
            before=", ".join(renamed),
            now=", ".join(renamed.values()),
        )
    if dropped:
        yield subject.drift(DriftKind.OPTION_GONE, stops, _OPTIONS, before=", ".join(dropped))
    if added:
        yield subject.drift(DriftKind.NEW_OPTION, Severity.WARNS, _OPTIONS, now=", ".join(added))
    if relabelled:
        yield subject.drift(
            DriftKind.OPTION_RELABELLED,
            Severity.HARMLESS,
            _OPTIONS,
            before=", ".join(before[value] for value in relabelled),
            now=", ".join(after[value] for value in relabelled),
        )
    if subject.is_written and now.is_restricted and not was.is_restricted:
        yield subject.drift(DriftKind.NOW_RESTRICTED, Severity.STOPS_SENDING, _ACCEPT)


def _of_naming(was: DescribedField, now: DescribedField, subject: _Subject) -> abc.Iterator[Drift]:
    """Say whether it still leads where it led, and still names one record."""
    before, after = _targets(was), _targets(now)
    if before != after:
        lost = before - after
        stops = Severity.STOPS_SENDING if lost and subject.is_written else Severity.WARNS
        is_followed = any(use.path and FieldPath.parse(use.path).hops for use in subject.uses)
        yield subject.drift(
            DriftKind.TARGETS_CHANGED,
            Severity.STOPS_PULL if lost and is_followed else stops,
            _ACCEPT,
            before=", ".join(sorted(before)),
            now=", ".join(sorted(after)),
        )
    if was.is_lookup_key and not now.is_lookup_key and any(use.names_record for use in subject.uses):
        yield subject.drift(DriftKind.NOT_UNIQUE, Severity.STOPS_SENDING, _OFF)
    elif was.is_unique and not now.is_unique:
        yield subject.drift(DriftKind.NOT_UNIQUE, Severity.WARNS, _ACCEPT)


def _gone(was: DescribedField, subject: _Subject) -> Drift:
    """Say that a field is gone, and where it went if one new field looks like it."""
    if all(use.names_record and not use.path for use in subject.uses):
        return subject.drift(DriftKind.KEY_GONE, Severity.STOPS_PULL, Fix(FixKind.NONE), before=was.name)
    alike = [
        now
        for now in subject.new.fields
        if subject.old.field(now.name) is None
        and now.label.casefold() == was.label.casefold()
        and now.kind is was.kind
    ]
    if len(alike) != 1:
        return subject.drift(
            DriftKind.FIELD_GONE, Severity.STOPS_PULL, Fix(FixKind.DROP_MAPPING), before=was.name
        )
    moves = tuple((use.path, _moved(use, alike[0])) for use in subject.uses if use.path)
    return subject.drift(
        DriftKind.FIELD_RENAMED,
        Severity.STOPS_PULL,
        Fix(FixKind.MAP_TO, moves),
        before=was.name,
        now=alike[0].name,
    )


def _moved(use: Use, now: FieldFacts) -> str:
    """Give a use's path with its part replaced by the field's new name."""
    path = FieldPath.parse(use.path)
    parts = [*path.hops, path.field]
    is_hop = use.step < len(path.hops)
    parts[use.step] = now.reference.relationship if is_hop and now.reference is not None else now.name
    return ".".join(parts)


def _vanished(old: DescribedObject, uses: abc.Sequence[Use]) -> Drift:
    """Say that a field nobody remembers the description of is not there."""
    name = uses[0].field
    return _Object(old, uses).drift(
        DriftKind.FIELD_GONE,
        Severity.STOPS_PULL,
        Fix(FixKind.DROP_MAPPING),
        field=name,
        label=name,
        before=name,
    )


def _new_required(
    old: DescribedObject, new: DescribedObject, uses: abc.Sequence[Use], used: abc.Container[str]
) -> abc.Iterator[Drift]:
    written = [use for use in uses if use.is_written]
    if not written:
        return
    for now in new.fields:
        was = old.field(now.name)
        is_new = was is None or was.is_nillable
        if is_new and now.is_updateable and not now.is_nillable and now.name.casefold() not in used:
            yield _Object(old, written).drift(
                DriftKind.NEW_REQUIRED,
                Severity.STOPS_SENDING,
                _ACCEPT,
                field=now.name,
                label=now.label,
                now=now.name,
            )


def _active(options: abc.Iterable[Option]) -> dict[str, str]:
    return {option.value: option.label for option in options if option.active}


def _targets(field: FieldFacts) -> frozenset[str]:
    return frozenset(field.reference.targets if field.reference is not None else ())
