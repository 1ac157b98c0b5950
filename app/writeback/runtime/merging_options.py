"""Merge two options of a list: records hold the one that stays, and what CRMs say of the other means it too.

Nothing is written to a CRM. Its own value stays there and is read as the option that stays; an edit writes
the value that this option was written as before.

Must not: merge while the option that goes is still wanted or on its way.
"""

from collections import abc
from dataclasses import replace

from writeback.errors import ConfigurationError
from writeback.model.attributes import Attribute
from writeback.model.events import EventKind
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType
from writeback.model.value_rules import Pair, UnknownRule
from writeback.store import acts, edit_acts, integrations, model, remodelling, sqlite, wide
from writeback.store.workspace import Db, Workspace

KINDS = frozenset({AttributeType.LIST, AttributeType.LIFECYCLE})


def merge(workspace: Workspace, entity: str, name: str, *, gone: str, into: str) -> Attribute:
    """Let one option become another. See `AttributeCalls.merge_options`."""
    with workspace.writing() as db:
        attribute = model.get_attribute(db, entity, name)
        _check(db, attribute, gone, into)
        for own in integrations.every(db, entity=entity):
            mapping = own.mapping_of(name)
            if mapping is not None:
                integrations.map_fields(db, own.id, (_merged(mapping, attribute, gone=gone, into=into),))
        records, column = sqlite.quoted(wide.record_table(entity)), sqlite.quoted(name)
        sqlite.run(db, f"update {records} set {column} = ? where {column} = ?", (into, gone))  # noqa: S608  quoted
        made = replace(attribute, options=tuple(one for one in attribute.options if one.value != gone))
        model.change_attribute(db, made)
        edit_acts.forget_values(db, entity, name)  # what is had back may be the option that went
        body = {"entity": entity, "name": name, "gone": gone, "into": into}
        at, kind = workspace.now(), EventKind.MODEL_CHANGED
        acts.record(db, at=at, kind=kind, subject=entity, act="attribute.options_merged", body=body)
    return made


def _check(db: Db, attribute: Attribute, gone: str, into: str) -> None:
    name, values = attribute.name, {one.value for one in attribute.options}
    if attribute.kind not in KINDS or gone == into or not {gone, into} <= values:
        raise ConfigurationError("attribute.bad_merge", name=name, gone=gone[:80], into=into[:80])
    users = remodelling.users_of(db, attribute.entity, name)
    if users.under_way:
        raise ConfigurationError("attribute.under_way", name=name, values=users.under_way)
    if users.drafts:
        raise ConfigurationError("attribute.merge_drafts", name=name, drafts=users.drafts)


def _merged(mapping: FieldMapping, attribute: Attribute, *, gone: str, into: str) -> FieldMapping:
    """Give a mapping under which what meant the one option means the other; what is written stays."""
    if mapping.path.hops or mapping.source_format:
        raise ConfigurationError("attribute.merge_unmapped", name=attribute.name, field=str(mapping.path))
    rules = mapping.values
    pairs = rules.pairs or tuple(Pair(one.value, one.value) for one in attribute.options)
    if rules.pairs and rules.unknown is UnknownRule.PASS:  # what the map does not name meant itself
        pairs = (*pairs, *_themselves(pairs, into, gone))
    kept = [one for one in pairs if one.ours != gone]
    moved = [Pair(one.theirs, into) for one in pairs if one.ours == gone]  # behind: the first is written
    unknown = rules.unknown if rules.pairs else UnknownRule.PASS
    default = into if rules.default == gone else rules.default
    values = replace(rules, pairs=(*kept, *moved), unknown=unknown, default=default)
    return replace(mapping, values=values)


def _themselves(pairs: abc.Sequence[Pair], *values: str) -> abc.Iterator[Pair]:
    """Name the values that travelled as they are because no pair names them."""
    for value in values:
        if all(value not in pair for pair in pairs):
            yield Pair(value, value)
