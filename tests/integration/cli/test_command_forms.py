"""The exact forms on which others rely: what each command prints, and how it ends."""

import contextlib
import json
import sqlite3

import pytest

from tests.integration.cli.terminal import OUTCOMES, Terminal, token_file

INVARIANTS = {f"I{number}" for number in range(1, 9)}


def test_connect_pins_the_org_that_answers(terminal: Terminal) -> None:
    told = terminal.run(
        *("connect", "salesforce", "--name", "second", "--endpoint", terminal.crm.url),
        *("--token-file", str(token_file(terminal.folder, terminal.crm.token)), "--no-input", "--json"),
    )
    assert told.code == 0
    assert told.json["name"] == "second"
    assert told.json["simulator"] is True
    assert told.json["org"]["id"]
    assert terminal.crm.token not in told.out + told.err


def test_a_token_is_kept_by_reference_and_stands_nowhere_in_the_workspace(terminal: Terminal) -> None:
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Energy"))
    kept = b"".join(path.read_bytes() for path in terminal.folder.glob("prepared.writeback*"))
    assert b"acme" in kept
    assert terminal.crm.token.encode() not in kept


def test_connections_are_listed_tested_and_changed(terminal: Terminal) -> None:
    listed = terminal.run("connections", "list", "--json").json
    assert [(one["name"], one["read_only"]) for one in listed] == [("acme", False)]
    assert terminal.run("connections", "test", "acme", "--json").json["ok"] is True
    changed = terminal.run("connections", "set", "acme", "--read-only", "on", "--json")
    assert changed.json["read_only"] is True
    assert "read-only" in terminal.run("connections", "list").out


def test_integrations_add_takes_a_filter_and_list_shows_it(terminal: Terminal) -> None:
    made = terminal.run(
        *("integrations", "add", "--connection", "acme", "--object", "Contact", "--entity", "user"),
        *("--key", "Id", "--filter", "LastName != null", "--json"),
    )
    assert made.code == 0
    assert (made.json["object"], made.json["entity"]) == ("Contact", "user")
    listed = terminal.run("integrations", "list", "--json").json
    assert [one["filter"] for one in listed] == ["", "LastName != null"]
    assert "LastName != null" in terminal.run("integrations", "list").out


def test_map_makes_attributes_and_says_what_is_written_back(terminal: Terminal) -> None:
    told = terminal.run("map", "i1", "Website=website", "--write-back", "off", "--json")
    by_field = {one["field"]: one for one in told.json["mappings"]}
    assert by_field["Website"] == {
        "field": "Website",
        "attribute": "website",
        "write_back": False,
        "reference": "repoint",
        "on_conflict": "ask",
        "empty": "clear",
        "format": "",
        "blank": "keep",
        "value_map": [],
        "unknown": "hold",
        "transforms": [],
    }
    assert by_field["Owner.Email"]["write_back"] is True
    assert "website" in {one["name"] for one in terminal.run("attributes", "list", "--json").json}


def test_attributes_are_added_with_their_options(terminal: Terminal) -> None:
    told = terminal.run(
        *("attributes", "add", "tier", "--type", "list", "--option", "Gold", "--option", "Silver", "--json")
    )
    assert told.json["options"] == ["Gold", "Silver"]
    of_users = terminal.run("attributes", "list", "--entity", "user", "--json")
    assert of_users.json == []


def test_pull_says_how_much_it_read(terminal: Terminal) -> None:
    told = terminal.run("pull", "i1", "--full", "--json")
    assert told.json["read"] == 90
    assert told.json["conflicts"] == 0


def test_a_pull_without_a_name_pulls_all_and_one_failure_hides_no_other(terminal: Terminal) -> None:
    told = terminal.run("pull", "--full", "--json")
    assert (told.code, told.json["read"], told.json["failed"]) == (0, 90, [])
    assert [one["integration_id"] for one in told.json["integrations"]] == ["i1"]
    added = ("integrations", "add", "--connection", "acme", "--object", "Account", "--filter", "Name != null")
    assert terminal.run(*added).code == 0
    assert terminal.run("map", "i2", "Name=name").code == 0
    with contextlib.closing(sqlite3.connect(terminal.workspace)) as db, db:
        db.execute("update integrations set filter = 'Nonsense =' where id = 'i1'")
    told = terminal.run("pull", "--full", "--json")
    assert (told.code, told.json["read"]) == (4, 90)
    assert told.json["failed"] == [{"integration_id": "i1", "code": "salesforce.malformed_query"}]
    assert told.err.startswith("i1: ")


