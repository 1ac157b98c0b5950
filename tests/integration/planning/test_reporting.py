import csv
from pathlib import Path

import pytest

from tests.integration.planning.planning_desk import Desk
from writeback.engine.reading_files import CsvFile
from writeback.engine.reporting import check_result_files, write_result_files
from writeback.engine.source_files import describe_file
from writeback.engine.terms import Terms
from writeback.errors import ConfigurationError
from writeback.model.changes import Origin
from writeback.store import sqlite
from writeback.store.endings import endings_of
from writeback.store.workspace import Workspace
from writeback_minimal.crm import seeded


@pytest.fixture
def desk(workspace: Workspace, tmp_path: Path) -> Desk:
    return Desk(workspace, tmp_path)


def submitted(desk: Desk, path: Path) -> str:
    plan = desk.propose_file(path, terms=Terms(Origin.FILE, source=describe_file(CsvFile(path))))
    (job,) = desk.submit(plan.id)
    return job


def end(desk: Desk, job: str, batch: str, *, rejected: int = 0, message: str = "") -> None:
    """Play the worker: all batches ended so, one row otherwise."""
    with desk.workspace.writing() as db:
        sqlite.run(db, "update batches set outcome = ?, state = 'settled' where job_id = ?", (batch, job))
        if rejected:
            sqlite.run(
                db,
                "insert into outcomes (job_id, seq, outcome, code, message, fields, at) "
                "values (?, ?, ?, ?, ?, '[]', '')",
                (job, rejected, "rejected", "crm.no", message),
            )


def table(path: Path | None) -> list[list[str]]:
    assert path is not None
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def report(
    desk: Desk, job: str, source: Path, *, raw: bool = False
) -> tuple[list[list[str]], list[list[str]]]:
    files = write_result_files(
        desk.workspace,
        (job,),
        source,
        written=desk.folder / "yes.csv",
        not_written=desk.folder / "no.csv",
        sentence=lambda code, facts: f"said: {code} {facts.get('value', '')}",
        raw=raw,
    )
    return table(files.written), table(files.not_written)


def test_each_row_of_the_file_is_in_exactly_one_result_file_with_its_end(desk: Desk) -> None:
    source = desk.file("Id,Industry", "A1,Energy", "", "A2,Energy", "A3,Retail", "A9,Energy", "A1,Bogus")
    job = submitted(desk, source)
    end(desk, job, "applied", rejected=2, message="no, says the CRM")
    good, bad = report(desk, job, source)
    assert good[0] == ["Id", "Industry", *(f"_writeback_{n}" for n in ("row", "outcome", "code", "message"))]
    assert [row[:4] for row in good[1:]] == [["A3", "Retail", "5", "unchanged"]]
    assert bad[1:] == [
        ["A1", "Energy", "2", "blocked", "plan.repeated_differs", "said: plan.repeated_differs "],
        ["A2", "Energy", "4", "rejected", "crm.no", "no, says the CRM"],
        ["A9", "Energy", "6", "blocked", "plan.record_not_found", "said: plan.record_not_found A9"],
        ["A1", "Bogus", "7", "blocked", "value.not_an_option", "said: value.not_an_option Bogus"],
    ]


def test_rows_nobody_knows_the_end_of_are_open_and_not_written(desk: Desk) -> None:
    source = desk.file("Id,Industry", "A1,Energy")
    job = submitted(desk, source)
    good, bad = report(desk, job, source)
    assert (len(good), bad[1][3]) == (1, "open")


def test_the_safe_form_starts_no_formula_and_our_import_gives_the_cells_back(desk: Desk) -> None:
    cells = ["=1+1", "'quoted", "＝x", "-5", "plain", "@a\nb"]
    source = desk.table(("Id", "Name"), [(f"A{n}", cell) for n, cell in enumerate(cells, 10)])
    job = submitted(desk, source)
    _, bad = report(desk, job, source)
    assert [row[1] for row in bad[1:]] == ["'=1+1", "''quoted", "'＝x", "'-5", "plain", "'@a\nb"]
    again = [row.cells[1] for row in CsvFile(desk.folder / "no.csv").rows()]
    assert again == cells


