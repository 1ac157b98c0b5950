from collections import abc
from dataclasses import replace
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError, MappingError, ReadOnlyConnectionError
from writeback.model.canonical import UNSET
from writeback.model.changes import Origin
from writeback.model.file_mappings import FileMapping
from writeback.model.integrations import BlankRule, ConflictRule
from writeback.model.jobs import Assurance, Route
from writeback.store import connections, schema, sqlite
from writeback.store.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    return Desk(workspace, tmp_path)


def verdicts(desk: Desk, *lines: str, **options: object) -> list[tuple[str, str, str]]:
    plan = desk.propose_file(desk.file(*lines), **options)  # type: ignore[arg-type]
    return [(row.verdict, row.code, row.field) for row in desk.rows(plan)]


def test_a_changed_value_is_sent_with_what_the_crm_holds_as_its_pre_image(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry,Employees", "A1,Energy,12"))
    (row,) = desk.rows(plan)
    assert (row.seq, row.verdict, row.record_id) == (1, "send", "A1")
    assert (row.old, row.new) == (("Retail", None), ("Energy", 12))
    assert row.base == desk.crm.version("A1")


def test_a_value_that_is_so_already_is_unchanged_and_dropped_beside_others(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry,Active", "A1,Retail,false", "A2,retail,TRUE"))
    first, second = desk.rows(plan)
    assert (first.verdict, first.new) == ("send", (UNSET, False))
    assert second.verdict == "unchanged"


def test_a_blank_keeps_and_clears_only_when_told_so(desk: Desk) -> None:
    assert verdicts(desk, "Id,Industry", "A1,") == [("unchanged", "", "")]
    plan = desk.propose_file(desk.file("Id,Industry", "A1,"), blank=BlankRule.CLEAR)
    (row,) = desk.rows(plan)
    assert (row.verdict, row.new) == ("send", (None,))


@pytest.mark.parametrize(
    ("column", "text", "code"),
    [
        ("Active", "maybe", "value.not_a_boolean"),
        ("Employees", "many", "value.not_a_number"),
        ("Employees", "1.5", "value.not_an_integer"),
        ("Industry", "Farming", "value.not_an_option"),
        ("Name", "x" * 81, "value.too_long"),
        ("Renewal", "24.11.26", "value.not_a_date"),
        ("Owner.Email", "nobody@example.com", "reference.not_found"),
    ],
)
def test_a_bad_cell_blocks_its_row_and_names_the_field(desk: Desk, column: str, text: str, code: str) -> None:
    plan = desk.propose_file(
        desk.file(f"Id,{column},Revenue" if column != "Revenue" else "Id", f"A1,{text},5")
    )
    (row,) = desk.rows(plan)
    assert (row.verdict, row.code, row.field) == ("blocked", code, column)
    assert "value" in row.facts


def test_a_row_with_one_bad_field_sends_nothing_of_it(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry,Active", "A1,Energy,maybe", "A2,Energy,no"))
    assert [row.verdict for row in desk.rows(plan)] == ["blocked", "send"]
    assert plan.groups[0].send == 1


def test_an_unknown_column_refuses_the_whole_file_and_leaves_no_plan(desk: Desk) -> None:
    with pytest.raises(ConfigurationError) as caught:
        desk.propose_file(desk.file("Id,Industri", "A1,Energy"))
    assert (caught.value.code, caught.value.facts["column"]) == ("file.unknown_column", "Industri")
    assert counts(desk) == (0, 0, 0, 0)


def test_a_missing_key_column_refuses_the_whole_file(desk: Desk) -> None:
    with pytest.raises(ConfigurationError) as caught:
        desk.propose_file(desk.file("Name,Industry", "x,Energy"))
    assert (caught.value.code, caught.value.facts["key"]) == ("file.no_key_column", "Id")


def test_a_read_only_column_blocks_the_rows_that_touch_it(desk: Desk) -> None:
    assert verdicts(desk, "Name,Id,Industry", "Account 1,A9,Energy", "Account 2,,Energy", key="Name") == [
        ("blocked", "field.read_only", "Id"),
        ("send", "", ""),
    ]


def test_a_key_that_finds_no_record_or_two_blocks_the_row(desk: Desk) -> None:
    desk.crm.put("Account", "A9", Name="Account 1", Industry="Retail")
    assert verdicts(
        desk, "Name,Industry", "Nobody,Energy", "Account 1,Energy", "Account 2,Energy", key="Name"
    ) == [
        ("blocked", "plan.record_not_found", ""),
        ("blocked", "plan.record_ambiguous", ""),
        ("send", "", ""),
    ]


def test_two_columns_on_one_crm_field_are_refused_with_both_names(desk: Desk) -> None:
    with pytest.raises(MappingError) as caught:
        desk.propose_file(desk.file("Id,OwnerId,Owner.Email", "A1,U1,bo@example.com"))
    assert caught.value.code == "mapping.same_column"
    assert {caught.value.facts["first"], caught.value.facts["second"]} == {"OwnerId", "Owner.Email"}


def test_a_reference_by_email_travels_as_the_id_of_the_record_it_means(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Owner.Email", "A1,bo@example.com", "A2,BO@example.com"))
    first, second = desk.rows(plan)
    assert (first.verdict, first.old, first.new) == ("send", ("U1",), ("U2",))
    assert second.verdict == "unchanged"
    with desk.workspace.reading() as db:
        shown = sqlite.run(db, "select shown from writes").fetchone()[0]
    assert shown.casefold() == '{"0": ["ada@example.com", "bo@example.com"]}'


def test_an_email_that_two_users_have_is_ambiguous(desk: Desk) -> None:
    desk.crm.put("User", "U3", Name="Ada Twin", Email="ada@example.com")
    assert verdicts(desk, "Id,Owner.Email", "A2,ada@example.com") == [
        ("blocked", "reference.ambiguous", "Owner.Email")
    ]


def test_two_rows_that_want_different_things_of_one_record_are_blocked_and_name_each_other(
    desk: Desk,
) -> None:
    plan = desk.propose_file(
        desk.file("Id,Industry", "A1,Energy", "A2,Energy", "A1,Mining", "A2,Energy", "A1,Retail")
    )
    rows = desk.rows(plan)
    assert [(row.verdict, row.code) for row in rows] == [
        ("blocked", "plan.repeated_differs"),
        ("send", ""),
        ("blocked", "plan.repeated_differs"),
        ("unchanged", "plan.repeated"),
        ("blocked", "plan.repeated_differs"),
    ]
    assert (rows[0].facts["line"], rows[0].facts["lines"]) == ("2", "4, 6")
    assert plan.groups[0].send == 1


def test_every_row_of_a_file_has_one_end_and_keeps_its_number(desk: Desk) -> None:
    lines = ("A1,Energy", "", "A9,Energy", "A2,Retail", "A3,nonsense", "A1,Energy", "short")
    plan = desk.propose_file(desk.file("Id,Industry", *lines))
    rows = desk.rows(plan)
    assert [(row.seq, row.verdict) for row in rows] == [
        (1, "send"),
        (2, "blocked"),
        (3, "unchanged"),
        (4, "blocked"),
        (5, "unchanged"),
        (6, "blocked"),
    ]
    assert (rows[4].facts["line"], rows[4].facts["lines"]) == ("7", "2")  # the empty line counts
    (group,) = plan.groups
    assert group.rows == group.send + group.unchanged + group.blocked + group.conflict == 6


def test_a_plan_reads_afresh_and_costs_no_write(desk: Desk) -> None:
    desk.crm.put("Account", "A1", Industry="Mining")
    plan = desk.propose_file(desk.file("Id,Industry", "A1,Energy"))
    assert desk.rows(plan)[0].old == ("Mining",)
    assert desk.crm.applied == []
    assert plan.groups[0].read_calls == 1


def test_a_row_that_is_blocked_by_itself_costs_no_read(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Active", "A1,maybe"))
    assert plan.groups[0].read_calls == 0


def test_without_a_look_nothing_is_read_and_the_assurance_is_c(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry", "A1,Retail"), terms=Terms(Origin.FILE, compares=False))
    (row,) = desk.rows(plan)
    assert (row.verdict, row.base, row.new) == ("send", None, ("Retail",))
    assert (plan.groups[0].assurance, plan.groups[0].read_calls) == (Assurance.C, 0)


def test_the_route_follows_the_number_of_rows_and_a_forced_one_is_obeyed(desk: Desk) -> None:
    rows = [f"A{n},Energy" for n in (1, 2, 3)]
    assert desk.propose_file(desk.file("Id,Industry", *rows)).groups[0].route is Route.BATCH
    forced = Terms(Origin.FILE, route=Route.SINGLE)
    assert desk.propose_file(desk.file("Id,Industry", *rows), terms=forced).groups[0].route is Route.SINGLE
    as_one_job = Terms(Origin.FILE, route=Route.BULK)  # of many batches, where a CRM has no uploads
    assert desk.propose_file(desk.file("Id,Industry", *rows), terms=as_one_job).groups[0].route is Route.BATCH


def test_a_read_only_connection_refuses_the_plan(desk: Desk) -> None:
    with desk.workspace.writing() as db:
        connections.change(db, replace(desk.connection, read_only=True))
    with pytest.raises(ReadOnlyConnectionError):
        desk.propose_file(desk.file("Id,Industry", "A1,Energy"))
    assert counts(desk) == (0, 0, 0, 0)


def test_the_file_belongs_to_the_integration_only_where_all_columns_are_switched_on(desk: Desk) -> None:
    def home(header: str, row: str) -> object:
        plan = desk.propose_file(desk.file(header, row))
        with desk.workspace.reading() as db:
            return sqlite.run(
                db, "select integration_id from jobs where change_set_id = ?", (plan.id,)
            ).fetchone()[0]

    assert home("Id,Industry", "A1,Energy") == desk.integration.id
    assert home("Id,Industry,Renewal", "A1,Energy,2026-11-24") is None
    desk.map_fields(write_back=False)
    assert home("Id,Industry", "A1,Energy") is None


def test_a_file_cut_short_in_another_encoding_leaves_no_plan(desk: Desk) -> None:
    path = desk.folder / "latin.csv"
    path.write_bytes("Id,Name\nA1,Ä\n".encode("latin-1"))
    with pytest.raises(ConfigurationError) as caught:
        desk.propose_file(path)
    assert caught.value.code == "file.wrong_encoding"
    assert counts(desk) == (0, 0, 0, 0)


def test_a_rule_may_say_who_wins(desk: Desk) -> None:
    plan = desk.propose_file(desk.file("Id,Industry", "A1,Energy"), conflict=ConflictRule.OURS)
    assert desk.rows(plan)[0].verdict == "send"


def counts(desk: Desk) -> tuple[int, ...]:
    tables: abc.Sequence[str] = [
        table.name for table in (schema.change_sets, schema.jobs, schema.writes, schema.findings)
    ]
    with desk.workspace.reading() as db:
        return tuple(
            int(sqlite.run(db, f"select count(*) from {name}").fetchone()[0])  # noqa: S608  our own tables
            for name in tables
        )


def test_what_else_the_key_column_is_mapped_to_is_written(desk: Desk) -> None:
    mapping = FileMapping((("Id", "Id"), ("Id", "Name")))
    plan = desk.propose_file(desk.file("Id", "A1", "A2"), mapping=mapping)
    assert [(row.record_id, row.new) for row in desk.rows(plan)] == [("A1", ("A1",)), ("A2", ("A2",))]
