"""Campaigns: reading responses, matching them to records, and keeping the latest of each as edits."""

import hashlib
from collections import Counter, abc
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from writeback.engine.editing import BLOCKED
from writeback.engine.reading_files import FileRow
from writeback.engine.source_files import SourceFile, open_source
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.attributes import Attribute
from writeback.model.campaigns import Campaign, Response
from writeback.model.changes import Origin, Reason
from writeback.model.reports import EditAnswer
from writeback.model.source_formats import DateOrder, SourceFormat
from writeback.model.types import AttributeType, RecordId
from writeback.planning.campaigns import figures, latest, read_day, read_score
from writeback.planning.matching_answers import By, meaning
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish, Leftover
from writeback.runtime.facade.edits import Edit
from writeback.store import campaigns, model
from writeback.store.workspace import Workspace

CHUNK = 2_000
SAMPLES = 3
PARTS = ("score", "date", "reason")

SaveEdits = abc.Callable[[tuple[Edit, ...], Origin], tuple[EditAnswer, ...]]


class Campaigning:
    """The campaigns of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def every(self) -> tuple[Campaign, ...]:
        """Give all campaigns, by name."""
        with self._workspace.reading() as db:
            return campaigns.every(db)

    def scores(self, campaign: Campaign) -> list[Decimal]:
        """Give the scores of all its responses."""
        with self._workspace.reading() as db:
            return campaigns.scores(db, campaign.name)

    def bring(self, wish: CampaignWish, save: SaveEdits, *, is_dry: bool) -> CampaignImport:
        """Import responses. See `Facade.import_campaign`.

        Edits are kept before responses are noted: an import that was cut short brings the rest when it is
        repeated, and what is there already is no change.
        """
        name = " ".join(wish.name.split())
        if not name or len(name) > 120:
            raise ConfigurationError("campaign.bad_name", most=120)
        into = self._attributes(wish)
        file = open_source(Path(wish.path), encoding=wish.encoding, sheet=wish.sheet)
        columns = _columns(file, wish)
        for part, column in (("date", wish.day), ("reason", wish.reason)):
            if part in into and not column:  # every response would clear what stands there
                told = ", ".join(file.header.columns)[:300]
                raise ConfigurationError("campaign.no_column", column=part, columns=told)
        found = self._matched(wish, {meaning(row.key, wish.by) for row in _rows(file, columns)})
        order = wish.order or _plain_order(file, columns)
        sorted_ = _sort(_rows(file, columns), wish, found, order)
        with self._workspace.reading() as db:
            earlier = campaigns.find(db, name)
            name = name if earlier is None else earlier.name
            known = campaigns.known_digests(db, name)
            newest = campaigns.newest_days(db, name)
            before = campaigns.scores(db, name)
        fresh = {digest: one for digest, one in _numbered(sorted_.good) if digest not in known}
        newer = latest(one for one in fresh.values() if _is_newer(one, newest))
        if not is_dry:
            refused = _kept(newer, into, save)
            sorted_.leftovers += refused
            lines = {one.row for one in refused}  # these are brought again when they can be taken
            fresh = {digest: one for digest, one in fresh.items() if one.row not in lines}
            made = Campaign(name, wish.survey, wish.entity, wish.into, wish.author, self._workspace.now())
            with self._workspace.writing() as db:
                campaigns.save(db, made)
                campaigns.add_responses(db, name, fresh.items(), file=file.path.name, at=made.changed_at)
        return CampaignImport(
            name=name,
            rows=sorted_.rows,
            matched=sorted_.matched,
            already=len(sorted_.good) - len(fresh),
            older=len(fresh) - len(newer),
            records=tuple(one.record for one in newer),
            leftovers=tuple(sorted(sorted_.leftovers, key=lambda one: one.row)),
            figures=figures([*before, *(one.score for one in fresh.values())], wish.survey),
        )

    def _attributes(self, wish: CampaignWish) -> dict[str, str]:
        """Give the attributes that score, date and reason go to, as the data model writes them."""
        with self._workspace.reading() as db:
            known = {one.name.casefold(): one.name for one in model.attributes(db, wish.entity)}
        found: dict[str, str] = {}
        for part, name in wish.into:
            if part not in PARTS:
                raise ConfigurationError("campaign.no_part", part=part[:40], parts=", ".join(PARTS))
            if name.casefold() not in known:
                raise UnknownAttributeError("attribute.unknown", entity=wish.entity, name=name[:200])
            found[part] = known[name.casefold()]
        if "score" not in found:
            raise ConfigurationError("campaign.no_score_attribute")
        return found

    def _matched(self, wish: CampaignWish, keys: abc.Set[str]) -> dict[str, set[RecordId]]:
        """Find the records that keys mean; people are followed to their account."""
        with self._workspace.reading() as db:
            if wish.by is By.ID:
                return campaigns.rids_by_id(db, wish.entity, keys)
            entities = (wish.entity,) if wish.by is not By.EMAIL else (wish.entity, "user")
            places = [(one, model.attributes(db, one)) for one in dict.fromkeys(entities)]
            for entity, attributes in places:
                attribute = wish.match or _fitting(wish.by, attributes)
                if attribute not in {one.name for one in attributes}:
                    continue
                hits = campaigns.rids_by_value(
                    db, entity, attribute, meant=lambda text: meaning(text, wish.by), keys=keys
                )
                if entity == wish.entity:
                    return hits
                people = {rid for rids in hits.values() for rid in rids}
                home = campaigns.accounts_of(db, entity, people)
                return {key: {home[rid] for rid in rids if rid in home} for key, rids in hits.items()}
        raise ConfigurationError("campaign.no_match_attribute", entity=wish.entity, by=wish.by.value)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where the file holds what."""

    key: int
    score: int
    day: int | None
    reason: int | None


