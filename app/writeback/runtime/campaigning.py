"""Campaigns: reading responses, matching them to records, and keeping the latest of each as edits."""

from collections import Counter, abc
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import islice
from pathlib import Path

from writeback.engine.editing import BLOCKED, judge_edits
from writeback.engine.source_files import SourceFile, open_source
from writeback.engine.taking_back import undo_act
from writeback.errors import ConfigurationError, UnknownAttributeError
from writeback.model.campaigns import Campaign, Figures, ImportedFile, Response, Scale, Survey
from writeback.model.changes import Origin, Reason
from writeback.model.reports import EditAnswer
from writeback.model.types import AttributeType, RecordId
from writeback.planning.campaigns import figures, latest
from writeback.planning.guessing_answers import DAY, REASON, SCORE
from writeback.planning.matching_answers import By, meaning
from writeback.runtime.facade.campaigns import CampaignImport, CampaignWish, Leftover, TakenBack
from writeback.runtime.facade.edits import Edit
from writeback.runtime.response_files import write_leftovers
from writeback.runtime.response_matching import find_records
from writeback.runtime.response_rows import Sorted, numbered, order_for, read_rows, sort_rows
from writeback.store import campaigns, integrations, model, records, targets
from writeback.store.workspace import Db, Workspace

CHUNK = 2_000
PARTS = ("score", "date", "reason")
MOST_NAME = 120

SaveEdits = abc.Callable[[tuple[Edit, ...], Origin], tuple[EditAnswer, ...]]
Judge = abc.Callable[[tuple[Edit, ...]], tuple[EditAnswer, ...]]
"""Says what would become of edits; keeps nothing."""


@dataclass(frozen=True, slots=True)
class CampaignView:
    """A campaign as it stands."""

    campaign: Campaign
    figures: Figures
    files: tuple[ImportedFile, ...]
    """What was imported for it, the newest first."""
    waiting: int
    """So many of its values wait as drafts that a CRM takes."""
    kept: int = 0
    """So many wait that none takes: they are kept here only."""
    nowhere: tuple[str, ...] = ()
    """Attributes that it writes and that no CRM takes."""
    gone: tuple[str, ...] = ()
    """Attributes that it writes and that are not there any more."""


