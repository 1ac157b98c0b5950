"""What Review & send shows is what the CRM receives: field by field, byte by byte, in each CRM by each route.

The oracle is the simulator's applied-log, which holds what came over the wire. How a CRM writes a number, a
moment or a list on the wire is told here anew, without a line of the connectors.
"""

from collections import abc
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest

from tests.doubles.four_crms import CRMS, CrmRoom, crm_room
from writeback.engine.gathering_files import gather_file
from writeback.engine.source_files import SourceFile
from writeback.errors import ConfigurationError
from writeback.gui.models.jobs import plan_model
from writeback.model.integrations import BlankRule
from writeback.model.types import AttributeType, RecordId
from writeback.planning.inputs import PlanStream
from writeback.runtime import sending
from writeback.runtime.facade import PlanView
from writeback.runtime.facade.jobs import Unticked
from writeback.runtime.job_views import PlanRow

SETS, NIGHTLY_SETS = 8, 125
"""Random change sets for each of the four CRMs."""
TYPED = AttributeType
REWRITTEN = frozenset({TYPED.URL})
"""Kinds that some CRM makes something else of as it takes them: there the log holds what it made."""
LETTERS = "abcXYZ 0189 äßé 漢字 🙂 \"'`,;|\\/%_&<>[]{}=+-@#\t"
NAMES = tuple(CRMS)


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[dict[str, CrmRoom]]:
    with ExitStack() as stack:
        found = {}
        for name in NAMES:
            folder = tmp_path_factory.mktemp(name)
            folder.chmod(0o700)
            found[name] = stack.enter_context(crm_room(folder, name, rows=12))
        yield found


@pytest.fixture(scope="module")
def records(rooms: dict[str, CrmRoom]) -> dict[str, tuple[RecordId, ...]]:
    return {name: tuple(room.record() for _ in range(6)) for name, room in rooms.items()}


@pytest.mark.parametrize("seed", range(SETS))
@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_is_what_arrives(
    rooms: dict[str, CrmRoom], records: dict[str, tuple[RecordId, ...]], name: str, seed: int
) -> None:
    compare(rooms[name], records[name], Random(f"{name} {seed}"))  # noqa: S311  repeatable


@pytest.mark.nightly
@pytest.mark.parametrize("name", NAMES)
def test_what_is_shown_is_what_arrives_in_many_sets(
    rooms: dict[str, CrmRoom], records: dict[str, tuple[RecordId, ...]], name: str
) -> None:
    for seed in range(NIGHTLY_SETS):
        compare(rooms[name], records[name], Random(f"many {name} {seed}"))  # noqa: S311  repeatable


def compare(room: CrmRoom, records: abc.Sequence[RecordId], rng: Random) -> None:
    """Plan a random set, look at it as the screen does, untick some of it, send it, and read the log."""
    plan = plan_of(room, records, rng)
    kinds = {path: kind for kind, path in room.facts.fields.items()}
    plan = untick(room, plan, rng)
    shown = {(row.record_id, row.field): row for row in told(room, plan) if row.verdict == "send"}
    assert len(shown) == sum(row.verdict == "send" for row in told(room, plan))
    rows = {record for record, _ in shown}
    assert sum(group.send for group in plan.groups) == len(rows)
    if not rows:
        room.runtime.discard_plan(plan.id, act=room.runtime.new_id())
        return
    before = len(room.running.crm.applied.entries(after=0))
    jobs = room.send(plan)
    arrived: dict[tuple[str, str], Any] = {}
    for entry in room.ours(after=before):
        for field, value in entry["fields"].items():
            assert (entry["id"], field) not in arrived, "it was sent twice"
            arrived[entry["id"], field] = value
    outcomes = {row.record_id: (row.outcome, row.code) for row in room.rows(jobs)}
    assert {outcomes[record][0] for record in rows} <= {"applied"}, outcomes
    assert arrived.keys() == shown.keys()
    for (record, field), row in shown.items():
        assert received(kinds[field], arrived[record, field]) == seen(kinds[field], row), (record, field)


def plan_of(room: CrmRoom, records: abc.Sequence[RecordId], rng: Random) -> PlanView:
    fields = [(kind, path) for kind, path in room.facts.fields.items() if kind not in REWRITTEN]
    chosen = rng.sample(fields, rng.randint(1, 4))
    some = rng.sample(records, rng.randint(1, 4))
    if rng.random() < 0.5:
        cells = {rid: [text(room, kind, rng) for kind, _ in chosen] for rid in some}
        columns = [path for _, path in chosen]
        return room.plan_file(columns, cells, rng.choice(room.facts.routes), blank=BlankRule.CLEAR)
    edits = {(rid, path): text(room, kind, rng) or None for rid in some for kind, path in chosen}
    room.save(edits)
    return room.plan_drafts(some, rng.choice(room.facts.routes))


