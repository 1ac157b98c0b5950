"""Which records the rows of a file name: each row in one list, by one field or by two."""

from collections import Counter
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine import matching_files
from writeback.engine.gathering_files import FileWish
from writeback.engine.matching_files import match_file
from writeback.engine.reading_files import CsvFile
from writeback.errors import ConfigurationError
from writeback.model.file_matches import FileMatch, Found
from writeback.store.workspace import Workspace


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    made = Desk(workspace, tmp_path)
    made.crm.put("Account", "A7", Name="Acme", Industry="Energy", Employees=5)
    made.crm.put("Account", "A8", Name="Acme", Industry="Mining", Employees=6)
    made.crm.put("Account", "A9", Name="acme ", Industry="Mining", Employees=7)
    return made


def matched(desk: Desk, path: Path, key: str) -> FileMatch:
    return match_file(CsvFile(path), FileWish("Account", key), desk.reach(desk.connection.id))


def told(match: FileMatch) -> list[tuple[int, str, str]]:
    return [(one.line, one.found.value, one.told) for one in match.lines]


def test_each_row_stands_in_one_list(desk: Desk) -> None:
    path = desk.file("Id,Name", "A7,x", "nobody,x", "", ",x", "A7,y", "A1")
    match = matched(desk, path, "Id")
    assert told(match) == [
        (2, "found", "Acme (A7)"),
        (3, "not_found", ""),
        (5, "no_key", ""),
        (6, "duplicate", "2"),
        (7, "no_key", ""),
    ]
    assert sum(dict(match.counts).values()) == match.rows == 5


def test_two_fields_find_what_one_does_not(desk: Desk) -> None:
    path = desk.file("Name,Industry,Employees", "Acme,Energy,1", "Acme,mining,1", "Acme,Retail,1", "Acme,,1")
    assert Counter(one.found for one in matched(desk, path, "Name").lines) == {Found.AMBIGUOUS: 4}
    match = matched(desk, path, "Name+Industry")
    assert [one.found for one in match.lines] == [
        Found.FOUND, Found.FOUND, Found.NOT_FOUND, Found.NO_KEY,
    ]  # fmt: skip
    assert [one.key for one in match.lines][:2] == ["Acme + Energy", "Acme + mining"]


def test_a_plan_by_two_fields_writes_the_right_record_and_neither_field(desk: Desk) -> None:
    path = desk.file("Name,Industry,Employees", "Acme,Energy,50", "Acme,Mining,60", "Acme,Retail,70")
    plan = desk.propose_file(path, key="Name+Industry")
    rows = desk.rows(plan)
    assert [(row.record_id, row.verdict) for row in rows] == [("A7", "send"), ("A8", "send"), ("", "blocked")]
    assert [row.new for row in rows[:2]] == [(50,), (60,)]
    assert (rows[2].code, rows[2].facts["value"]) == ("plan.record_not_found", "Acme + Retail")


def test_the_same_record_twice_with_other_values_names_both_lines(desk: Desk) -> None:
    path = desk.file("Name,Industry,Employees", "Acme,Energy,50", "", "Acme,energy,60")
    rows = desk.rows(desk.propose_file(path, key="Name+Industry"))
    assert [(row.code, row.facts["line"], row.facts["lines"]) for row in rows] == [
        ("plan.repeated_differs", "2", "4"),
        ("plan.repeated_differs", "4", "2"),
    ]


@pytest.mark.parametrize("key", ["Name+Nix", "Name+Name", "Nix+Name", "Name+"])
def test_a_pair_that_is_none_is_refused(desk: Desk, key: str) -> None:
    with pytest.raises(ConfigurationError, match=r"file\."):
        matched(desk, desk.file("Name,Industry", "Acme,Energy"), key)


def test_a_long_file_says_that_it_goes_on(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matching_files, "LOOKED_AT", 2)
    monkeypatch.setattr(matching_files, "SHOWN", 1)
    path = desk.file("Id,Name", "A1,x", "A2,x", "A3,x")
    match = matched(desk, path, "Id")
    assert (match.rows, match.is_whole, len(match.lines)) == (2, False, 1)
    assert dict(match.counts)[Found.FOUND] == 2, "counts are exact"
    assert matched(desk, desk.file("Id,Name", "A1,x", "A2,x"), "Id").is_whole