def test_records_are_listed_page_by_page_and_shown_with_states(terminal: Terminal) -> None:
    first = terminal.run("records", "list", "--limit", "2", "--json").json
    second = terminal.run(
        "records", "list", "--limit", "2", "--after", first["records"][-1]["record"], "--json"
    )
    assert first["total"] == 90
    assert len({one["record"] for one in [*first["records"], *second.json["records"]]}) == 4
    shown = terminal.run("records", "show", first["records"][0]["record"], "--json").json
    assert shown["values"] == first["records"][0]["values"]
    assert shown["states"] == {}


def test_an_edit_that_is_sent_arrives_and_is_confirmed(terminal: Terminal) -> None:
    record = terminal.record()
    told = terminal.run("edit", record, "industry=Retail", "--send", "--json")
    assert told.code == 0
    assert (told.json["rows"], told.json["applied"]) == (1, 1)
    assert told.json["edits"][0]["state"] == "confirmed"
    assert [(one["id"], one["fields"]) for one in terminal.sent()] == [(record, {"Industry": "Retail"})]
    assert terminal.row(record)["industry"] == "Retail"


def test_an_edit_that_is_not_sent_is_a_draft_until_it_is_planned_and_sent(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("edit", record, "industry=Energy", "--json").json["edits"][0]["state"] == "draft"
    assert terminal.sent() == []
    state = terminal.run("records", "show", record, "--json").json["states"]["industry"]
    assert (state["state"], state["new"]) == ("draft", "Energy")
    plan = terminal.folder / "plan.json"
    planned = terminal.run("plan", "--pending", "--out", str(plan), "--json")
    assert planned.json["groups"][0]["send"] == 1
    assert terminal.sent() == []
    sent = terminal.run("send", str(plan), "--yes", "--json")
    assert (sent.code, sent.json["applied"]) == (0, 1)
    assert terminal.row(record)["industry"] == "Energy"


@pytest.mark.parametrize("route", ["auto", "single", "batch", "bulk"])
def test_push_gives_each_row_an_outcome_by_every_route(terminal: Terminal, route: str) -> None:
    records = [terminal.record() for _ in range(3)]
    rows = [f"{record},Media,Pushed by {route}" for record in records]
    told = terminal.push(
        terminal.file("a.csv", "Id,Industry,Description", *rows, "001000000000000AAA,Media,x"),
        *("--route", route, "--json"),
    )
    assert set(told.json) >= {"job", "rows", *OUTCOMES, "seconds"}
    assert sum(told.json[name] for name in OUTCOMES) == told.json["rows"] == 4
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 3, 1)
    assert sorted(one["id"] for one in terminal.sent()) == sorted(records)


def test_push_by_another_key_and_through_a_reference(terminal: Terminal) -> None:
    record, other = terminal.record(), terminal.record()
    values = terminal.row(record)
    email = terminal.row(other)["csm"]
    told = terminal.push(
        terminal.file("a.csv", "Name,Owner.Email", f'"{values["name"]}",{email}'), "--key", "Name", "--json"
    )
    assert told.json["rows"] == 1
    assert told.json["applied"] + told.json["unchanged"] + told.json["blocked"] == 1


def test_push_writes_which_rows_arrived_and_which_did_not(terminal: Terminal) -> None:
    good, bad = terminal.record(), terminal.record()
    written, rest = terminal.folder / "ok.csv", terminal.folder / "rest.csv"
    told = terminal.push(
        terminal.file("a.csv", "Id,Industry,NumberOfEmployees", f"{good},Media,15", f"{bad},Media,many"),
        *("--written", str(written), "--not-written", str(rest), "--json"),
    )
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 1)
    arrived, others = (path.read_text("utf-8-sig").splitlines() for path in (written, rest))
    assert len(arrived) == len(others) == 2
    assert arrived[1].startswith(f"{good},Media,15,2,applied")
    assert others[1].startswith(f"{bad},Media,many,3,blocked,value.not_a_number,")
    assert "many is not a number." in others[1]