def untick(room: CrmRoom, plan: PlanView, rng: Random) -> PlanView:
    """Leave some rows or a field out, and sometimes take it back."""
    if rng.random() < 0.5 or not plan.groups:
        return plan
    group = plan.groups[0]
    rows = sorted({row.seq for row in told(room, plan) if row.verdict == "send"})
    what = Unticked(
        group.job_id,
        tuple(rng.sample(rows, rng.randint(0, max(0, len(rows) - 1)))),
        rng.choice(("", *group.columns)),
    )
    if not what.rows and not what.field:
        return plan
    runtime = room.runtime
    left = runtime.leave_out(plan.id, (what,), act=runtime.new_id())
    if rng.random() < 0.3:
        left = runtime.take_back(plan.id, (), act=runtime.new_id())
        assert [one.send for one in left.groups] == [one.send for one in plan.groups]
        assert left.left_out == 0
    return left


def told(room: CrmRoom, plan: PlanView) -> list[PlanRow]:
    return list(room.runtime.told.plan_rows([group.job_id for group in plan.groups]))


def text(room: CrmRoom, kind: AttributeType, rng: Random) -> str:
    """Give a text that a field of this kind takes; '' clears it, where it may be empty."""
    if rng.random() < 0.12 and kind is not TYPED.BOOLEAN:
        return ""
    if kind in PLAIN:
        return PLAIN[kind](rng)
    info = room.runtime.describe("C", room.facts.object).field(room.facts.fields[kind])
    assert info is not None
    values = [option.value for option in info.options if option.active]
    if kind is TYPED.MULTI_LIST:
        return ";".join(rng.sample(values, rng.randint(1, min(3, len(values)))))
    return rng.choice(values)


def line(rng: Random) -> str:
    return "".join(rng.choices(LETTERS, k=rng.randint(1, 18))).strip() or "x"


def moment(rng: Random) -> str:
    at = datetime(2020, 1, 1, tzinfo=UTC) + timedelta(minutes=rng.randint(0, 4_000_000))
    return at.isoformat().replace("+00:00", "Z")


def amount(rng: Random) -> str:
    return f"{rng.randint(0, 9_999) / 100:.2f}"


PLAIN: dict[AttributeType, abc.Callable[[Random], str]] = {
    TYPED.TEXT: line,
    TYPED.LONG_TEXT: lambda rng: "\n".join(line(rng) for _ in range(3)),
    TYPED.BOOLEAN: lambda rng: rng.choice(("true", "false")),
    TYPED.INTEGER: lambda rng: str(rng.randint(0, 9_999_999)),
    TYPED.NUMBER: amount,
    TYPED.CURRENCY: amount,
    TYPED.DATE: lambda rng: (date(2020, 1, 1) + timedelta(days=rng.randint(0, 4_000))).isoformat(),
    TYPED.DATETIME: moment,
    TYPED.EMAIL: lambda rng: f"a{rng.randint(1, 10**6)}@acme.test",
}
"""Kinds whose values no list of options bounds."""


def seen(kind: AttributeType, row: PlanRow) -> object:
    """Give what the screen says of a field, as what it means; text stays as it is, byte for byte."""
    yours = next(spec for spec in plan_model().specs if spec.title == "Yours").text(row)
    if row.clears:
        assert yours == "clear"
        return None
    match kind:
        case TYPED.BOOLEAN:
            return {"Yes": True, "No": False}[yours]
        case TYPED.INTEGER | TYPED.NUMBER | TYPED.CURRENCY:
            return Decimal(yours.partition(" ")[0])  # an amount is shown with its currency
        case TYPED.DATETIME:
            return datetime.fromisoformat(yours)
        case TYPED.MULTI_LIST:
            return frozenset(yours.split(", "))
        case _:
            return yours


def received(kind: AttributeType, raw: Any) -> object:
    """Give what came over the wire, as what it means."""
    if raw is None or raw in ("", []):
        return None
    match kind:
        case TYPED.BOOLEAN:
            return raw if isinstance(raw, bool) else {"true": True, "false": False}[raw]
        case TYPED.INTEGER | TYPED.NUMBER | TYPED.CURRENCY:
            return Decimal(str(raw))
        case TYPED.DATETIME:
            return datetime.fromisoformat(str(raw).replace("+0000", "+00:00"))
        case TYPED.MULTI_LIST:
            return frozenset(raw if isinstance(raw, list) else str(raw).replace(",", ";").split(";"))
        case _:
            return str(raw)


def test_a_file_that_changes_while_it_is_read_makes_no_plan(
    rooms: dict[str, CrmRoom], records: dict[str, tuple[RecordId, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    room, rid = rooms["salesforce"], records["salesforce"][0]
    path = room.facts.fields[AttributeType.TEXT]

    def gather(file: SourceFile, *told: Any, **more: Any) -> abc.Iterator[PlanStream]:
        yield from gather_file(file, *told, **more)
        file.path.write_text(file.path.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    monkeypatch.setattr(sending, "gather_file", gather)
    with pytest.raises(ConfigurationError) as caught:
        room.plan_file([path], {rid: ["new"]}, room.facts.routes[1])
    assert caught.value.code == "file.changed_meanwhile"
