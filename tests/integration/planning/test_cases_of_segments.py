"""Records that are alike are decided once: the plan is what row by row would have made of them."""

import random
from collections import abc
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine.bulk_wishes import BulkWish, is_needless
from writeback.engine.edited_rows import Edited
from writeback.engine.gathering_drafts import Gathering
from writeback.engine.gathering_segments import SegmentWish, gather_segment, read_wishes
from writeback.engine.last_reading import LastReading
from writeback.engine.proposing import propose
from writeback.engine.pulling import pull
from writeback.engine.reaching import Reach
from writeback.engine.terms import Terms
from writeback.model.attributes import Attribute
from writeback.model.bulk import BulkAction, BulkEdit
from writeback.model.changes import Change, Origin, Reason
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import ConflictRule, FieldMapping
from writeback.model.segments import All
from writeback.model.types import CLEAR, AttributeType, RecordId
from writeback.planning.inputs import PlanStream
from writeback.store import drafts, integrations, model, plans, records, segments, sqlite
from writeback.store.drafts import Draft
from writeback.store.workspace import Workspace
from writeback_minimal.crm import seeded

AT = datetime(2026, 11, 27, 12, tzinfo=UTC)
RECORDS = 60
HELD: abc.Mapping[str, abc.Sequence[object]] = {
    "Name": ("Acme", "acme", "1", 'a"b\\c', "Zoë\tÄß", "x" * 79),
    "Industry": ("Energy", "Mining", "Retail", None),
    "Active": (True, False, None),
    "Employees": (0, 1, 7, None),
    "Revenue": (Decimal(1), Decimal("1.5"), Decimal(0), None),
    "Renewal": (date(2026, 1, 31), None),
    "OwnerId": ("U1", "U2", None),
}
EDITS: abc.Sequence[BulkEdit] = (
    BulkEdit("name", BulkAction.SET, "Acme"),
    BulkEdit("name", BulkAction.REPLACE, "0", "a"),
    BulkEdit("name", BulkAction.CLEAR),
    BulkEdit("industry", BulkAction.SET, "Energy"),
    BulkEdit("industry", BulkAction.CLEAR),
    BulkEdit("industry", BulkAction.COPY, source="name"),
    BulkEdit("active", BulkAction.SET, "true"),
    BulkEdit("active", BulkAction.COPY, source="employees"),
    BulkEdit("employees", BulkAction.SET, "1"),
    BulkEdit("revenue", BulkAction.SET, "1.50"),
    BulkEdit("revenue", BulkAction.COPY, source="employees"),
    BulkEdit("renewal", BulkAction.SET, "2026-01-31"),
    BulkEdit("csm", BulkAction.SET, "ada@example.com"),
)
"""One of each attribute at most is taken."""


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    made = Desk(workspace, tmp_path, seeded(RECORDS))
    with workspace.writing() as db:
        model.add_attribute(db, Attribute("account", "renewal", "Renewal", AttributeType.DATE))
    return made


def stir(desk: Desk, rng: random.Random) -> None:
    """Fill records with few values, then let edits wait and the CRM go on."""
    made = [*desk.integration.mappings, FieldMapping(FieldPath.parse("Renewal"), "renewal", write_back=True)]
    known = [rule for rule in ConflictRule if rule is not ConflictRule.NEWEST or rng.random() < 0.2]
    rules = [rng.choice(known) for _ in made]
    with desk.workspace.writing() as db:
        mapped = (
            FieldMapping(one.path, one.attribute, write_back=_is_taken(one, rng), conflict_rule=rule)
            for one, rule in zip(made, rules, strict=True)
        )
        desk.integration = integrations.map_fields(db, desk.integration.id, list(mapped))
    for key in desk.crm.records["Account"]:
        desk.crm.put("Account", key, **{name: rng.choice(some) for name, some in HELD.items()})
    pull(desk.integration.id, desk.session, desk.workspace)
    every = list(desk.crm.records["Account"])
    with desk.workspace.writing() as db:
        for key in rng.sample(every, 12):
            change = Change(records.record_id(desk.integration.id, key), "name", "Acme", "typed")
            drafts.put(db, Draft(change, "account", AttributeType.TEXT, "ada", Origin.PROFILE, AT))
    for key in rng.sample(every, 40):
        for name in rng.sample(list(HELD), 3):
            desk.crm.put("Account", key, **{name: rng.choice(HELD[name])})
    for key in rng.sample(every, 3):
        del desk.crm.records["Account"][key]
    with desk.workspace.writing() as db:  # what stands here is not what its CRM was last seen to hold
        for key in rng.sample(every, 10):
            rid = records.record_id(desk.integration.id, key)
            sqlite.run(db, "update rec_account set industry = 'Mining', employees = 7 where rid = ?", (rid,))


def _is_taken(mapping: FieldMapping, rng: random.Random) -> bool:
    return mapping.attribute == "name" or rng.random() < 0.9


