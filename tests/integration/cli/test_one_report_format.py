"""A plan and what became of it are told in the same columns and keys."""

import csv
import io
from pathlib import Path

from tests.integration.cli.terminal import Terminal

SHARED = ("row", "record_id", "record", "connection", "object", "field", "old", "new", "theirs", "yours")
KEYS = {*SHARED, "verdict", "outcome", "code", "message"}


def test_plan_and_result_share_keys_and_values(terminal: Terminal) -> None:
    record, other = terminal.record(), terminal.record()
    before = terminal.row(record)["industry"] or ""
    file = terminal.file("a.csv", "Id,Industry", f"{record},Media", f"{other},Media", "nix,Media")
    arguments = (file, "--connection", "acme", "--object", "Account")
    plan = terminal.run("plan", *arguments, "--json").json
    terminal.crm.crm.edit("Account", other, {"Industry": "Banking"})
    terminal.push(file)
    results = terminal.run("jobs", "results", "1", "--format", "json").json
    for rows in (plan["rows"], results):
        assert all(set(row) >= KEYS for row in rows)
    planned = next(row for row in plan["rows"] if row["record_id"] == record)
    ended = next(row for row in results if row["record_id"] == record)
    same = {name for name in SHARED if name not in ("row", "theirs")}
    assert {name: planned[name] for name in same} == {name: ended[name] for name in same}
    assert (planned["old"], planned["theirs"], planned["yours"]) == (before, before, "Media")
    assert (planned["verdict"], planned["outcome"]) == ("send", "open")
    assert (ended["verdict"], ended["outcome"]) == ("send", "applied")
    lost, gone = ([row for row in rows if not row["record_id"]] for rows in (plan["rows"], results))
    assert [(row["verdict"], row["outcome"], row["code"], row["message"]) for row in lost] == [
        ("blocked", "blocked", "plan.record_not_found", "The CRM has no record of this key.")
    ]
    assert [(row["verdict"], row["code"], row["message"]) for row in gone] == [
        (row["verdict"], row["code"], row["message"]) for row in lost
    ]


def test_tables_of_both_have_the_same_columns(terminal: Terminal) -> None:
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{record},=1+1")
    planned = terminal.run(
        *("plan", file, "--connection", "acme", "--object", "Account", "--format", "csv")
    ).out
    terminal.push(file)
    ended = terminal.run("jobs", "results", "1", "--format", "csv").out
    heads = [next(csv.reader(io.StringIO(text))) for text in (planned, ended)]
    assert heads[0] == heads[1]
    assert set(heads[0]) >= KEYS
    (row,) = csv.DictReader(io.StringIO(planned))
    assert (row["new"], row["verdict"]) == ("'=1+1", "send")  # a spreadsheet must not run it
    assert (
        terminal.run("plan", file, "--format", "xml", "--connection", "acme", "--object", "Account").code == 2
    )


def test_every_key_is_documented() -> None:
    help_page = (Path(__file__).parents[3] / "resources/help/reports.md").read_text("utf-8")
    assert [key for key in sorted(KEYS) if f"`{key}`" not in help_page] == []
