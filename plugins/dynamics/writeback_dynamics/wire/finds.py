"""Looking rows up by a column, so that a lookup can point at them: what to ask, who answers to what."""

from collections import abc
from typing import Final

from writeback.sdk.values import Candidate, FieldInfo
from writeback_dynamics.wire.columns import is_guid
from writeback_dynamics.wire.describes import Described, must_have
from writeback_dynamics.wire.literals import guid_of
from writeback_dynamics.wire.paths import Describe
from writeback_dynamics.wire.queries import PageRow, Selection, select

_DISABLED: Final = "isdisabled"
"""A systemuser that is switched off owns nothing new."""


def select_candidates(object_name: str, by: FieldInfo, describe: Describe) -> Selection:
    """Select what a candidate shows: the asked column, its name, whether it is switched off.

    Raises:
        InvalidRequestError: The table has no name column that can be read.
    """
    described = describe(object_name)
    disabled = (_DISABLED,) if described.has(_DISABLED) else ()
    return select(object_name, (by.name, _title(described), *disabled), describe)


def group_candidates(
    rows: abc.Iterable[PageRow], values: abc.Sequence[str], *, object_name: str, by: FieldInfo
) -> dict[str, tuple[Candidate, ...]]:
    """Give every value asked for its candidates, compared as Dataverse compares: without case.

    Two rows that differ in case only are two candidates: choosing is not ours.
    """

    def folded(text: str) -> str:
        return (guid_of(text) or "") if is_guid(by) else text.strip().casefold()

    found: dict[str, list[Candidate]] = {}
    for record_id, _etag, (key, title, *disabled) in rows:
        candidate = Candidate(
            id=record_id, title=str(title or ""), is_active=disabled != [True], object=object_name
        )
        found.setdefault(folded(_text(key)), []).append(candidate)
    return {value: tuple(found.get(folded(value), ())) if value.strip() else () for value in values}


def _title(described: Described) -> str:
    return must_have(described.info, described.info.name_field).name


def _text(key: object) -> str:
    return str(key).lower() if isinstance(key, bool) else str(key)
