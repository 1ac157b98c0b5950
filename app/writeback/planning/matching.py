"""Match CRM fields to attributes by their names and labels, with a reason and a confidence.

A match is a proposal for a person to confirm: an attribute is proposed once, for its best field, and
never for a field whose values it cannot hold.
"""

import re
from collections import abc
from dataclasses import dataclass

from writeback.model.attributes import Attribute
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.planning.facts import FieldFacts, ObjectFacts
from writeback.planning.synonyms import mean_the_same

SAME_NAME = 1.0
SAME_LABEL = 0.9
SAME_MEANING = 0.8
SAME_REFERENCE = 0.75
RELATED = 0.7
NEW = 0.5

_TEXTS = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LONG_TEXT,
        AttributeType.EMAIL,
        AttributeType.URL,
        AttributeType.USER_REF,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
    }
)
_PEOPLE = frozenset({AttributeType.TEXT, AttributeType.EMAIL, AttributeType.USER_REF})
"""What can hold the e-mail address of somebody that a record points at."""


@dataclass(frozen=True, slots=True)
class Match:
    """A field that seems to belong to an attribute; `attribute` may be one that is to be made."""

    path: str
    attribute: str
    confidence: float
    reason: str
    """`same_name` | `same_label` | `same_meaning` | `related_field` | `new_attribute`."""


def match_fields(
    description: ObjectFacts,
    attributes: abc.Sequence[Attribute],
    *,
    taken: abc.Collection[str] = (),
    proposed: abc.Iterable[str] = (),
) -> tuple[Match, ...]:
    """Propose attributes for the fields of an object, the surest first.

    Args:
        description: What the CRM tells about the object.
        attributes: What the entity has.
        taken: Paths and attributes that are mapped already.
        proposed: Paths that the connector proposes; those through a reference say what is read of it.
    """
    mapped = {name.casefold() for name in taken}
    read_of = _read_of(description, proposed)
    found = sorted(
        (
            match
            for place, field in enumerate(description.fields)
            for match in _matches(field, attributes, place=place, read_of=read_of)
            if match[1].path.casefold() not in mapped and match[1].attribute.casefold() not in mapped
        ),
        key=lambda ranked: (-ranked[1].confidence, ranked[0]),
    )
    paths: set[str] = set()
    names: set[str] = set()
    kept: list[Match] = []
    for _, match in found:
        if match.path in paths or match.attribute in names:
            continue
        paths.add(match.path)
        names.add(match.attribute)
        kept.append(match)
    return tuple(kept)


def attribute_name(field_name: str) -> str:
    """Give the API name of an attribute made for a field: `AnnualRevenue__c` → `annual_revenue`."""
    words = "_".join(_words(field_name)) or "field"
    return words if words[0].isalpha() else f"f_{words}"


def _matches(
    field: FieldFacts, attributes: abc.Sequence[Attribute], *, place: int, read_of: abc.Mapping[str, str]
) -> abc.Iterator[tuple[int, Match]]:
    if field.kind is None:
        return
    if field.reference is not None:
        tail = next((read_of[one] for one in field.reference.targets if one in read_of), None)
        for attribute in attributes if tail is not None else ():
            confidence = _aboutness(field, attribute) if attribute.kind in _PEOPLE else None
            if confidence is not None:
                path = f"{field.reference.relationship}.{tail}"
                yield place, Match(path, attribute.name, confidence, "related_field")
        return
    for attribute in attributes:
        own = (attribute.name, attribute.title)
        found = likeness(field, own) if _fits(field.kind, attribute.kind) else None
        if found is not None:
            yield place, Match(field.name, attribute.name, *found)
    yield place, Match(field.name, attribute_name(field.name), NEW, "new_attribute")


def likeness(field: FieldFacts, names: abc.Iterable[str]) -> tuple[float, str] | None:
    """Say how sure it is that a field is what these names mean, and why; None: it is not."""
    name, label = _bare(field.name), _bare(field.label)
    own = {_bare(one) for one in names}
    if name in own:
        return SAME_NAME, "same_name"
    if label in own:
        return SAME_LABEL, "same_label"
    if any(mean_the_same(theirs, ours) for theirs in (name, label) for ours in own):
        return SAME_MEANING, "same_meaning"
    return None


def _read_of(description: ObjectFacts, proposed: abc.Iterable[str]) -> dict[str, str]:
    """Say what is read of a referenced object, by its name: from the connector's own proposals."""
    tails: dict[str, str] = {}
    for path in proposed:
        hop, dot, tail = path.partition(".")
        field = description.reference(hop) if dot else None
        if field is not None and field.reference is not None:
            tails.update(dict.fromkeys(field.reference.targets, tail))
    return tails


def _aboutness(field: FieldFacts, attribute: Attribute) -> float | None:
    """Say how sure it is that an attribute names who a reference points at."""
    relationship = _bare(field.reference.relationship) if field.reference is not None else ""
    theirs = {relationship, _bare(field.name), _bare(field.label)}
    ours = {_bare(attribute.name), _bare(attribute.title)}
    if theirs & ours:
        return SAME_REFERENCE
    return RELATED if any(mean_the_same(one, own) for one in theirs for own in ours) else None


def _fits(field: AttributeType, attribute: AttributeType) -> bool:
    for family in (_TEXTS, DECIMAL_TYPES | INTEGER_TYPES):
        if field in family and attribute in family:
            return True
    return field is attribute


def _words(name: str) -> list[str]:
    bare = re.sub(r"__[a-z]{1,3}$", "", name)
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", bare)
    return [word.casefold() for word in re.split(r"[^A-Za-z0-9]+", parted) if word]


def _bare(name: str) -> str:
    return "".join(_words(name))