@dataclass(frozen=True, slots=True)
class _Row:
    line: int
    key: str
    score: str
    day: str
    reason: str


@dataclass(slots=True)
class _Sorted:
    """The rows of a file."""

    rows: int = 0
    matched: int = 0
    good: list[Response] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)


def _columns(file: SourceFile, wish: CampaignWish) -> _Columns:
    places = {name.casefold(): place for place, name in enumerate(file.header.columns)}

    def place(name: str) -> int:
        found = places.get(name.strip().casefold())
        if found is None:
            told = ", ".join(file.header.columns)[:300]
            raise ConfigurationError("campaign.no_column", column=name[:200], columns=told)
        return found

    return _Columns(
        place(wish.key),
        place(wish.score),
        place(wish.day) if wish.day else None,
        place(wish.reason) if wish.reason else None,
    )


def _rows(file: SourceFile, columns: _Columns) -> abc.Iterator[_Row]:
    def cell(row: FileRow, place: int | None) -> str:
        return "" if place is None or place >= len(row.cells) else row.cells[place].strip()

    for row in file.rows():
        yield _Row(
            row.number + 1,
            cell(row, columns.key),
            cell(row, columns.score),
            cell(row, columns.day),
            cell(row, columns.reason),
        )


def _plain_order(file: SourceFile, columns: _Columns) -> DateOrder:
    """Make sure that days are written as 2026-11-27 where nobody said which part comes first."""
    forms = [SourceFormat(order=order) for order in (DateOrder.DMY, DateOrder.MDY)]
    days = (row.day for row in _rows(file, columns))
    samples = list(
        islice((day for day in days if any(isinstance(read_day(day, form), date) for form in forms)), SAMPLES)
    )
    if samples:
        raise ConfigurationError("campaign.which_order", samples=", ".join(samples)[:200])
    return DateOrder.YMD


def _sort(
    rows: abc.Iterable[_Row],
    wish: CampaignWish,
    found: abc.Mapping[str, abc.Collection[RecordId]],
    order: DateOrder,
) -> _Sorted:
    days, numbers = SourceFormat(order=order), SourceFormat(decimal=wish.decimal)
    told = _Sorted()
    for row in rows:
        told.rows += 1
        records = tuple(found.get(meaning(row.key, wish.by), ()))
        told.matched += len(records) == 1
        score, day = read_score(row.score, wish.survey, numbers), read_day(row.day, days)
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


def _numbered(good: abc.Iterable[Response]) -> abc.Iterator[tuple[str, Response]]:
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


def _is_newer(one: Response, newest: abc.Mapping[str, date]) -> bool:
    known = newest.get(one.record)
    return known is None or (one.day is not None and one.day >= known)


def _kept(newer: abc.Iterable[Response], into: abc.Mapping[str, str], save: SaveEdits) -> list[Leftover]:
    """Keep the values of responses as edits; gives those that no attribute takes."""
    refused: list[Leftover] = []
    going = iter(newer)
    while some := tuple(islice(going, CHUNK)):
        rows = {one.record: one for one in some}
        edits = tuple(
            Edit(one.record, into[part], text or None)
            for one in some
            for part, text in zip(PARTS, (str(one.score), str(one.day or ""), one.reason), strict=True)
            if part in into
        )
        for answer in save(edits, Origin.CAMPAIGN):
            if answer.state == BLOCKED:
                response = rows[answer.record]
                reason = answer.reason or Reason("campaign.no_score")
                refused.append(Leftover(response.row, response.key, reason))
    return refused


def _fitting(by: By, attributes: abc.Iterable[Attribute]) -> str:
    """Give the attribute that holds what is matched by: the first of its type, else of that name."""
    kinds = {By.EMAIL: AttributeType.EMAIL, By.DOMAIN: AttributeType.URL}
    names = {By.EMAIL: ("email",), By.DOMAIN: ("website", "domain"), By.VALUE: ("name",)}.get(by, ())
    known = list(attributes)
    typed = [one.name for one in known if one.kind is kinds.get(by)]
    named = [one.name for one in known if one.name.casefold() in names]
    return next(iter((*typed, *named)), "")
