"""The rows of a file of survey responses: where it holds what, and which of them can be taken.

Must not: keep anything.
"""

import hashlib
from collections import Counter, abc
from dataclasses import dataclass, field

from writeback.engine.reading_files import FileRow
from writeback.engine.source_files import SourceFile
from writeback.errors import ConfigurationError
from writeback.model.campaigns import SCALES, Response, Scale
from writeback.model.changes import Reason
from writeback.model.source_formats import DateOrder, SourceFormat
from writeback.model.types import RecordId
from writeback.planning.campaigns import order_of, read_day, read_score
from writeback.planning.matching_answers import meaning
from writeback.runtime.facade.campaigns import CampaignWish, Leftover


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """One row as the file says it."""

    line: int
    key: str
    score: str
    day: str
    reason: str


@dataclass(slots=True)
class Sorted:
    """The rows of a file: those that are responses, and those that are left over."""

    rows: int = 0
    matched: int = 0
    good: list[Response] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


def read_rows(file: SourceFile, wish: CampaignWish) -> tuple[ResponseRow, ...]:
    """Read what a file says of responses.

    Raises:
        ConfigurationError: It has no such column, or cannot be read.
    """
    places = {name.casefold(): place for place, name in enumerate(file.header.columns)}

    def place_of(name: str) -> int | None:
        found = places.get(name.strip().casefold())
        if found is None and name:
            told = ", ".join(file.header.columns)[:300]
            raise ConfigurationError("campaign.no_column", column=name[:200], columns=told)
        return found

    def cell(row: FileRow, place: int | None) -> str:
        return "" if place is None or place >= len(row.cells) else row.cells[place].strip()

    key, score, day, reason = map(place_of, (wish.key, wish.score, wish.day, wish.reason))
    return tuple(
        ResponseRow(row.number + 1, cell(row, key), cell(row, score), cell(row, day), cell(row, reason))
        for row in file.rows()
    )


def scale_of(wish: CampaignWish) -> Scale:
    """Give the scale that scores have to lie in."""
    return SCALES[wish.survey] if wish.scale is None else Scale(*wish.scale)


def order_for(rows: abc.Iterable[ResponseRow], wish: CampaignWish) -> DateOrder:
    """Say which part of a day comes first: as somebody said, else as the days themselves say.

    Raises:
        ConfigurationError: `campaign.which_order`: some can be read in two ways.
    """
    found = wish.order or order_of(row.day for row in rows)
    if isinstance(found, DateOrder):
        return found
    raise ConfigurationError("campaign.which_order", samples=", ".join(found)[:200])


def sort_rows(
    rows: abc.Iterable[ResponseRow],
    wish: CampaignWish,
    found: abc.Mapping[str, abc.Collection[RecordId]],
    order: DateOrder,
) -> Sorted:
    """Say of each row whose answer it is and what it says, or why it is none."""
    days, numbers, scale = SourceFormat(order=order), SourceFormat(decimal=wish.decimal), scale_of(wish)
    told = Sorted()
    for row in rows:
        told.rows += 1
        records = tuple(found.get(meaning(row.key, wish.by), ()))
        told.matched += len(records) == 1
        score, day = read_score(row.score, scale, numbers), read_day(row.day, days)
        reason: Reason | None = None
        if len(records) != 1:
            code = "campaign.several" if records else "campaign.nobody"
            reason = Reason(code, (("value", row.key[:200]), ("count", str(len(records)))))
        elif isinstance(score, Reason):
            reason = score
        elif isinstance(day, Reason):
            reason = day
        if reason is not None or isinstance(score, Reason) or isinstance(day, Reason):
            told.leftovers.append(Leftover(row.line, row.key, reason or Reason("campaign.no_score")))
        else:
            told.good.append(Response(row.line, row.key, records[0], score, day, row.reason))
    return told


def numbered(good: abc.Iterable[Response]) -> abc.Iterator[tuple[str, Response]]:
    """Give responses with their digests; the second one that says the same is another one."""
    times: Counter[str] = Counter()
    for one in good:
        digest = _digest(one, "")
        times[digest] += 1
        yield digest if times[digest] == 1 else _digest(one, str(times[digest])), one


def _digest(one: Response, number: str) -> str:
    parts = [one.record, one.key.casefold(), str(one.score), str(one.day or ""), one.reason]
    parts += [number] if number else []
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