class Campaigning:
    """The campaigns of one workspace."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace

    def every(self) -> tuple[Campaign, ...]:
        """Give all campaigns, by name."""
        with self._workspace.reading() as db:
            return campaigns.every(db)

    def views(self) -> tuple[CampaignView, ...]:
        """Give all campaigns as they stand, by name."""
        with self._workspace.reading() as db:
            return tuple(_view(db, one) for one in campaigns.every(db))

    def nowhere(self, name: str) -> tuple[str, ...]:
        """Give the attributes of a campaign that no CRM takes; none where there is no such campaign."""
        with self._workspace.reading() as db:
            campaign = campaigns.find(db, " ".join(name.split()))
            return () if campaign is None else _nowhere(db, campaign)

    def named(self, name: str) -> Campaign:
        """Give a campaign.

        Raises:
            ConfigurationError: There is none of that name.
        """
        with self._workspace.reading() as db:
            found = campaigns.find(db, " ".join(name.split()))
        if found is None:
            raise ConfigurationError("campaign.unknown", name=name[:MOST_NAME])
        return found

    def waiting(self, name: str) -> tuple[tuple[RecordId, str], ...]:
        """Give the values of a campaign that wait as drafts: what its plan is made of."""
        campaign = self.named(name)
        with self._workspace.reading() as db:
            return tuple(campaigns.waiting(db, campaign))

    def meant(self, wish: CampaignWish, key: str, by: By) -> frozenset[RecordId]:
        """Give the records that one key means by one way of matching; none where nothing holds such."""
        try:
            found = find_records(self._workspace, replace(wish, by=by, match=""), {key}, {})
        except ConfigurationError:  # nothing of the entity holds that
            return frozenset()
        return frozenset(found.get(key, ()))

    def bring(
        self,
        wish: CampaignWish,
        save: SaveEdits,
        *,
        is_dry: bool,
        most: int = 0,
        leftovers: str = "",
        act: str = "",
    ) -> CampaignImport:
        """Import responses. See `Facade.import_campaign`.

        Edits are kept before responses are noted: an import that was cut short brings the rest when it is
        repeated, and what is there already is no change.
        """
        name = " ".join(wish.name.split())
        if not name or len(name) > MOST_NAME:
            raise ConfigurationError("campaign.bad_name", most=MOST_NAME)
        into = self._attributes(wish)
        scale = _own_scale(wish)
        file = open_source(Path(wish.path), encoding=wish.encoding, sheet=wish.sheet)
        rows = read_rows(file, wish)
        _refuse_missing(file, wish, into)
        order = order_for(rows, wish)
        known = self._known(name, {meaning(key, wish.by): record for key, record in wish.chosen})
        self._refuse_strangers(wish)
        found = find_records(self._workspace, wish, {meaning(row.key, wish.by) for row in rows}, known.chosen)
        sorted_ = sort_rows(rows, wish, found, order)
        same = [one for one in known.files if one.sha256 == file.digest()]
        lines = self._lines(known.name, same)  # whatever is read of them now
        fresh = {
            digest: one
            for digest, one in numbered(sorted_.good)
            if digest not in known.digests and one.row not in lines
        }
        newer = latest(one for one in fresh.values() if _is_newer(one, known.newest))
        if not is_dry:
            found_ = _Found(into, scale, file, sorted_, fresh, newer)
            fresh = self._keep(known, wish, found_, save, act=act)
        if leftovers:
            write_leftovers(sorted_.leftovers, Path(leftovers))
        scores = Counter(known.scores)
        scores.update(one.score for one in fresh.values())
        left = sorted(sorted_.leftovers, key=lambda one: one.row)
        return CampaignImport(
            name=known.name,
            rows=sorted_.rows,
            matched=sorted_.matched,
            already=len(sorted_.good) - len(fresh),
            older=len(fresh) - len(newer),
            records=tuple(one.record for one in newer)[: most or None],
            leftovers=tuple(left[: most or None]),
            figures=figures(scores, wish.survey, scale),
            changed=len(newer),
            left=len(left),
            left_by=tuple(Counter(one.reason.code for one in left).most_common()),
            imported_at=max((one.imported_at for one in same), default=None),
            order=order,
        )

    def take_back(self, name: str, what: str, *, author: str, act: str) -> TakenBack:
        """Take back an import. See `Facade.take_back_import`."""
        campaign = self.named(name)
        with self._workspace.reading() as db:
            brought = [one for one in campaigns.files(db, campaign.name) if one.act == what]
        if not brought:
            raise ConfigurationError("campaign.nothing_to_take_back", name=campaign.name)
        undone = undo_act(self._workspace, what, author=author, act=act)
        with self._workspace.writing() as db:
            responses = campaigns.take_back(db, campaign.name, what)
        return TakenBack(brought[0].name, responses, undone.values, undone.left)

    def _keep(
        self, known: "_Known", wish: CampaignWish, found: "_Found", save: SaveEdits, *, act: str
    ) -> dict[str, Response]:
        """Keep edits, then what was read; gives the responses that were taken."""
        refused = _saved(
            found.newer,
            found.into,
            save,
            lambda edits: judge_edits(edits, workspace=self._workspace),
        )
        found.rows.leftovers += refused
        lines = {one.row for one in refused}  # these are brought again when they can be taken
        fresh = {digest: one for digest, one in found.fresh.items() if one.row not in lines}
        at, into = self._workspace.now(), tuple(found.into.items())
        made = Campaign(known.name, wish.survey, wish.entity, into, wish.author, at, found.scale)
        brought = ImportedFile(
            act or self._workspace.new_id(),
            found.file.digest(),
            found.file.path.name,
            found.rows.rows,
            len(fresh),
            wish.author,
            at,
        )
        with self._workspace.writing() as db:
            campaigns.save(db, made)
            campaigns.choose(db, known.name, known.chosen)
            campaigns.add_responses(db, known.name, fresh.items(), brought)
            if fresh or all(one.sha256 != brought.sha256 for one in known.files):
                campaigns.add_file(db, known.name, brought)
        return fresh

    def _known(self, name: str, chosen: dict[str, RecordId]) -> "_Known":
        with self._workspace.reading() as db:
            earlier = campaigns.find(db, name)
            name = name if earlier is None else earlier.name
            return _Known(
                name,
                campaigns.known_digests(db, name),
                campaigns.newest_days(db, name),
                campaigns.scores(db, name),
                campaigns.files(db, name),
                campaigns.choices(db, name) | chosen,
            )

    def _lines(self, name: str, files: abc.Sequence[ImportedFile]) -> frozenset[int]:
        with self._workspace.reading() as db:
            return campaigns.lines_of(db, name, [one.act for one in files]) if files else frozenset()

    def _refuse_strangers(self, wish: CampaignWish) -> None:
        """Refuse a chosen record that there is not."""
        with self._workspace.reading() as db:
            held = records.get_many(db, wish.entity, [record for _, record in wish.chosen])
        for key, record in wish.chosen:
            if record not in held:
                raise ConfigurationError(
                    "campaign.bad_choice", record=record[:200], entity=wish.entity, key=key[:200]
                )

    def _usual(self, wish: CampaignWish) -> tuple[tuple[str, str], ...]:
        """Give where answers go where nobody says so: as the last ones did, or the survey's own type."""
        with self._workspace.reading() as db:
            campaign = campaigns.find(db, " ".join(wish.name.split()))
            kind = AttributeType.NPS if wish.survey is Survey.NPS else AttributeType.CSAT
            own = [one.name for one in model.attributes(db, wish.entity) if one.kind is kind]
        if campaign is not None and campaign.entity == wish.entity:
            columns = {DAY: wish.day, REASON: wish.reason}
            return tuple((part, name) for part, name in campaign.attributes if columns.get(part, "-"))
        return ((SCORE, own[0]),) if len(own) == 1 else ()

    def _attributes(self, wish: CampaignWish) -> dict[str, str]:
        """Give the attributes that score, date and reason go to, as the data model writes them."""
        with self._workspace.reading() as db:
            known = {one.name.casefold(): one.name for one in model.attributes(db, wish.entity)}
        found: dict[str, str] = {}
        for part, name in wish.into or self._usual(wish):
            if part not in PARTS:
                raise ConfigurationError("campaign.no_part", part=part[:40], parts=", ".join(PARTS))
            if name.casefold() not in known:
                raise UnknownAttributeError("attribute.unknown", entity=wish.entity, name=name[:200])
            found[part] = known[name.casefold()]
        if SCORE not in found:
            raise ConfigurationError("campaign.no_score_attribute")
        return found


