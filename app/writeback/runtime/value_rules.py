"""Check what a mapping says of values: its value map, by the options of both sides, and its transforms.

Both sides may be named by value or by label; what is kept are internal values.

Must not: ask the CRM.
"""

from collections import Counter, abc
from dataclasses import replace
from typing import Final

from writeback.engine.shaping import FindTransform
from writeback.errors import MappingError
from writeback.model.attributes import Attribute, Option
from writeback.model.changes import Reason
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, Clear
from writeback.model.value_rules import AS_THEY_ARE, Pair, UnknownRule, ValueRules
from writeback.planning.coercing import coercer, text_of
from writeback.planning.translating import MAPPED_KINDS, TEXTS
from writeback.sdk.values import FieldInfo

_LISTS: Final = frozenset({AttributeType.LIST, AttributeType.LIFECYCLE, AttributeType.MULTI_LIST})


def by_label(attribute: Attribute, end: FieldInfo) -> ValueRules:
    """Pair a field's options with an attribute's by what people read, where they are stored differently.

    `BANKING` of one CRM and `Banking` of another read alike and are one value here. A code that both use
    (`1` is *Customer* here and *Partner* there) makes no pair where another option reads like ours. An option
    that reads like none of ours, or like several, is left out: it travels as it is, or is held where the same
    code means something else on the other side.
    """
    if attribute.kind not in _LISTS or not attribute.options or not end.options:
        return AS_THEY_ARE
    own = frozenset(ours.value for ours in attribute.options)
    labels, values = _named_by(attribute.options)
    found: dict[str, frozenset[str]] = {}
    for theirs in end.options:
        alike = labels.get(theirs.label.strip().casefold(), frozenset())
        found[theirs.value] = alike & {theirs.value} if len(alike) > 1 else alike
    read = frozenset[str]().union(*found.values())
    for theirs in end.options:
        if not labels.get(theirs.label.strip().casefold()):
            label, value = theirs.label.strip().casefold(), theirs.value.strip().casefold()
            same = frozenset({theirs.value}) & own
            alike = same or values.get(label) or labels.get(value) or values.get(value) or frozenset()
            found[theirs.value] = alike - read  # what reads like another of theirs is that one
    pairs = [Pair(theirs, *alike) for theirs, alike in found.items() if len(alike) == 1]
    told = _told_apart(pairs)
    crossed = own & (found.keys() - {pair.theirs for pair in told if pair.theirs == pair.ours})
    if all(pair.theirs == pair.ours for pair in told) and len(told) == len(pairs):
        return AS_THEY_ARE
    return ValueRules(pairs=told, unknown=UnknownRule.HOLD if crossed else UnknownRule.PASS)


def _named_by(options: abc.Iterable[Option]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    """Give the values of options by label and by value, whatever the case."""
    labels: dict[str, frozenset[str]] = {}
    values: dict[str, frozenset[str]] = {}
    for one in options:
        for named, text in ((labels, one.label), (values, one.value)):
            folded = text.strip().casefold()
            named[folded] = named.get(folded, frozenset()) | {one.value}
    return labels, values


def _told_apart(pairs: abc.Iterable[Pair]) -> tuple[Pair, ...]:
    """Leave out options of which several would be one of ours: nobody could say which of them is written.

    One that is stored as ours is that one; it stands first, so that it is written.
    """
    sorted_pairs = sorted(pairs, key=lambda pair: pair.theirs != pair.ours)
    many = Counter(pair.ours for pair in sorted_pairs)
    exact = {pair.ours for pair in sorted_pairs if pair.theirs == pair.ours}
    return tuple(pair for pair in sorted_pairs if many[pair.ours] == 1 or pair.ours in exact)


def checked(
    mapping: FieldMapping,
    attribute: Attribute,
    end: FieldInfo,
    *,
    find: FindTransform,
    known: ValueRules = AS_THEY_ARE,
) -> FieldMapping:
    """Give the mapping with its value map as it is stored.

    Args:
        mapping: As somebody wishes it.
        attribute: What the field feeds.
        end: The field, as described.
        find: Finds transforms by name.
        known: The rules there are: a line of theirs may stay, although its option is gone by now.

    Raises:
        MappingError: `mapping.map_misfit`, `mapping.map_twice`, `mapping.map_reference`,
            `mapping.not_an_option`, `mapping.pass_misfit`, `mapping.bad_unknown_default`,
            `mapping.rules_and_format`, `transform.unknown`.
        PluginError: A transform's plugin cannot be loaded, or may not run.
    """
    rules = mapping.values
    path = str(mapping.path)
    if not rules:
        return replace(mapping, values=ValueRules())
    if mapping.path.hops:
        raise MappingError("mapping.map_reference", field=path)
    if mapping.source_format:
        raise MappingError("mapping.rules_and_format", field=path)
    for use in rules.transforms:
        find(use.name)
    if not rules.pairs:
        return replace(mapping, values=ValueRules(transforms=rules.transforms))
    if attribute.kind not in MAPPED_KINDS:
        raise MappingError("mapping.map_misfit", field=path, type=attribute.kind.value)
    if rules.unknown is UnknownRule.PASS and attribute.kind not in TEXTS:
        raise MappingError("mapping.pass_misfit", field=path, type=attribute.kind.value)
    pairs = tuple(
        pair
        if pair in known.pairs
        else Pair(
            _named(pair.theirs, end.options, is_restricted=end.is_restricted, field=path),
            _ours(pair.ours, attribute, field=path),
        )
        for pair in rules.pairs
    )
    _refuse_twice(pairs, path)
    return replace(
        mapping, values=replace(rules, pairs=pairs, default=_default(rules, pairs, attribute, path))
    )


def _default(rules: ValueRules, pairs: abc.Iterable[Pair], attribute: Attribute, path: str) -> str:
    if rules.unknown is not UnknownRule.DEFAULT:
        return ""
    found = _ours(rules.default, attribute, field=path) if rules.default.strip() else ""
    if found not in {pair.ours for pair in pairs}:
        raise MappingError("mapping.bad_unknown_default", field=path, value=rules.default[:80])
    return found


def _ours(text: str, attribute: Attribute, *, field: str) -> str:
    named = _named(text, attribute.options, is_restricted=bool(attribute.options), field=attribute.name)
    if attribute.kind in TEXTS:
        return named
    read = coercer(attribute.kind)(named)
    if isinstance(read, Reason | Clear):
        raise MappingError("mapping.not_an_option", field=field, value=text[:80])
    return text_of(read) or ""


def _named(text: str, options: tuple[Option, ...], *, is_restricted: bool, field: str) -> str:
    """Give the internal value that a text names by value or label; a text of its own where any will do."""
    if not text.strip() or "\0" in text:
        raise MappingError("mapping.not_an_option", field=field, value=text[:80])
    offered = tuple(Option(one.value, one.label) for one in options)  # what is not offered any more is held
    must = is_restricted and bool(offered)
    read = coercer(AttributeType.LIST, options=offered, is_restricted=must)(text.strip())
    if isinstance(read, Reason | Clear):
        raise MappingError("mapping.not_an_option", field=field, value=text[:80])
    return str(read)


def _refuse_twice(pairs: abc.Iterable[Pair], path: str) -> None:
    seen: dict[str, str] = {}
    for pair in pairs:
        other = seen.setdefault(pair.theirs, pair.ours)
        if other != pair.ours:
            raise MappingError(
                "mapping.map_twice",
                field=path,
                value=pair.theirs[:80],
                first=other[:80],
                second=pair.ours[:80],
            )
