"""Looking records up by a field: what a candidate shows, who answers to what."""

from collections import abc
from decimal import Decimal

from writeback.errors import InvalidRequestError
from writeback.model.types import DECIMAL_TYPES, INTEGER_TYPES, AttributeType, Value
from writeback.sdk.values import Candidate, FieldInfo
from writeback_zoho.wire.answers import Json
from writeback_zoho.wire.describes import Described
from writeback_zoho.wire.ids import known_id

_NUMBERS = DECIMAL_TYPES | INTEGER_TYPES
_NO_KEYS = frozenset(
    {
        AttributeType.BOOLEAN,
        AttributeType.DATE,
        AttributeType.DATETIME,
        AttributeType.MULTI_LIST,
        AttributeType.LONG_TEXT,
    }
)


def key_field(described: Described, by: str) -> FieldInfo:
    """Give the field that records are looked up by.

    Raises:
        InvalidRequestError: The object has no such field, or it cannot be looked up by.
    """
    field = described.info.field(by)
    if field is None or field.kind is None:
        raise InvalidRequestError("zoho.no_such_field", object=described.info.name, path=by[:200])
    if field.kind in _NO_KEYS:
        raise InvalidRequestError("zoho.bad_key_kind", object=described.info.name, kind=field.kind.value)
    return field


def usable_keys(keys: abc.Iterable[str], field: FieldInfo) -> list[Value]:
    """Give the keys that such a field can hold at all, each once, in its type."""
    stripped = dict.fromkeys(key.strip() for key in keys)
    texts = [key for key in stripped if key]
    if field.kind not in _NUMBERS:
        return list(texts)
    return [number for key in texts if (number := _number(key)) is not None]


def group_candidates(
    rows: abc.Iterable[Json], values: abc.Sequence[str], *, by: str, title: str, object_name: str
) -> dict[str, tuple[Candidate, ...]]:
    """Give every value asked for its candidates, compared without case as Zoho compares."""
    found: dict[str, list[Candidate]] = {}
    for row in rows:
        key, record_id = row.get(by), known_id(row.get("id"))
        if record_id is None or key is None:
            continue
        raw = row.get(title)
        shown = str(raw.get("name") or "") if isinstance(raw, abc.Mapping) else str(raw or "")
        candidate = Candidate(record_id, shown or record_id, object=object_name)
        found.setdefault(folded(str(key)), []).append(candidate)
    return {value: tuple(found.get(folded(value), ())) if value.strip() else () for value in values}


def folded(text: str) -> str:
    """Give a key in the form in which two keys are compared."""
    return text.strip().casefold()


def _number(text: str) -> Value:
    try:
        number = Decimal(text)
    except ArithmeticError:
        return None
    return number if number.is_finite() else None