def _view(db: Db, campaign: Campaign) -> CampaignView:
    nowhere = _nowhere(db, campaign)
    waiting = [attribute for _, attribute in campaigns.waiting(db, campaign)]
    kept = sum(attribute in nowhere for attribute in waiting)
    known = {one.name for one in model.attributes(db, campaign.entity)}
    return CampaignView(
        campaign,
        figures(campaigns.scores(db, campaign.name), campaign.survey, campaign.scale),
        campaigns.files(db, campaign.name),
        len(waiting) - kept,
        kept,
        tuple(name for name in nowhere if name in known),
        tuple(name for _, name in campaign.attributes if name not in known),
    )


def _nowhere(db: Db, campaign: Campaign) -> tuple[str, ...]:
    feeding = integrations.every(db, entity=campaign.entity)
    return tuple(name for _, name in campaign.attributes if not targets.writers(feeding, name))


@dataclass(frozen=True, slots=True)
class _Known:
    """What earlier imports of a campaign left."""

    name: str
    digests: frozenset[str]
    newest: abc.Mapping[str, date]
    scores: abc.Mapping[Decimal, int]
    files: tuple[ImportedFile, ...]
    chosen: abc.Mapping[str, RecordId]
    """By key: whom a person said it means, now or earlier."""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a file brings, before anything of it is kept."""

    into: abc.Mapping[str, str]
    scale: Scale | None
    file: SourceFile
    rows: Sorted
    fresh: dict[str, Response]
    newer: tuple[Response, ...]


def _own_scale(wish: CampaignWish) -> Scale | None:
    if wish.scale is None:
        return None
    lowest, highest = wish.scale
    if wish.survey is Survey.NPS or lowest >= highest:
        raise ConfigurationError("campaign.bad_scale")
    return Scale(lowest, highest)


def _refuse_missing(file: SourceFile, wish: CampaignWish, into: abc.Container[str]) -> None:
    """Refuse an attribute without a column: every response would clear what stands there."""
    for part, column in (("date", wish.day), ("reason", wish.reason)):
        if part in into and not column:
            told = ", ".join(file.header.columns)[:300]
            raise ConfigurationError("campaign.no_column", column=part, columns=told)


def _is_newer(one: Response, newest: abc.Mapping[str, date]) -> bool:
    known = newest.get(one.record)
    return known is None or (one.day is not None and one.day >= known)


def _saved(
    newer: abc.Iterable[Response], into: abc.Mapping[str, str], save: SaveEdits, judge: Judge
) -> list[Leftover]:
    """Keep the values of responses as edits; gives those of which an attribute does not take a part.

    A response is kept as a whole or not at all: what is left over is brought again.
    """
    refused: dict[RecordId, Leftover] = {}
    going = iter(newer)
    while some := tuple(islice(going, CHUNK)):
        rows = {one.record: one for one in some}
        edits = tuple(
            Edit(one.record, into[part], text or None)
            for one in some
            for part, text in zip(PARTS, (str(one.score), str(one.day or ""), one.reason), strict=True)
            if part in into
        )
        refused |= _refused(judge(edits), rows)
        kept = tuple(one for one in edits if one.record not in refused)
        refused |= _refused(save(kept, Origin.CAMPAIGN) if kept else (), rows)
    return list(refused.values())


def _refused(
    answers: abc.Iterable[EditAnswer], rows: abc.Mapping[RecordId, Response]
) -> dict[RecordId, Leftover]:
    found: dict[RecordId, Leftover] = {}
    for answer in answers:
        if answer.state == BLOCKED:
            response, reason = rows[answer.record], answer.reason or Reason("campaign.no_score")
            found.setdefault(answer.record, Leftover(response.row, response.key, reason))
    return found
