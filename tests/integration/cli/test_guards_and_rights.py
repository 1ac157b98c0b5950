"""Guards that refuse a plan until they are overridden by name, and rights that people hold or lack."""

import json
import sqlite3
from contextlib import closing

import pytest
import requests

from tests.integration.cli.terminal import Terminal, Told

GUARD = 7


def only_these_are(terminal: Terminal, people: dict[str, str]) -> None:
    for name, level in people.items():
        assert terminal.run("permissions", "set", name, level).code == 0


@pytest.fixture
def me(monkeypatch: pytest.MonkeyPatch) -> str:
    become(monkeypatch, "ada")
    return "ada"


def become(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("LOGNAME", name)  # what getpass.getuser asks first


def error_of(told: Told) -> dict[str, object]:
    assert told.code == GUARD, (told.code, told.out, told.err)
    return dict(told.json["error"])


def acts(terminal: Terminal) -> list[tuple[str, dict[str, object]]]:
    with closing(sqlite3.connect(terminal.workspace)) as db:
        return [(act, json.loads(body)) for act, body in db.execute("select act, body from audit")]


def test_too_many_rows_are_refused_until_the_guard_is_named(terminal: Terminal, me: str) -> None:
    assert terminal.run("guards", "set", "rows=2", "--connection", "acme").code == 0
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(3)))
    refused = error_of(terminal.push(file, "--json"))
    assert (refused["code"], refused["facts"]) == (
        "guard.rows",
        {"figure": "3", "limit": "2", "guards": "rows"},
    )
    assert "--override rows" in str(refused["advice"])
    assert terminal.sent() == []
    assert error_of(terminal.push(file, "--override", "blanks", "--json"))["code"] == "guard.rows"
    assert terminal.sent() == []
    done = terminal.push(file, "--override", "rows", "--json")
    assert (done.code, done.json["applied"]) == (0, 3)
    (noted,) = [body for act, body in acts(terminal) if act == "guard.overridden"]
    assert (noted["by"], noted["guards"]) == (me, {"rows": [3.0, 2.0]})


def test_a_plan_lists_what_it_strikes_and_a_saved_one_is_refused_as_well(terminal: Terminal) -> None:
    terminal.run("guards", "set", "rows=1")
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(2)))
    saved = str(terminal.folder / "plan.json")
    asked = ("--connection", "acme", "--object", "Account")
    told = terminal.run("plan", file, *asked, "--out", saved, "--json")
    (struck,) = told.json["groups"][0]["guards"]
    assert (struck["guard"], struck["figure"], struck["limit"]) == ("rows", 2, 1)
    assert "would write 2 records; at most 1" in struck["words"]
    assert "Guard rows:" in terminal.run("plan", file, *asked).out
    assert error_of(terminal.run("send", saved, "--yes", "--json"))["code"] == "guard.rows"
    assert terminal.run("send", saved, "--yes", "--override", "rows", "--json").json["applied"] == 2


def test_a_share_of_blanks_counts_values_that_get_lost(terminal: Terminal) -> None:
    terminal.run("guards", "set", "blanks=40", "blanks_from=2", "empty=off")
    kept, lost = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "Id,Industry,Name", f"{kept},Energy,null", f"{lost},,null and void")
    unasked = terminal.run("plan", file, "--connection", "acme", "--object", "Account", "--json")
    assert unasked.json["groups"][0]["guards"] == [], "a blank cell keeps what is there"
    refused = error_of(terminal.push(file, "--blank", "clear", "--json"))
    assert (refused["code"], refused["facts"]["figure"]) == ("guard.blanks", "50")  # type: ignore[index]  # facts are a mapping
    assert terminal.push(file, "--blank", "clear", "--override", "blanks").code == 0
    assert terminal.row(lost)["industry"] is None