def test_numbers_of_a_number_column_stay_numbers(desk: Desk) -> None:
    source = desk.file("Id,Revenue", "A1,-5", "A2,=2")
    job = submitted(desk, source)
    end(desk, job, "applied")
    good, bad = report(desk, job, source)
    assert (good[1][1], bad[1][1]) == ("-5", "'=2")


def test_the_raw_form_is_byte_exact_and_says_so_in_its_name(desk: Desk) -> None:
    source = desk.table(("Id", "Name"), [("A77", "=1+1"), ("A78", "a\r\nb")])
    job = submitted(desk, source)
    _, bad = report(desk, job, source, raw=True)
    assert [row[1] for row in bad[1:]] == ["=1+1", "a\r\nb"]
    assert (desk.folder / "no.raw.csv").exists()
    assert not (desk.folder / "no.csv").exists()


def test_a_result_file_can_be_pushed_again(desk: Desk) -> None:
    source = desk.file("Id,Industry", "A1,Energy", "A2,Energy")
    job = submitted(desk, source)
    end(desk, job, "applied", rejected=2)
    report(desk, job, source)
    plan = desk.propose_file(desk.folder / "no.csv")
    assert [(row.record_id, row.verdict) for row in desk.rows(plan)] == [("A2", "send")]


def test_a_source_that_changed_since_the_plan_is_refused(desk: Desk) -> None:
    source = desk.file("Id,Industry", "A1,Energy")
    job = submitted(desk, source)
    source.write_text("Id,Industry\nA2,Energy\n")
    with pytest.raises(ConfigurationError, match=r"file\.changed"):
        report(desk, job, source)
    assert not list(desk.folder.glob("*.part"))


def test_a_place_that_cannot_be_written_is_found_before_anything_is_sent(desk: Desk) -> None:
    source = desk.file("Id,Industry", "A1,Energy")
    with pytest.raises(ConfigurationError, match=r"file\.not_writable"):
        check_result_files(desk.folder / "missing" / "x.csv", None)
    with pytest.raises(ConfigurationError, match=r"file\.same_file"):
        check_result_files(desk.folder / "x.csv", desk.folder / "x.csv")
    with pytest.raises(ConfigurationError, match=r"file\.same_file"):
        check_result_files(source, source=source)
    check_result_files(desk.folder / "x.csv", None)
    assert sorted(path.name for path in desk.folder.glob("*x.csv*")) == []


def test_endings_span_pages_and_batches(workspace: Workspace, tmp_path: Path) -> None:
    desk = Desk(workspace, tmp_path, seeded(2_500))
    source = desk.file("Id,Industry", *(f"A{n},Energy" for n in range(1, 2_501)))
    job = submitted(desk, source)
    with desk.workspace.writing() as db:
        sqlite.run(db, "update batches set outcome = 'applied' where job_id = ? and no <> 2", (job,))
    ended = [ending.outcome for ending in endings_of(workspace, job)]
    assert len(ended) == 2_500
    assert (ended[0], ended[1], ended[2]) == ("applied", "open", "applied")


@pytest.mark.parametrize(
    ("written", "not_written"),
    [("people.csv", "no.csv"), ("a.csv", "a.raw.csv"), ("no.csv", "people.raw.csv")],
)
def test_a_raw_name_writes_over_neither_the_source_nor_the_other_file(
    desk: Desk, written: str, not_written: str
) -> None:
    source = desk.file("Id,Industry", "A1,Energy").rename(desk.folder / "people.raw.csv")
    before = source.read_bytes()
    job = submitted(desk, source)
    good, bad = desk.folder / written, desk.folder / not_written
    with pytest.raises(ConfigurationError, match=r"file\.same_file"):
        check_result_files(good, bad, source=source, raw=True)
    with pytest.raises(ConfigurationError, match=r"file\.same_file"):
        write_result_files(
            desk.workspace,
            (job,),
            source,
            written=good,
            not_written=bad,
            sentence=lambda code, _facts: code,
            raw=True,
        )
    assert source.read_bytes() == before
