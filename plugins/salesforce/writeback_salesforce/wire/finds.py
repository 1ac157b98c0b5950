"""Looking records up by a field, so that a reference can point at them: what to ask, who answers to what."""

from collections import abc

from writeback.errors import InvalidRequestError
from writeback.model.types import AttributeType
from writeback.sdk.values import Candidate
from writeback_salesforce.wire.describes import Described
from writeback_salesforce.wire.ids import full_id
from writeback_salesforce.wire.queries import PageRow, Selection, select


def select_candidates(object_name: str, by: str, describe: abc.Callable[[str], Described]) -> Selection:
    """Select what a candidate shows: the asked field, its name, whether it is active.

    Raises:
        InvalidRequestError: The object has no such field.
    """
    described = describe(object_name)
    field = described.info.field(by)
    if field is None:
        raise InvalidRequestError("salesforce.invalid_field", object=object_name, path=by[:200])
    active = ("IsActive",) if described.has("IsActive") else ()
    return select(object_name, (field.name, described.info.name_field, *active), describe)


def is_compared_with_case(described: Described, by: str) -> bool:
    """Say whether Salesforce tells `A` from `a` in that field."""
    field = described.info.field(by)
    return field is not None and field.name in described.case_sensitive


def group_candidates(
    rows: abc.Iterable[PageRow], values: abc.Sequence[str], *, object_name: str, with_case: bool, by_id: bool
) -> dict[str, tuple[Candidate, ...]]:
    """Give every value asked for its candidates, compared as Salesforce compares.

    Two records that differ in case only are two candidates: choosing is not ours.
    """

    def folded(text: str) -> str:
        if by_id:
            return full_id(text) or ""
        return text.strip() if with_case else text.strip().casefold()

    found: dict[str, list[Candidate]] = {}
    for record_id, _version, (key, title, *active) in rows:
        candidate = Candidate(
            id=record_id, title=str(title or ""), is_active=active != [False], object=object_name
        )
        found.setdefault(folded(str(key)), []).append(candidate)
    return {value: tuple(found.get(folded(value), ())) if value.strip() else () for value in values}


def key_kind(selection: Selection) -> AttributeType:
    """Give the kind of the field that was asked for."""
    return selection.kinds[selection.places[0]]