def test_jobs_are_listed_shown_and_their_rows_told(terminal: Terminal) -> None:
    record = terminal.record()
    old = terminal.row(record)["industry"] or ""
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media", "nix,Media"), "--reason", "spring")
    (job,) = terminal.run("jobs", "list", "--json").json
    assert (job["number"], job["reason"], job["rows"], job["applied"]) == (1, "spring", 2, 1)
    shown = {**job, "gap": None}  # the CRM checked: there was no gap
    assert terminal.run("jobs", "show", "1", "--json").json == shown
    assert terminal.run("jobs", "show", job["job"], "--json").json == shown
    rows = terminal.run("jobs", "results", "1", "--json").json
    assert [(row["record_id"], row["outcome"]) for row in rows] == [(record, "applied"), ("", "blocked")]
    assert (rows[0]["old"], rows[0]["new"]) == (old, "Media")
    assert rows[1]["message"] == "The CRM has no record of this key."
    only = terminal.run("jobs", "results", "1", "--outcome", "blocked", "--json").json
    assert only == rows[1:]


def test_json_may_stand_before_or_behind_the_command(terminal: Terminal) -> None:
    assert terminal.run("--json", "jobs", "list").json == terminal.run("jobs", "list", "--json").json == []


def test_undo_puts_back_what_a_job_overwrote(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.run("edit", record, "industry=Media", "--send")
    told = terminal.run("jobs", "undo", "1", "--yes", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert terminal.row(record)["industry"] == before
    undone = terminal.run("jobs", "show", "2", "--json").json
    assert undone["kind"] == "undo"
    assert undone["undo_of"] == terminal.run("jobs", "show", "1", "--json").json["job"]


def test_undo_leaves_alone_what_changed_since(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("edit", record, "industry=Media", "--send")
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    told = terminal.run("jobs", "undo", "1", "--yes", "--json")
    assert (told.code, told.json["conflict"], told.json["applied"]) == (5, 1, 0)
    assert len(terminal.sent()) == 1


def test_retry_sends_only_what_was_not_written(terminal: Terminal) -> None:
    good, bad = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{good},Media", f"{bad},Media")
    terminal.arm("duplicate", object="Account", id=bad)
    first = terminal.push(file, "--route", "batch", "--json")
    assert (first.code, first.json["applied"], first.json["rejected"]) == (4, 1, 1)
    terminal.crm.crm.faults.disarm()
    again = terminal.run("jobs", "retry", "1", "--yes", "--json")
    assert (again.code, again.json["rows"], again.json["applied"]) == (0, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [good, bad]


def test_doctor_checks_every_invariant(terminal: Terminal) -> None:
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Media"))
    told = terminal.run("doctor", "--json")
    assert told.code == 0
    assert told.json["ok"] is True
    assert set(told.json["invariants"]) >= INVARIANTS
    assert "I4" in terminal.run("doctor").out


def test_plugins_are_listed_without_running_them(terminal: Terminal) -> None:
    found = terminal.run("plugins", "list", "--json").json
    assert {"dynamics", "hubspot", "salesforce", "zoho"} <= {one["id"] for one in found}
    assert {one["status"] for one in found} == {"found"}
    loaded = terminal.run("plugins", "list", "--load", "--json").json
    assert {one["status"] for one in loaded} == {"loaded"}


def test_an_error_is_one_json_object_with_its_four_parts(terminal: Terminal) -> None:
    told = terminal.run("jobs", "show", "99", "--json")
    error = json.loads(told.out)["error"]
    assert told.code == 2
    assert error["code"] == "job.unknown"
    assert (error["happened"], error["unchanged"]) == ("There is no job 99.", "Nothing was changed.")
    assert told.err == f"{error['happened']} {error['unchanged']} {error['advice']} (job.unknown)\n"
