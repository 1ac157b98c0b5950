import json
from collections import abc
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from tests.integration.engine.dict_session import Crm, DictSession, ReadOnlyDictSession
from tests.unit.store.making import integrate
from writeback.engine.pulling import pull
from writeback.errors import ContractBrokenError, LinkLostError, MappingError, WorkspaceBusyError
from writeback.model.events import EventKind
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration
from writeback.model.reports import PullReport
from writeback.model.types import AttributeType, Value
from writeback.sdk.values import Page
from writeback.store import confirming, integrations, journal, records, sqlite
from writeback.store.staging import SLICE, Staging
from writeback.store.workspace import Workspace

FIELDS = {
    "Name": ("name", AttributeType.TEXT),
    "Industry": ("industry", AttributeType.LIST),
    "Revenue": ("arr", AttributeType.CURRENCY),
    "Owner.Email": ("csm", AttributeType.EMAIL),
    "Since": ("since", AttributeType.DATE),
    "Version": ("edition", AttributeType.INTEGER),
}


@pytest.fixture
def account(workspace: Workspace) -> Integration:
    return integrate(workspace, FIELDS)


@pytest.fixture
def crm() -> Crm:
    made = Crm()
    for number in range(5):
        made.ticks += 1000
        made.put(
            f"K{number}",
            Name=f"Acme {number}",
            Industry="Retail",
            Revenue=Decimal(number),
            Since=date(2026, 1, 1),
        )
    return made


def run(
    workspace: Workspace, crm: Crm, session: ReadOnlyDictSession | None = None, *, full: bool = False
) -> PullReport:
    return pull("i1", session or DictSession(crm), workspace, full=full, seconds=crm.seconds)


def held(workspace: Workspace) -> dict[str, dict[str, Value]]:
    with workspace.reading() as db:
        return {
            record.id.partition(":")[2]: dict(record.values)
            for record in records.page(db, "account", limit=100_000)
        }


def draft(
    workspace: Workspace, key: str, old: str | None, new: str | None, *, submitted: bool = False
) -> None:
    row = (f"i1:{key}", json.dumps(old), json.dumps(new), "cs1" if submitted else None)
    with workspace.writing() as db:
        sqlite.run(
            db,
            "insert into drafts "
            "(rid, attribute, entity, kind, old, new, author, origin, created_at, change_set_id) "
            "values (?1, 'industry', 'account', 'list', ?2, ?3, 'me', 'cli', '', ?4)",
            row,
        )


def states(workspace: Workspace) -> list[tuple[str, ...]]:
    with workspace.reading() as db:
        return [
            tuple(row)
            for row in sqlite.run(db, "select rid, attribute, state, new, theirs, job_id from value_states")
        ]


def events(workspace: Workspace, kind: EventKind) -> list[str]:
    with workspace.reading() as db:
        return [event.subject for event in journal.since(db, 0) if event.kind is kind]


def test_a_first_pull_brings_everything(workspace: Workspace, account: Integration, crm: Crm) -> None:
    report = run(workspace, crm)
    assert (report.read, report.added, report.changed, report.gone, report.is_incremental) == (
        5,
        5,
        0,
        0,
        False,
    )
    assert held(workspace)["K3"] == {
        "name": "Acme 3",
        "industry": "Retail",
        "arr": Decimal(3),
        "csm": None,
        "since": date(2026, 1, 1),
        "edition": None,
    }
    assert events(workspace, EventKind.RECORDS_PULLED) == ["i1"]
    with workspace.reading() as db:
        assert records.get(db, "account", "i1:K3").title == "Acme 3"
        told = integrations.get(db, "i1")
        assert told.last_pull_at == workspace.now()
        assert integrations.last_pull(db, "i1")["added"] == 5


def test_a_second_pull_reads_only_what_moved(workspace: Workspace, account: Integration, crm: Crm) -> None:
    run(workspace, crm, DictSession(crm, page_size=100))
    crm.ticks += 1000
    crm.put("K1", Industry="Energy")
    crm.put("K9", Name="New")
    session = DictSession(crm)
    report = run(workspace, crm, session)
    assert session.queries[0].since is not None
    assert (report.added, report.changed, report.is_incremental) == (1, 1, True)
    assert report.read < 5
    assert held(workspace)["K1"]["industry"] == "Energy"