def test_an_empty_source_is_refused(terminal: Terminal) -> None:
    empty = terminal.file("empty.csv", "Id,Industry")
    assert error_of(terminal.push(empty, "--json"))["code"] == "guard.empty"
    assert terminal.push(empty, "--override", "empty").code == 0
    terminal.run("guards", "set", "empty=3", "blanks=off")
    rows = [terminal.record() for _ in range(3)]
    blank = terminal.file("blank.csv", "Id,Industry,Name", *(f"{one},,New name {one}" for one in rows))
    refused = error_of(terminal.push(blank, "--blank", "clear", "--json"))
    assert refused["code"] == "guard.empty"
    assert "Industry is blank in all 3 rows" in str(refused["happened"])
    assert terminal.push(blank, "--json").code == 0, "blank keeps: the names alone are written"
    filled = terminal.file("some.csv", "Id,Industry", f"{rows[0]},Media", *(f"{one}," for one in rows[1:]))
    assert terminal.push(filled, "--blank", "clear").code == 0


def test_a_column_that_holds_what_the_crm_holds_is_not_called_blank(terminal: Terminal) -> None:
    terminal.run("guards", "set", "empty=1", "blanks=off")
    same, lost = terminal.record(), terminal.record()
    industry = terminal.row(same)["industry"]
    file = terminal.file("a.csv", "Id,Industry,Name", f"{same},{industry},Renamed {same}", f"{lost},,")
    told = terminal.push(file, "--blank", "clear", "--json")
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 1)  # a name may not be emptied


def test_a_share_of_all_records_is_refused(terminal: Terminal) -> None:
    terminal.run("guards", "set", "changed=2", "changed_from=2")
    rows = [terminal.record(), terminal.record()]
    file = terminal.file("a.csv", "Id,Industry", *(f"{one},Energy" for one in rows))
    refused = error_of(terminal.push(file, "--json"))
    assert (refused["code"], refused["facts"]["rows"]) == ("guard.changed", "2")  # type: ignore[index]  # facts are a mapping
    assert int(str(refused["facts"]["total"]).replace(",", "")) >= 90  # type: ignore[index]  # the same
    terminal.run("guards", "set", "changed_from=3")
    assert terminal.push(file).code == 0


def test_several_struck_guards_are_all_named(terminal: Terminal) -> None:
    terminal.run("guards", "set", "rows=1", "changed=1", "changed_from=1")
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(2)))
    refused = error_of(terminal.push(file, "--json"))
    assert (refused["code"], refused["facts"]["guards"]) == ("guard.struck", "rows,changed")  # type: ignore[index]  # facts are a mapping
    assert terminal.push(file, "--override", "rows,changed").code == 0


def behind_our_back(terminal: Terminal, record: str, industry: str) -> None:
    """Let an automation of the CRM set a value."""
    answer = requests.patch(
        f"{terminal.crm.url}/services/data/v67.0/sobjects/Account/{record}",
        json={"Industry": industry},
        headers={"Authorization": f"Bearer {terminal.crm.token}"},
        timeout=10,
    )
    assert answer.status_code == 204


def test_two_automations_that_undo_each_other_are_stopped_with_the_reason(terminal: Terminal) -> None:
    terminal.run("guards", "set", "echo=2", "echo_hours=1")
    record, calm = terminal.record(), terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{record},Energy", f"{calm},Media")
    for _ in range(2):
        behind_our_back(terminal, record, "Retail")
        assert terminal.push(file).code == 0
    behind_our_back(terminal, record, "Retail")
    refused = error_of(terminal.push(file, "--json"))
    assert refused["code"] == "guard.echo_loop"
    facts = dict(refused["facts"])  # type: ignore[call-overload]  # facts are a mapping
    assert (facts["field"], facts["ours"], facts["theirs"]) == ("Industry", "Energy", "Retail")
    assert (facts["figure"], facts["hours"], facts["records"]) == ("2", "1", "1")
    terminal.run("pull", "i1")
    edited = terminal.run("edit", record, "industry=Energy", "--send", "--json")
    assert edited.code == GUARD
    (told,) = edited.json["edits"]
    assert (told["state"], told["reason"]["code"]) == ("draft", "guard.echo_loop")
    pending = terminal.run("plan", "--pending", "--json")
    assert [row["yours"] for row in pending.json["rows"]] == ["Energy"], "the draft is kept"
    assert pending.json["groups"][0]["guards"][0]["guard"] == "echo_loop"
    sent = terminal.run("edit", record, "industry=Energy", "--send", "--override", "echo_loop", "--json")
    assert (sent.code, sent.json["applied"]) == (0, 1)


