"""What a bulk edit wishes for one value: the same for every record, or made of what the record holds.

Must not: read records, judge against a CRM.
"""

import re
from collections import abc
from dataclasses import dataclass, field
from typing import Final

from writeback.engine.adding import delta_of
from writeback.engine.wishing import read_wish
from writeback.errors import MappingError, UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Reason
from writeback.model.deltas import Delta, MultiMode
from writeback.model.people import Person
from writeback.model.types import CLEAR, AttributeType, Clear, Value, Wish
from writeback.planning import calculating
from writeback.planning.calculating import Formula, read_formula
from writeback.planning.coercing import text_of

_WORDY: Final = frozenset(
    {
        AttributeType.TEXT,
        AttributeType.LONG_TEXT,
        AttributeType.EMAIL,
        AttributeType.URL,
        AttributeType.LIST,
        AttributeType.LIFECYCLE,
        AttributeType.MULTI_LIST,
    }
)
"""Types whose values hold words that may be replaced."""
_MODES: Final = {BulkAction.ADD: MultiMode.ADD, BulkAction.REMOVE: MultiMode.REMOVE}
_REMEMBERED: Final = 10_000


@dataclass(frozen=True, slots=True)
class Roles:
    """Which attributes hold team members, and who there is."""

    names: abc.Set[str]
    persons: tuple[Person, ...]


@dataclass(slots=True)
class BulkWish:
    """One attribute's wish."""

    attribute: Attribute
    edit: BulkEdit
    source: Attribute | None = None
    """copy: whose value is taken."""
    delta: Delta | None = None
    """add, remove."""
    formula: Formula | None = None
    """calculate."""
    fixed: Wish | None = None
    """set, clear: for every record."""
    roles: Roles = field(default_factory=lambda: Roles(frozenset(), ()))
    _known: dict[tuple[Value, Value], Wish | Reason | None] = field(default_factory=dict)

    @property
    def is_fixed(self) -> bool:
        """Whether it is the same for every record, whatever that holds."""
        return self.edit.action in (BulkAction.SET, BulkAction.CLEAR)

    def for_value(self, old: Value, taken: Value = None) -> Wish | Reason | None:
        """Give what is wished for a value, or why it cannot be; None where nothing is.

        Words that are not in a value leave it alone, and so does a blank value that would be copied or
        calculated with.

        Args:
            old: What the record holds.
            taken: copy: what the attribute holds that is copied from.
        """
        if self.is_fixed:
            return self.fixed
        if self.edit.action is BulkAction.HELD:
            return old
        if self.delta is not None:
            return self.delta.over(old) or CLEAR
        key = (old, taken)
        if key not in self._known:
            if len(self._known) >= _REMEMBERED:
                self._known.clear()
            self._known[key] = self._made(old, taken)
        return self._known[key]

    def _made(self, old: Value, taken: Value) -> Wish | Reason | None:
        if self.formula is not None:
            counted = self.formula.over(old)
            if isinstance(counted, Reason):
                return Reason(counted.code, (("field", self.attribute.name), *counted.facts))
            text = text_of(counted)
        else:
            text = text_of(taken) if self.edit.action is BulkAction.COPY else self._replaced(old)
        if text is None:
            return None
        is_role = self.attribute.name in self.roles.names
        return read_wish(self.attribute, text, is_role=is_role, persons=self.roles.persons)

    def _replaced(self, old: Value) -> str | None:
        """Give a value's text with the words replaced; None where they are not in it."""
        if isinstance(old, tuple):
            changed = tuple(map(self._swapped, old))
            return text_of(changed) if changed != old else None
        if old is None:
            return None
        swapped = self._swapped(str(old))
        return None if swapped == str(old) and not self._is_in(str(old)) else swapped

    def _is_in(self, text: str) -> bool:
        return self._words.search(text) is not None

    def _swapped(self, text: str) -> str:
        return self._words.sub(lambda _found: self.edit.text, text)

    @property
    def _words(self) -> re.Pattern[str]:
        flags = re.IGNORECASE if self.edit.ignores_case else re.NOFLAG
        return re.compile(re.escape(self.edit.find), flags)  # `re` keeps what it compiled


def is_needless(wish: Wish, old: Value) -> bool:
    """Say whether a record holds already what is wished for it."""
    return (None if isinstance(wish, Clear) else wish) == old


def read_bulk(
    edits: abc.Sequence[BulkEdit], attributes: abc.Sequence[Attribute], roles: Roles
) -> list[BulkWish]:
    """Read what is wished, attribute by attribute.

    Raises:
        UnknownAttributeError: An attribute does not exist.
        MappingError: `segment.…`: an attribute is named twice, a value cannot be read, or the action does not
            suit the attribute's type.
    """
    known = {one.name.casefold(): one for one in attributes}
    found: dict[str, BulkWish] = {}
    for edit in edits:
        attribute = _find(known, edit.attribute, attributes)
        if attribute.name in found:
            raise MappingError("segment.named_twice", attribute=attribute.name)
        source = _find(known, edit.source, attributes) if edit.action is BulkAction.COPY else None
        found[attribute.name] = _read(BulkWish(attribute, edit, source, roles=roles))
    return list(found.values())


def _find(known: abc.Mapping[str, Attribute], name: str, attributes: abc.Sequence[Attribute]) -> Attribute:
    attribute = known.get(name.casefold())
    if attribute is None:
        entity = attributes[0].entity if attributes else ""
        raise UnknownAttributeError("attribute.unknown", entity=entity, name=name[:200])
    return attribute


def _read(wish: BulkWish) -> BulkWish:
    attribute, edit = wish.attribute, wish.edit
    if not attribute.editable:
        raise _refused(wish, "attribute.not_editable")
    if edit.action is BulkAction.HELD:
        return wish
    if edit.action in (BulkAction.REPLACE, BulkAction.COPY, BulkAction.CALCULATE):
        return _read_made(wish)
    if edit.action is BulkAction.CLEAR:
        wish.fixed = CLEAR
        return wish
    is_role = attribute.name in wish.roles.names
    read = read_wish(attribute, edit.text, is_role=is_role, persons=wish.roles.persons)
    if isinstance(read, Reason):
        raise _refused(wish, read.code)
    wish.fixed = read
    if edit.action in _MODES and not isinstance(read, Clear):
        delta = delta_of(attribute, _MODES[edit.action], read)
        if isinstance(delta, Reason):
            raise _refused(wish, delta.code)
        wish.delta = delta
    return wish


def _read_made(wish: BulkWish) -> BulkWish:
    """Read what is made of what a record holds."""
    attribute, edit = wish.attribute, wish.edit
    if edit.action is BulkAction.REPLACE:
        if attribute.kind not in _WORDY or attribute.name in wish.roles.names:
            raise MappingError("segment.no_words", attribute=attribute.name)
        if not edit.find:
            raise MappingError("segment.nothing_to_find", attribute=attribute.name)
    if edit.action is BulkAction.CALCULATE:
        if attribute.kind not in calculating.KINDS:
            raise MappingError("segment.no_arithmetic", attribute=attribute.name)
        wish.formula = read_formula(edit.text, attribute.kind)
        if wish.formula is None:
            raise MappingError("segment.bad_formula", attribute=attribute.name, formula=edit.text[:80])
    return wish


def _refused(wish: BulkWish, code: str) -> MappingError:
    return MappingError(
        "segment.refused_value", attribute=wish.attribute.name, value=wish.edit.text[:80], why=code
    )