@dataclass(frozen=True)
class OneByOne:
    """The same wishes, each record read and wished for by itself."""

    desk: Desk
    wish: SegmentWish
    sets: tuple[BulkWish, ...]

    def __call__(self) -> abc.Iterator[abc.Sequence[Edited]]:
        names = [one.attribute.name for one in self.sets]
        integration = self.desk.integration
        with self.desk.workspace.reading() as db:
            rids = segments.page(db, self.wish.ground, self.wish.expression, after=RecordId(""), most=1000)
            links = records.links_of(db, (integration,), rids)
            held = records.get_many(db, "account", rids)
            edited = drafts.edited(db, rids, attributes=names)
        for rid in rids:
            edits = []
            for one in self.sets:
                old = held[rid].values[one.attribute.name]
                source = None if one.source is None else held[rid].values[one.source.name]
                new, theirs = one.for_value(old, source), links[rid][0].values[one.attribute.name]
                if (rid, one.attribute.name) in edited or new is None or isinstance(new, Reason):
                    continue
                if self.wish.only_changes and is_needless(new, old) and is_needless(new, theirs):
                    continue
                seen = {} if theirs == old else {integration.id: theirs}
                change = Change(rid, one.attribute.name, old, new)
                by = (self.wish.author, Origin.SEGMENT, self.wish.at)
                edits.append(Draft(change, "account", one.attribute.kind, *by, seen, one.delta))
            if edits and not links[rid][0].is_gone:
                yield [Edited(rid, links[rid][0].key, edits)]


def plan_of(desk: Desk, streams: abc.Iterable[PlanStream], reach_of, *, compares: bool) -> list[object]:
    """Give all that a plan wrote down, without the ids that are its own."""
    terms = Terms(Origin.SEGMENT, "ada", compares=compares)
    plan = propose(streams, terms, workspace=desk.workspace, reach_of=reach_of)
    found: list[object] = [(one.object, one.columns, one.rows, one.send, one.route) for one in plan.groups]
    with desk.workspace.reading() as db:
        for job in plans.jobs_of(db, plan.id):
            for table in ("writes", "findings", "sources"):
                rows = sqlite.run(db, f"select * from {table} where job_id = ? order by 2", (job.id,))  # noqa: S608
                found += [(table, *row[1:]) for row in rows]
    plans.discard(desk.workspace, plan.id)
    return found


@pytest.mark.parametrize(
    "seed", [*range(8), *(pytest.param(one, marks=pytest.mark.nightly) for one in range(8, 200))]
)
def test_a_plan_by_cases_is_the_plan_row_by_row(desk: Desk, seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311
    stir(desk, rng)
    with desk.workspace.reading() as db:
        ground = segments.ground_of(db, "account")
    chosen = {one.attribute: one for one in rng.sample(EDITS, rng.randint(1, 6))}
    edits = tuple(one for one in chosen.values() if desk.integration.mapping_of(one.attribute).write_back)
    wish = SegmentWish(ground, All(()), edits or EDITS[:1], "ada", AT, only_changes=rng.random() < 0.3)
    sets = tuple(read_wishes(desk.workspace, ground, wish.edits))
    compares, reach_of = rng.random() < 0.8, desk.reach
    if rng.random() < 0.3:
        reach_of = _last_reading(desk)
    names = tuple(one.attribute.name for one in sets)
    one_by_one = Gathering(desk.workspace, desk.integration, names, OneByOne(desk, wish, sets))
    ours = plan_of(desk, gather_segment(desk.workspace, wish, reach_of), reach_of, compares=compares)
    expected = plan_of(desk, one_by_one.streams(reach_of, None), reach_of, compares=compares)
    assert ours == expected
    assert len(ours) > 1, "nothing was planned"


def _last_reading(desk: Desk) -> abc.Callable[[str], Reach]:
    def reach_of(connection: str) -> Reach:
        reach = desk.reach(connection)
        session = LastReading(desk.workspace, desk.integration, desk.session)
        told = {"sends": desk.session, "is_last_read": True}
        return Reach(reach.connection, session, reach.routes, reach.describe, **told)

    return reach_of


def test_values_that_are_only_equal_are_no_case(desk: Desk) -> None:
    """`True` is not 1, and 1.0 is not 1.00: each row says what stood in its record."""
    keys = list(desk.crm.records["Account"])[:4]
    for key, amount in zip(keys, ("1", "1.0", "1.00", "2"), strict=True):
        desk.crm.put("Account", key, Revenue=Decimal(amount), Industry="Mining")
    pull(desk.integration.id, desk.session, desk.workspace)
    with desk.workspace.reading() as db:
        ground = segments.ground_of(db, "account")
    edits = (BulkEdit("revenue", BulkAction.SET, "3"),)
    wish = SegmentWish(ground, All(()), edits, "ada", AT)
    streams = gather_segment(desk.workspace, wish, desk.reach)
    plan = propose(streams, Terms(Origin.SEGMENT), workspace=desk.workspace, reach_of=desk.reach)
    olds = {row.record_id: str(row.old[0]) for row in desk.rows(plan) if row.record_id in keys}
    assert olds == dict(zip(keys, ("1", "1.0", "1.00", "2"), strict=True))
    assert CLEAR not in olds.values()