def test_somebody_who_changes_their_mind_is_no_loop(terminal: Terminal) -> None:
    terminal.run("guards", "set", "echo=2")
    record = terminal.record()
    for industry in ("Energy", "Retail") * 4:
        file = terminal.file("a.csv", "Id,Industry", f"{record},{industry}")
        told = terminal.push(file, "--json")
        assert told.code == 0, told.out


def test_guards_are_listed_with_their_source_and_bad_limits_refused(terminal: Terminal) -> None:
    terminal.run("guards", "set", "rows=500")
    terminal.run("guards", "set", "rows=50", "blanks=off", "--connection", "acme")
    mine = {one["name"]: one for one in terminal.run("guards", "list", "--connection", "acme", "--json").json}
    assert (mine["rows"]["value"], mine["rows"]["source"]) == (50, "connection")
    assert (mine["blanks"]["value"], mine["echo"]["source"]) == (None, "default")
    told = terminal.run("guards", "set", "rows=default", "--connection", "acme", "--json").json
    assert {one["name"]: one["value"] for one in told}["rows"] == 500
    assert terminal.run("guards", "set", "rwos=5").code == 2
    assert terminal.run("guards", "set", "blanks=101").code == 2
    assert terminal.run("guards", "set", "rows=many").code == 2
    assert terminal.push(terminal.file("a.csv", "Id,Industry"), "--override", "everything").code == 2


# rights


def test_nobody_named_is_one_person_who_may_do_everything(terminal: Terminal) -> None:
    assert "one person" in terminal.run("permissions", "list").out


def test_the_first_person_has_to_be_a_global_admin_and_the_last_one_stays(
    terminal: Terminal, me: str
) -> None:
    told = terminal.run("permissions", "set", "ed", "editor", "--json")
    assert (told.code, told.json["error"]["code"]) == (2, "permission.needs_admin")
    only_these_are(terminal, {me: "global-admin", "ed": "editor"})
    assert terminal.run("permissions", "set", me, "editor").code == 2
    assert terminal.run("permissions", "remove", me).code == 2
    told = terminal.run("permissions", "list", "--json")
    assert [(one["person"], one["level"]) for one in told.json["people"]] == [
        (me, "global_admin"),
        ("ed", "editor"),
    ]


@pytest.mark.parametrize(
    "case",
    [
        ("viewer", ("edit", "RECORD", "industry=Energy"), "edit"),
        ("viewer", ("plan", "FILE", "--connection", "acme", "--object", "Account"), "edit"),
        (
            "editor",
            ("push", "FILE", "--connection", "acme", "--object", "Account", "--yes"),
            "write to a CRM",
        ),
        ("approver", ("map", "i1", "Website=website", "--write-back", "off"), "configure mappings"),
        ("approver", ("connections", "set", "acme", "--read-only", "off"), "set write-back"),
        ("approver", ("guards", "set", "rows=5"), "set write-back"),
        ("advanced-user", ("permissions", "set", "eve", "global-admin"), "administer"),
        ("editor", ("jobs", "undo", "1", "--yes"), "undo"),
    ],
)
def test_whoever_lacks_a_right_is_told_which_and_who_grants_it(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, case: tuple[str, tuple[str, ...], str]
) -> None:
    level, line, right = case
    me = "ada"
    become(monkeypatch, me)
    record = terminal.record()
    file = terminal.file("a.csv", "Id,Industry", f"{record},Energy")
    if line[0] == "jobs":
        assert terminal.push(file).code == 0
    only_these_are(terminal, {me: "global-admin", "eve": level})
    before = len(terminal.sent())
    become(monkeypatch, "eve")
    arguments = [{"RECORD": record, "FILE": file}.get(word, word) for word in line]
    refused = error_of(terminal.run(*arguments, "--json"))
    assert refused["code"] == "permission.missing"
    facts = dict(refused["facts"])  # type: ignore[call-overload]  # facts are a mapping
    assert (facts["right"], facts["author"], facts["who"]) == (right, "eve", "ada")
    assert len(terminal.sent()) == before


