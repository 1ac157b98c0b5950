"""The part of a session that finds single records: afresh by key, or as candidates of a reference.

By id and by unique properties batches read them straight from the store. Any other property can only be
searched, in an index that lags behind: what it finds is read afresh and held against the value again.
"""

from collections import abc
from decimal import Decimal
from typing import Final

from writeback.errors import InvalidRequestError
from writeback.model.canonical import number_text, to_plain
from writeback.model.types import DECIMAL_TYPES, AttributeType
from writeback.sdk.values import Candidate, FieldInfo, Page
from writeback_hubspot.limits import BATCH_ROWS
from writeback_hubspot.session.following import Following, PageRow
from writeback_hubspot.session.reading import Reading
from writeback_hubspot.wire import searches
from writeback_hubspot.wire.answers import Json
from writeback_hubspot.wire.describes import KEY, Described, canonical_name
from writeback_hubspot.wire.memberships import MEMBERSHIPS
from writeback_hubspot.wire.owners import OWNERS, known_field
from writeback_hubspot.wire.paths import known_id
from writeback_hubspot.wire.searches import Search
from writeback_hubspot.wire.selections import select

_KEY_KINDS: Final = DECIMAL_TYPES | {
    AttributeType.TEXT,
    AttributeType.LONG_TEXT,
    AttributeType.EMAIL,
    AttributeType.LIST,
}
"""Kinds whose values may name a record."""


class Finding(Reading):
    """Reads single records."""

    def fetch(self, object_name: str, *, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        """Read single records afresh, 100 a call; what paths lead to is read in batches as well."""
        name = canonical_name(object_name)
        if name == OWNERS:
            return self._fetch_owners(by, keys, paths)
        if name == MEMBERSHIPS:
            return self._memberships.fetch(by=by, keys=keys, paths=paths)
        described = self._known(name)
        field = _field_of(described, by)
        following = Following(self._calls, self._people)
        if field.name == KEY:
            selection = select(name, paths, self._known)
            wanted = [key for text in keys if (key := known_id(text)) is not None]
            records = following.records(name, wanted, selection.properties)
            return Page(selection.paths, following.rows(selection, records, is_base=True))
        selection = select(name, (field.name, *paths), self._known)
        records = self._by_value(described, field, keys, properties=selection.properties, following=following)
        folded = {_folded(key, field) for key in keys} - {""}
        rows = following.rows(selection, records, is_base=True)
        return Page((by, *paths), [row for row in rows if _folded(_text(row), field) in folded])

    def find(
        self, object_name: str, *, by: str, values: abc.Sequence[str]
    ) -> abc.Mapping[str, tuple[Candidate, ...]]:
        """Look records up by a field; what no such field can hold is found nowhere, without a call."""
        name = canonical_name(object_name)
        if name == OWNERS:
            found = self._people.by(known_field(by)[0], values)
            return {value: tuple(owner.as_candidate() for owner in owners) for value, owners in found.items()}
        if name == MEMBERSHIPS:
            return {}  # nothing refers to a pair
        described = self._known(name)
        field = _field_of(described, by)
        page = self.fetch(name, by=field.name, keys=values, paths=(field.name, described.info.name_field))
        by_value: dict[str, list[Candidate]] = {}
        for row in page.rows:
            key = row[0] if field.name == KEY else _folded(_text(row), field)
            title = row[2][-1]
            candidate = Candidate(row[0], str(title or row[0]), object=name)
            by_value.setdefault(key, []).append(candidate)
        return {value: tuple(by_value.get(_folded(value, field), ())) for value in values}

    def _by_value(
        self,
        described: Described,
        field: FieldInfo,
        keys: abc.Sequence[str],
        *,
        properties: abc.Sequence[str],
        following: Following,
    ) -> list[Json]:
        """Read the records whose field holds one of the values."""
        name = described.info.name
        is_exact = field.kind is not AttributeType.EMAIL and field.kind not in DECIMAL_TYPES
        usable = (key for key in keys if _folded(key, field))
        wanted = list(dict.fromkeys(key.strip() if is_exact else _folded(key, field) for key in usable))
        if field.name in described.unique:
            return following.records(name, wanted, properties, by=field.name)
        is_text = field.name in described.texts
        ids: list[str] = []
        for some in searches.value_slices(wanted, most=BATCH_ROWS):
            search = Search((KEY,)).and_all(searches.one_of(field.name, some, is_text=is_text))
            ids += [str(record["id"]) for page in self._found(name, search) for record in page]
        return following.records(name, ids, properties)

    def _fetch_owners(self, by: str, keys: abc.Sequence[str], paths: abc.Sequence[str]) -> Page:
        name = known_field(by)[0]
        is_key = name == "id"
        columns = tuple(paths) if is_key else (by, *paths)
        found = {owner.id: owner for some in self._people.by(name, keys).values() for owner in some}
        rows: list[PageRow] = [
            (owner.id, owner.version, tuple(owner.value(path) for path in columns))
            for owner in found.values()
        ]
        return Page(columns, rows)


def _field_of(described: Described, by: str) -> FieldInfo:
    field = described.info.field(by)
    if field is None or field.kind not in _KEY_KINDS or field.crm_type == "association":
        raise InvalidRequestError("hubspot.unknown_property", object=described.info.name, path=by[:200])
    return field


def _folded(text: str, field: FieldInfo) -> str:
    """Give a value as it is compared: without case and blanks, numbers by their amount; blank: none fits."""
    text = text.strip()
    if field.kind not in DECIMAL_TYPES:
        return text.casefold()
    try:
        number = Decimal(text)
    except ArithmeticError:
        return ""
    return number_text(number.normalize()) if number.is_finite() else ""


def _text(row: PageRow) -> str:
    """Give the first column of a row as text."""
    return str(to_plain(row[2][0])) if row[2] and row[2][0] is not None else ""
