"""`writeback history`: one entry for each thing that happened to a value, whoever did it."""

from typing import Any

from tests.integration.cli.terminal import Terminal
from tests.integration.cli.test_several_crms import Desk, desk, first_record  # noqa: F401  a fixture

KEYS = {"at", "attribute", "old", "new", "origin", "author", "reason", "source", "job", "answers"}
ANSWER_KEYS = {"connection", "outcome", "code", "message"}


def history(terminal: Terminal, record: str, *more: str) -> list[dict[str, Any]]:
    told = terminal.run("history", record, *more, "--json")
    assert told.code == 0, told
    entries: list[dict[str, Any]] = told.json
    assert all(set(entry) >= KEYS for entry in entries)
    assert all(set(answer) >= ANSWER_KEYS for entry in entries for answer in entry["answers"])
    return entries


def test_a_first_read_is_no_change(terminal: Terminal) -> None:
    assert history(terminal, terminal.record()) == []


def test_an_edit_is_told_with_its_answer(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.run("edit", record, "industry=Media", "--send")
    (entry,) = history(terminal, record)
    assert (entry["kind"], entry["attribute"]) == ("written", "industry")
    assert (entry["old"], entry["new"], entry["origin"]) == (before, "Media", "cli")
    assert entry["author"]
    (answer,) = entry["answers"]
    assert (answer["connection"], answer["outcome"], answer["job"]) == ("acme", "applied", entry["job"])
    assert entry["confirmed_at"] >= entry["at"]


def test_a_refusal_is_told_in_the_crms_own_words(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.arm("duplicate", object="Account", id=record)
    terminal.run("edit", record, "industry=Media", "--send")
    terminal.crm.crm.faults.disarm()
    (entry,) = [one for one in history(terminal, record) if one["kind"] == "written"]
    (answer,) = entry["answers"]
    assert (answer["outcome"], bool(answer["message"])) == ("rejected", True)
    assert entry["confirmed_at"] is None


def test_drafts_are_told_when_typed_and_when_dropped(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.run("edit", record, "industry=Media")
    terminal.run("edit", record, f"industry={before}")
    told = [(one["kind"], one["old"], one["new"]) for one in history(terminal, record)]
    assert told == [("discarded", "Media", before), ("draft", before, "Media")]


def test_a_pull_is_told_with_the_crm_it_came_from(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    terminal.run("pull", "i1")
    (entry,) = history(terminal, record)
    assert (entry["kind"], entry["source"], entry["origin"]) == ("pulled", "acme", "pulled")
    assert (entry["old"], entry["new"]) == (before, "Banking")


def test_an_undo_is_an_entry_that_says_what_it_undoes(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["industry"]
    terminal.run("edit", record, "industry=Media", "--send")
    terminal.run("jobs", "undo", "1", "--yes")
    undone, written = history(terminal, record)
    assert (undone["origin"], undone["old"], undone["new"]) == ("undo", "Media", before)
    assert undone["undo_of"] == written["job"]


def test_a_file_is_named_with_its_reason(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media"), "--reason", "spring")
    (entry,) = history(terminal, record)
    assert (entry["origin"], entry["source"], entry["reason"]) == ("file", "a.csv", "spring")


def test_a_repointed_reference_is_told_as_people_read_it(terminal: Terminal) -> None:
    record = terminal.record()
    before = terminal.row(record)["csm"]
    told = terminal.run("records", "list", "--limit", "90", "--json").json
    other = next(csm for one in told["records"] if (csm := one["values"]["csm"]) != before)
    told = terminal.run("edit", record, f"csm={other}", "--send", "--json")
    assert told.code == 0, told
    (entry,) = history(terminal, record, "--attribute", "csm")
    assert (entry["kind"], entry["old"], entry["new"]) == ("written", before, other)
    assert history(terminal, record, "--attribute", "Owner.Email") == [entry]


def test_limits_filters_and_wrong_names(terminal: Terminal) -> None:
    record = terminal.record()
    for value in ("Media", "Retail"):
        terminal.run("edit", record, f"industry={value}", "--send")
    assert [one["new"] for one in history(terminal, record, "--limit", "1")] == ["Retail"]
    assert history(terminal, record, "--attribute", "name") == []
    assert history(terminal, record, "--since", "2999-01-01") == []
    assert terminal.run("history", record, "--attribute", "nix").code == 2
    assert terminal.run("history", "nix").code == 2
    table = terminal.run("history", record)
    assert (table.code, "Retail" in table.out, "acme: written" in table.out) == (0, True, True)


def test_a_conflict_settled_for_the_crm_is_told(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("edit", record, "industry=Media")
    terminal.crm.crm.edit("Account", record, {"Industry": "Banking"})
    terminal.run("pull", "i1")
    kinds = [one["kind"] for one in history(terminal, record)]
    assert kinds == ["pulled", "draft"]


def test_one_act_in_several_crms_is_one_entry_with_their_answers(desk: Desk) -> None:  # noqa: F811
    record = first_record(desk)
    desk.run("edit", record, "notes=for both", "--send")
    (entry,) = desk.run("history", record, "--json").json
    assert [(one["connection"], one["outcome"]) for one in entry["answers"]] == [
        ("north", "applied"),
        ("south", "applied"),
    ]
    key = dict(desk.show(record))["links"][1]["key"]  # type: ignore[index]
    desk.crms["south"].crm.edit("Account", key, {"Description": "from the south"})
    desk.run("pull", "i2")
    pulled, _ = desk.run("history", record, "--json").json
    assert (pulled["source"], pulled["old"], pulled["new"]) == ("south", "for both", "from the south")