def test_an_editor_keeps_drafts_that_an_operator_sends(
    terminal: Terminal, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = terminal.record()
    only_these_are(terminal, {me: "global-admin", "ed": "editor", "olga": "operator"})
    become(monkeypatch, "ed")
    told = terminal.run("edit", record, "industry=Energy", "--send", "--json")
    assert told.code == GUARD
    assert (told.json["edits"][0]["state"], told.json["edits"][0]["reason"]["code"]) == (
        "draft",
        "permission.missing",
    )
    assert terminal.sent() == []
    become(monkeypatch, "olga")
    saved = str(terminal.folder / "plan.json")
    assert terminal.run("plan", "--pending", "--out", saved).code == 0
    assert terminal.run("send", saved, "--yes", "--json").json["applied"] == 1


def test_overriding_a_guard_needs_the_right_to(
    terminal: Terminal, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    terminal.run("guards", "set", "rows=1")
    only_these_are(terminal, {me: "global-admin", "olga": "operator", "ap": "approver"})
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(2)))
    become(monkeypatch, "olga")
    refused = error_of(terminal.push(file, "--override", "rows", "--json"))
    assert refused["facts"]["right"] == "override guards"  # type: ignore[index]  # facts are a mapping
    become(monkeypatch, "ap")
    assert terminal.push(file, "--override", "rows").code == 0


def test_bulk_needs_the_right_or_another_persons_word(
    terminal: Terminal, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_these_are(terminal, {me: "global-admin", "olga": "operator", "ap": "approver"})
    terminal.run("guards", "set", "bulk=1")
    rows = [terminal.record(), terminal.record()]
    file = terminal.file("a.csv", "Id,Industry", *(f"{one},Energy" for one in rows))
    become(monkeypatch, "olga")
    assert error_of(terminal.push(file, "--json"))["facts"]["right"] == "write in bulk"  # type: ignore[index]  # facts are a mapping
    become(monkeypatch, me)
    terminal.run("guards", "set", "approval=50")
    become(monkeypatch, "olga")
    waits = error_of(terminal.push(file, "--json"))
    assert waits["code"] == "approval.pending"
    plan = dict(waits["facts"])["plan"]  # type: ignore[call-overload]  # facts are a mapping
    (listed,) = terminal.run("approvals", "list", "--json").json
    assert (listed["plan"], listed["by"], listed["rows"]) == (plan, "olga", 2)
    assert error_of(terminal.run("approvals", "approve", plan, "--json"))["code"] == "permission.missing"
    assert terminal.sent() == []
    become(monkeypatch, "ap")
    done = terminal.run("approvals", "approve", plan, "--note", "as agreed", "--json")
    assert (done.code, done.json["applied"]) == (0, 2)
    assert terminal.run("approvals", "approve", plan).code == 2, "it waits no longer"
    noted = [(act, body["by"]) for act, body in acts(terminal) if act.startswith("approval.")]
    assert noted == [("approval.asked", "olga"), ("approval.approved", "ap")]


def test_nobody_approves_their_own_plan_and_a_declined_one_is_forgotten(
    terminal: Terminal, me: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    only_these_are(terminal, {me: "global-admin", "ap": "approver"})
    terminal.run("guards", "set", "approval=1")
    file = terminal.file("a.csv", "Id,Industry", *(f"{terminal.record()},Energy" for _ in range(2)))
    plan = dict(error_of(terminal.push(file, "--json"))["facts"])["plan"]  # type: ignore[call-overload]  # facts are a mapping
    assert error_of(terminal.run("approvals", "approve", plan, "--json"))["code"] == "approval.own"
    become(monkeypatch, "ap")
    assert terminal.run("approvals", "decline", plan, "--json").json["state"] == "declined"
    assert terminal.run("approvals", "list", "--json").json == []
    assert terminal.sent() == []
