"""Match CRM fields to attributes by their names and labels, with a reason and a confidence.

A match is a proposal for a person to confirm: an attribute is proposed once, for its best field.
"""

import re
from collections import abc
from dataclasses import dataclass

from writeback.model.attributes import Attribute
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType
from writeback.planning.facts import FieldFacts, ObjectFacts

SAME_NAME = 1.0
SAME_LABEL = 0.9
RELATED = 0.7
NEW = 0.5
OTHER_KIND = 0.2
"""Taken off where the types do not fit."""

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
_RELATED_FIELD = "Email"


@dataclass(frozen=True, slots=True)
class Match:
    """A field that seems to belong to an attribute; `attribute` may be one that is to be made."""

    path: str
    attribute: str
    confidence: float
    reason: str
    """`same_name` | `same_label` | `related_field` | `new_attribute`."""


def match_fields(
    description: ObjectFacts, attributes: abc.Sequence[Attribute], *, taken: abc.Collection[str] = ()
) -> tuple[Match, ...]:
    """Propose attributes for the fields of an object, the surest first.

    Args:
        description: What the CRM tells about the object.
        attributes: What the entity has.
        taken: Paths and attributes that are mapped already.
    """
    mapped = {name.casefold() for name in taken}
    found = sorted(
        (
            match
            for place, field in enumerate(description.fields)
            for match in _matches(field, attributes, place=place)
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
    field: FieldFacts, attributes: abc.Sequence[Attribute], *, place: int
) -> abc.Iterator[tuple[int, Match]]:
    if field.kind is None:
        return
    name, label = _bare(field.name), _bare(field.label)
    for attribute in attributes:
        own = {_bare(attribute.name), _bare(attribute.title)}
        malus = 0.0 if _fits(field.kind, attribute.kind) else OTHER_KIND
        if name in own:
            yield place, Match(field.name, attribute.name, SAME_NAME - malus, "same_name")
        elif label in own:
            yield place, Match(field.name, attribute.name, SAME_LABEL - malus, "same_label")
        elif field.reference is not None and _bare(field.reference.relationship) in own:
            path = f"{field.reference.relationship}.{_RELATED_FIELD}"
            yield place, Match(path, attribute.name, RELATED, "related_field")
    if field.reference is None:
        yield place, Match(field.name, attribute_name(field.name), NEW, "new_attribute")


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
