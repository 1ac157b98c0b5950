"""The inbox of conflicts at the command line: list, show, settle one, settle all alike."""

import json

from tests.integration.cli.terminal import Terminal

FIELDS = {
    "source",
    "record_id",
    "connection",
    "field",
    "base",
    "theirs",
    "ours",
    "rule",
    "author",
    "origin",
    "gone",
}


def clash(terminal: Terminal, count: int = 1) -> list[str]:
    """Let rows of a file meet what somebody wrote between plan and send."""
    records = [terminal.record() for _ in range(count)]
    file = terminal.file("a.csv", "Id,Industry", *(f"{one},Media" for one in records))
    plan = terminal.folder / "plan.json"
    terminal.run("plan", file, "--connection", "acme", "--object", "Account", "--out", str(plan))
    for one in records:
        terminal.crm.crm.edit("Account", one, {"Industry": "Banking"})
    assert terminal.run("send", str(plan), "--yes").code == 5
    return records


def test_an_empty_inbox_ends_with_0(terminal: Terminal) -> None:
    told = terminal.run("conflicts", "list")
    assert (told.code, told.out) == (0, "No conflicts.\n")
    assert terminal.run("conflicts", "list", "--json").json == []
    assert terminal.run("plan", "--conflicts").code == 0


def test_a_conflict_is_listed_shown_and_keeps_the_exit_code_at_5(terminal: Terminal) -> None:
    (record,) = clash(terminal)
    listed = terminal.run("conflicts", "list", "--json")
    (one,) = listed.json
    assert listed.code == 5
    assert set(one) >= FIELDS
    assert (one["record_id"], one["field"], one["theirs"], one["ours"]) == (
        record,
        "Industry",
        "Banking",
        "Media",
    )
    assert terminal.run("plan", "--conflicts").code == 5
    table = terminal.run("conflicts", "show", record)
    assert "in the CRM now" in table.out
    assert "Banking" in table.out
    groups = terminal.run("conflicts", "list", "--by", "field", "--json").json
    assert groups == [{"field": "Industry", "conflicts": 1}]


def test_keeping_ours_is_sent_with_yes_and_not_before(terminal: Terminal) -> None:
    (record,) = clash(terminal)
    waits = terminal.run("conflicts", "settle", record, "Industry", "--keep", "ours")
    assert (waits.code, terminal.sent()) == (5, [])
    told = terminal.run("conflicts", "settle", record, "Industry", "--keep", "ours", "--yes", "--json")
    assert (told.code, told.json["settled"], told.json["job"]["applied"]) == (0, 1, 1)
    assert [one["id"] for one in terminal.sent()] == [record]
    assert terminal.run("conflicts", "list").code == 0


def test_all_alike_are_settled_by_one_act(terminal: Terminal) -> None:
    records = clash(terminal, 4)
    told = terminal.run("conflicts", "settle", records[0], "--keep", "crm", "--all-like", "--json")
    assert (told.code, told.json["settled"]) == (0, 4)
    assert terminal.run("conflicts", "list").code == 0


def test_a_third_value_and_a_clear(terminal: Terminal) -> None:
    first, second = clash(terminal, 2)
    terminal.run("conflicts", "settle", first, "--keep", "Retail", "--yes")
    terminal.run("conflicts", "settle", second, "--clear", "--yes")
    written = {one["id"]: one["fields"] for one in terminal.sent()}
    assert json.dumps(written[first]).count("Retail") == 1
    assert second in written


def test_an_edit_that_keeps_ours_waits_as_a_draft(terminal: Terminal) -> None:
    record = terminal.record()
    integration = terminal.run("integrations", "list", "--json").json[0]["id"]
    terminal.run("edit", record, "industry=Media")
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    terminal.run("pull", integration)
    settled = terminal.run("conflicts", "settle", record, "industry", "--keep", "ours", "--json")
    assert (settled.code, settled.json["settled"], settled.json["waiting"]) == (0, 1, 1)
    plan = terminal.run("plan", "--pending", "--json").json["rows"]
    assert [(row["verdict"], row["theirs"], row["yours"]) for row in plan] == [("send", "Banking", "Media")]


def test_what_makes_no_sense_is_refused(terminal: Terminal) -> None:
    (record,) = clash(terminal)
    assert terminal.run("conflicts", "settle", "--keep", "crm").code == 2
    assert terminal.run("conflicts", "settle", record).code == 2
    assert terminal.run("conflicts", "show", "nobody").code == 2
    assert terminal.run("conflicts", "settle", record, "--keep", "Retail", "--make-rule").code == 2
    assert terminal.run("conflicts", "list", "--connection", "nowhere").code == 2
    assert len(terminal.run("conflicts", "list", "--json").json) == 1