def test_a_touched_record_with_the_same_values_is_not_changed(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    crm.ticks += 1000
    crm.put("K1", Revenue=Decimal("1.00"))
    report = run(workspace, crm)
    assert (report.added, report.changed) == (0, 0)
    with workspace.reading() as db:
        assert records.snapshot_of(db, account, ["K1"])["K1"].version == crm.version


def test_a_deleted_record_is_gone_and_comes_back(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    crm.ticks += 1000
    crm.remove("K1")
    assert run(workspace, crm).gone == 1
    assert "K1" not in held(workspace)
    assert run(workspace, crm).gone == 0
    crm.ticks += 1000
    crm.put("K1", Name="Back")
    assert run(workspace, crm).changed == 1
    assert held(workspace)["K1"]["name"] == "Back"


def test_a_full_pull_finds_what_vanished_silently(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    del crm.records["K2"]
    assert run(workspace, crm).gone == 0
    report = run(workspace, crm, full=True)
    assert (report.gone, report.is_incremental) == (1, False)
    assert "K2" not in held(workspace)


def test_a_session_that_cannot_tell_deletes_is_not_asked(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm, ReadOnlyDictSession(crm))
    crm.ticks += 1000
    crm.remove("K1")
    assert run(workspace, crm, ReadOnlyDictSession(crm)).gone == 0
    assert run(workspace, crm, ReadOnlyDictSession(crm), full=True).gone == 1


def test_ten_thousand_equal_timestamps_are_all_read(workspace: Workspace, account: Integration) -> None:
    crm = Crm()
    for number in range(10_000):
        crm.put(f"K{number:05}", Name="same")
    assert run(workspace, crm, DictSession(crm, page_size=500)).added == 10_000
    for number in range(0, 10_000, 7):
        crm.put(f"K{number:05}", Name="moved")  # within the same instant
    report = run(workspace, crm, DictSession(crm, page_size=500))
    assert report.changed == len(range(0, 10_000, 7))
    assert {key: values["name"] for key, values in held(workspace).items()} == {
        key: values["Name"] for key, (_, values) in crm.records.items()
    }


# --- what happens while a pull runs ---------------------------------------------------------------


@pytest.mark.parametrize("by_version", [False, True])
def test_a_change_behind_the_reading_is_found_by_the_next_pull(
    workspace: Workspace, account: Integration, crm: Crm, by_version: bool
) -> None:
    def edit(page: int) -> None:
        crm.ticks += 60_000
        if page == 0:
            crm.put("K0", Industry="Energy")  # its page was read already
        crm.ticks += 60_000
        crm.put("K4", Revenue=Decimal(page))  # a later version comes in with a later page

    run(workspace, crm, DictSession(crm, between=edit, by_version=by_version))
    assert held(workspace)["K0"]["industry"] == "Retail"
    run(workspace, crm)
    assert held(workspace)["K0"]["industry"] == "Energy"


def test_version_tokens_that_are_no_moments_make_every_pull_a_full_one(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    crm.records = {key: ('W/"7"', values) for key, (_, values) in crm.records.items()}
    run(workspace, crm)
    assert not run(workspace, crm).is_incremental


def test_an_interrupted_pull_changes_nothing_and_says_why(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    with workspace.reading() as db:
        before = integrations.get(db, "i1").watermark
    crm.ticks += 1000
    for number in range(5):
        crm.put(f"K{number}", Industry="Energy")
    crm.remove("K4")

    def cut(page: int) -> None:
        raise LinkLostError("link.lost")

    with pytest.raises(LinkLostError):
        run(workspace, crm, DictSession(crm, between=cut))
    assert {values["industry"] for values in held(workspace).values()} == {"Retail"}
    with workspace.reading() as db:
        assert integrations.get(db, "i1").watermark == before
        assert integrations.last_pull(db, "i1")["problem"] == "link.lost"
    assert list((workspace.path.parent / "w.writeback.tmp").glob("*.staging")) == []
    run(workspace, crm)
    assert {values["industry"] for values in held(workspace).values()} == {"Energy"}


def test_a_leftover_of_a_killed_pull_is_no_hindrance(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    folder = workspace.path.parent / "w.writeback.tmp"
    folder.mkdir()
    (folder / "i1.staging").write_bytes(b"half a file")
    assert run(workspace, crm).added == 5


def test_one_integration_is_pulled_once_at_a_time(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    def again(page: int) -> None:
        run(workspace, crm)

    with pytest.raises(WorkspaceBusyError) as caught:
        run(workspace, crm, DictSession(crm, between=again))
    assert caught.value.code == "pull.running"


def test_what_the_crm_confirmed_meanwhile_is_not_overwritten_and_read_again(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)

    def settle(page: int) -> None:
        if page == 0:
            crm.ticks += 1000
            crm.put("K0", Industry="Energy")
            with workspace.writing() as db:
                told = ("K0", crm.version, {"Industry": "Energy"})
                confirming.confirm_values(db, integration=account, values=[told])

    crm.ticks += 1000
    crm.put("K0", Name="Renamed")
    crm.put("K1", Name="Renamed")
    run(workspace, crm, DictSession(crm, between=settle, page_size=5))
    assert held(workspace)["K0"]["industry"] == "Energy"
    assert held(workspace)["K0"]["name"] == "Acme 0"
    assert held(workspace)["K1"]["name"] == "Renamed"
    run(workspace, crm)
    assert held(workspace)["K0"] == held(workspace)["K1"] | {"industry": "Energy", "arr": Decimal(0)}


def test_more_rows_than_a_slice_are_all_taken_over(workspace: Workspace, account: Integration) -> None:
    crm = Crm()
    rows = 2 * SLICE + 1
    for number in range(rows):
        crm.put(f"K{number:05}", Name=f"Acme {number}")
    assert run(workspace, crm, DictSession(crm, page_size=999)).added == rows
    assert len(held(workspace)) == rows
    crm.records.clear()
    assert run(workspace, crm, full=True).gone == rows
    assert held(workspace) == {}


def test_nothing_to_read_is_a_pull_too(workspace: Workspace, account: Integration) -> None:
    crm = Crm()
    assert run(workspace, crm).read == 0
    crm.put("K", Name="x")
    assert run(workspace, crm).added == 1


# --- drafts ---------------------------------------------------------------------------------------


def test_a_pull_never_overwrites_a_draft_and_shows_the_conflict(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    draft(workspace, "K1", "Retail", "Mining")
    crm.ticks += 1000
    crm.put("K1", Industry="Energy")
    assert run(workspace, crm).conflicts == 1
    assert held(workspace)["K1"]["industry"] == "Energy"
    assert states(workspace) == [("i1:K1", "industry", "conflict", '"Mining"', '"Energy"', "")]
    assert events(workspace, EventKind.CONFLICT_FOUND) == ["i1:K1"]
    with workspace.reading() as db:
        assert sqlite.run(db, "select old, new from drafts").fetchall() == [('"Retail"', '"Mining"')]


@pytest.mark.parametrize("now", ["Retail", "Mining"])
def test_a_conflict_goes_when_the_crm_returns_or_agrees(
    workspace: Workspace, account: Integration, crm: Crm, now: str
) -> None:
    run(workspace, crm)
    draft(workspace, "K1", "Retail", "Mining")
    for value in ("Energy", now):
        crm.ticks += 1000
        crm.put("K1", Industry=value)
        run(workspace, crm)
    assert states(workspace) == []


def test_a_change_of_another_field_is_no_conflict(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    draft(workspace, "K1", "Retail", None)
    crm.ticks += 1000
    crm.put("K1", Name="Other", Revenue=Decimal(99))
    assert run(workspace, crm).conflicts == 0
    assert states(workspace) == []


def test_a_draft_that_is_being_sent_is_the_jobs_business(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    draft(workspace, "K1", "Retail", "Mining", submitted=True)
    crm.ticks += 1000
    crm.put("K1", Industry="Energy")
    assert run(workspace, crm).conflicts == 0
    assert states(workspace) == []


def test_the_state_of_a_value_in_flight_is_left_alone(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    run(workspace, crm)
    draft(workspace, "K1", "Retail", "Mining")
    with workspace.writing() as db:
        sqlite.run(
            db,
            "insert into value_states "
            "(rid, attribute, integration_id, state, job_id, new, code, message, at) "
            "values ('i1:K1', 'industry', 'i1', 'sent', 'j1', '1', '', '', '')",
        )
    crm.ticks += 1000
    crm.put("K1", Industry="Energy")
    assert run(workspace, crm).conflicts == 0
    assert states(workspace)[0][2] == "sent"


# --- what a connector may get wrong ---------------------------------------------------------------


def pages(
    rows: abc.Sequence[tuple[str, str | None, tuple[Value, ...]]], columns: tuple[str, ...] = tuple(FIELDS)
) -> DictSession:
    session = DictSession(Crm())
    session.read = lambda query: iter([Page(columns, rows)])  # type: ignore[method-assign]  # a double of a double
    return session


GOOD = ("K", "2026-11-24T03:00:00Z", ("x", "Retail", Decimal(1), None, None, 1))


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        ([GOOD], ("Name",)),
        ([("K", None, ("x",))], tuple(FIELDS)),
        ([("K", None, ("\ud800", *GOOD[2][1:]))], tuple(FIELDS)),
        ([("K", None, (*GOOD[2][:5], 2**70))], tuple(FIELDS)),
    ],
)
def test_a_page_that_cannot_be_kept_is_refused_whole(
    workspace: Workspace,
    account: Integration,
    rows: list[tuple[str, str | None, tuple[Value, ...]]],
    columns: tuple[str, ...],
) -> None:
    with pytest.raises(ContractBrokenError):
        pull("i1", pages([GOOD, *rows], columns), workspace)
    assert held(workspace) == {}


@pytest.mark.parametrize(
    ("place", "value", "kept"),
    [
        (2, 5, Decimal(5)),
        (5, Decimal("7.0"), 7),
        (0, Decimal("7.50"), "7.50"),
        (0, True, "true"),
        (1, date(2026, 1, 2), "2026-01-02"),
    ],
)
def test_a_field_of_another_type_is_kept_where_nothing_is_lost(
    workspace: Workspace, account: Integration, *, place: int, value: Value, kept: Value
) -> None:
    row: list[Value] = [*GOOD[2]]
    row[place] = value
    pull("i1", pages([("K", None, tuple(row))]), workspace)
    assert list(held(workspace)["K"].values())[place] == kept


@pytest.mark.parametrize(
    ("place", "value"), [(2, "much"), (5, Decimal("7.5")), (4, "2026"), (0, ("a",)), (5, True)]
)
def test_a_field_whose_values_do_not_fit_ends_the_pull(
    workspace: Workspace, account: Integration, place: int, value: Value
) -> None:
    row: list[Value] = [*GOOD[2]]
    row[place] = value
    with pytest.raises(MappingError):
        pull("i1", pages([GOOD, ("L", None, tuple(row))]), workspace)
    assert held(workspace) == {}


def test_a_record_that_comes_twice_keeps_the_later_page(workspace: Workspace, account: Integration) -> None:
    later = (GOOD[0], GOOD[1], ("y", *GOOD[2][1:]))
    assert pull("i1", pages([GOOD, later]), workspace).added == 1
    assert held(workspace)["K"]["name"] == "y"


def test_a_newly_mapped_field_is_filled_by_the_next_pull(
    workspace: Workspace, account: Integration, crm: Crm
) -> None:
    with workspace.writing() as db:
        integrations.unmap_fields(db, "i1", ["Industry"])
    run(workspace, crm)
    with workspace.writing() as db:
        integrations.map_fields(db, "i1", [FieldMapping(FieldPath.parse("Industry"), "industry")])
    assert run(workspace, crm).changed == 5
    assert {values["industry"] for values in held(workspace).values()} == {"Retail"}


def test_an_integration_without_mappings_pulls_keys(workspace: Workspace, crm: Crm) -> None:
    integrate(workspace, {})
    assert run(workspace, crm).added == 5
    assert set(held(workspace)) == set(crm.records)


def test_staging_is_for_its_owner_alone(workspace: Workspace, account: Integration, tmp_path: Path) -> None:
    with Staging(workspace.path, account, {}, is_full=True) as staging:
        assert staging.path.stat().st_mode & 0o777 == 0o600
        assert staging.path.parent.stat().st_mode & 0o777 == 0o700
    assert not staging.path.exists()
