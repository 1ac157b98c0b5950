"""Records that a file makes: off unless chosen, once each, and told as what they are."""

import csv
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, Told

KEY = "External_Id__c"
TAGS = iter(range(1, 1_000))


def tag() -> str:
    """Give a key that no record has."""
    return f"NEW-{next(TAGS)}"


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def push(terminal: Terminal, file: str, *more: str) -> Told:
    return terminal.push(file, "--key", KEY, "--json", *more)


def plan(terminal: Terminal, file: str, *more: str) -> Any:
    line = ("plan", file, "--connection", "acme", "--object", "Account", "--key", KEY, "--json", *more)
    return terminal.run(*line).json


def made(terminal: Terminal) -> dict[str, str]:
    """Give by key the ids of the records that the CRM made since the test began."""
    created = (one for one in terminal.sent() if one["operation"] == "create")
    return {str(one["fields"][KEY]): str(one["id"]) for one in created}


def codes(told: Any) -> list[str]:
    return [str(one["code"]) for one in told["rows"]]


@pytest.fixture
def known(terminal: Terminal) -> str:
    """The key of a record that is there."""
    key = tag()
    file = terminal.file("known.csv", f"Id,{KEY}", f"{terminal.record()},{key}")
    assert terminal.push(file).code == 0
    return key


def test_nothing_is_made_unless_it_is_chosen(terminal: Terminal) -> None:
    file = terminal.file("a.csv", f"{KEY},Name", f"{tag()},Maple")
    told = push(terminal, file)
    assert (told.code, told.json["blocked"], terminal.sent()) == (4, 1, [])


def test_missing_records_are_made_and_the_others_updated(terminal: Terminal, known: str) -> None:
    first, second = tag(), tag()
    file = terminal.file(
        "a.csv", f"{KEY},Name,Industry", f"{first},Maple,Media", f"{known},Oak,", f"{second},Elm,"
    )
    seen = plan(terminal, file, "--create", "missing")
    assert [(one["creates_by"], one["send"], one["assurance"]) for one in seen["groups"]] == [
        ("", 1, "A"), (KEY, 2, "A"),
    ]  # fmt: skip
    fields = [one for one in seen["rows"] if one["verdict"] == "create"]
    names = ("record", "record_id", "field", "theirs", "yours")
    assert [tuple(one[name] for name in names) for one in fields] == [
        (first, "", KEY, "", first), (first, "", "Name", "", "Maple"), (first, "", "Industry", "", "Media"),
        (second, "", KEY, "", second), (second, "", "Name", "", "Elm"),
    ]  # fmt: skip
    good, bad = terminal.folder / "w.csv", terminal.folder / "n.csv"
    ends = ("--create", "missing", "--written", str(good), "--not-written", str(bad))
    told = push(terminal, file, *ends)
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 3, 3), told
    ids = made(terminal)
    assert (set(ids), rows(bad)) == ({first, second}, [])
    assert {row[KEY]: row["_writeback_record_id"] for row in rows(good)}.items() >= ids.items()
    assert terminal.row(ids[first])["name"] == "Maple", "it is in the workspace without a pull"
    history = terminal.run("history", f"i1:{ids[first]}", "--json").json
    assert {(one["attribute"], one["new"], one["kind"]) for one in history} >= {("name", "Maple", "written")}
    told = terminal.run("jobs", "verify", history[0]["job"], "--json")
    assert (told.code, told.json["is_as_written"]) == (0, True)
    again = push(terminal, file, "--create", "missing")
    assert (again.code, again.json["unchanged"], again.json["rows"]) == (0, 3, 3)
    assert terminal.run("retention", "erase", f"i1:{ids[first]}", "--yes").code == 0
    with sqlite3.connect(terminal.workspace) as db:
        named = {str(row[0]) for row in db.execute("select record_id from writes")}
    db.close()
    assert ids[first] in named, "the key's value is erased as well"
    assert first not in named


def test_only_new_ones_leave_the_others_alone(terminal: Terminal, known: str) -> None:
    key = tag()
    file = terminal.file("a.csv", f"{KEY},Name", f"{known},Oak", f"{key},Elm")
    told = push(terminal, file, "--create", "only")
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 1)
    assert list(made(terminal)) == [key]
    (number,) = {one["number"] for one in terminal.run("jobs", "list", "--json").json if one["creates_by"]}
    told = terminal.run("jobs", "results", str(number), "--format", "json", "--outcome", "blocked")
    assert codes({"rows": told.json}) == ["create.exists_already"]


def test_what_cannot_become_a_record_is_blocked_before_anything_is_sent(terminal: Terminal) -> None:
    one, two, three, four = (tag() for _ in range(4))
    file = terminal.file(
        "a.csv", f"{KEY},Name,NumberOfEmployees,CreatedDate", f"{one},,1,", f"{two},Elm,many,",
        f"{three},Oak,2,2026-01-01T00:00:00Z", f"{four},Ash,3,", f"{four},Ash,4,",
    )  # fmt: skip
    seen = plan(terminal, file, "--create", "missing")
    assert codes(seen) == [
        "create.required", "value.not_a_number", "create.field_not_settable",
        "plan.repeated_differs", "plan.repeated_differs",
    ]  # fmt: skip
    file = terminal.file("b.csv", f"{KEY},Industry", f"{one},Media")
    told = push(terminal, file, "--create", "missing")
    assert (told.code, told.json["blocked"], made(terminal)) == (4, 1, {})


def test_keys_that_differ_only_in_case_name_one_record(terminal: Terminal) -> None:
    one, two = f"{tag()}-straße", tag()
    file = terminal.file(
        "a.csv", f"{KEY},Name", f"{one},Elm", f"{one.upper()},Elm", f"{two},Ash", f"{two} ,Ash"
    )
    seen = plan(terminal, file, "--create", "missing")
    assert codes(seen) == ["plan.repeated_differs", "plan.repeated_differs", "", "", "plan.repeated"]
    told = push(terminal, file, "--create", "missing")
    assert (told.code, told.json["blocked"], list(made(terminal))) == (4, 2, [two])


@pytest.mark.parametrize(
    ("key", "code"),
    [("Name", "create.not_by_key"), ("Id", "create.by_id"), (f"{KEY}+Name", "create.not_by_key")],
)
def test_by_a_key_that_is_not_unique_nothing_is_made(terminal: Terminal, key: str, code: str) -> None:
    file = terminal.file("a.csv", f"Id,{KEY},Name,Industry", f"001,{tag()},Maple,Media")
    told = terminal.push(file, "--key", key, "--create", "missing")
    assert (told.code, terminal.sent()) == (2, [])
    assert code in told.err
    assert terminal.push(file, "--create", "always").code == 2


@pytest.mark.nightly
def test_a_saved_plan_makes_what_is_still_missing(terminal: Terminal) -> None:
    first, second = tag(), tag()
    file = terminal.file("a.csv", f"{KEY},Name", f"{first},Maple", f"{second},Elm")
    saved = terminal.folder / "plan.json"
    plan(terminal, file, "--create", "missing", "--out", str(saved))
    other = terminal.file("b.csv", f"{KEY},Name", f"{first},Theirs")
    assert push(terminal, other, "--create", "only").code == 0
    told = terminal.run("send", str(saved), "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 1)
    assert set(made(terminal)) == {first, second}
    assert terminal.row(made(terminal)[first])["name"] == "Theirs"


def test_a_saved_plan_writes_a_record_once_that_its_file_names_twice(terminal: Terminal) -> None:
    record, key = terminal.record(), tag()
    saved = terminal.folder / "plan.json"
    file = terminal.file("a.csv", "Id,Industry", f"{record},Media", f"{record},Media")
    line = ("plan", file, "--connection", "acme", "--object", "Account", "--key", "Id", "--json")
    assert codes(terminal.run(*line, "--out", str(saved)).json) == ["", "plan.repeated"]
    told = terminal.run("send", str(saved), "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["unchanged"]) == (0, 1, 1), told
    assert len(terminal.sent()) == 1
    file = terminal.file("b.csv", f"{KEY},Name", f"{key},Elm", f"{key},Elm")
    plan(terminal, file, "--create", "missing", "--out", str(saved))
    told = terminal.run("send", str(saved), "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["unchanged"]) == (0, 1, 1), told


@pytest.mark.nightly
def test_a_refused_row_is_put_right_and_made(terminal: Terminal) -> None:
    key, left = tag(), terminal.folder / "n.csv"
    file = terminal.file("a.csv", f"{KEY},Name", f"{key},Maple")
    terminal.arm("duplicate", object="Account", times=1)
    told = push(terminal, file, "--create", "missing", "--not-written", str(left))
    assert (told.code, told.json["rejected"], made(terminal)) == (4, 1, {})
    assert [(row[KEY], row["_writeback_record_id"]) for row in rows(left)] == [(key, "")]
    again = ("jobs", "retry", told.json["job"], "--set", "1:Name=Oak", "--yes", "--json")
    told = terminal.run(*again)
    assert (told.code, told.json["applied"], list(made(terminal))) == (0, 1, [key]), told
    assert terminal.row(made(terminal)[key])["name"] == "Oak"
    told = terminal.run(*again)
    assert told.json["blocked"] == 1, "the row is there by now"


def test_a_record_is_made_by_the_key_that_was_put_right(terminal: Terminal) -> None:
    wrong, right = tag(), tag()
    file = terminal.file("a.csv", f"{KEY},Name", f"{wrong},Elm", f"{wrong},Oak")
    job = push(terminal, file, "--create", "missing").json["job"]
    both = terminal.run(
        *("jobs", "retry", job, "--set", f"1:{KEY}={right}", "--set", f"2:{KEY}={right.lower()}"),
        *("--yes", "--json"),
    )
    assert (both.json["blocked"], made(terminal)) == (2, {}), "they would be one record again"
    told = terminal.run("jobs", "retry", job, "--set", f"2:{KEY}={right}", "--yes", "--json")
    assert (told.code, told.json["applied"], list(made(terminal))) == (0, 1, [right]), told
    assert terminal.row(made(terminal)[right])["name"] == "Oak"


def test_an_undo_names_what_stays_and_touches_nothing(terminal: Terminal) -> None:
    key = tag()
    file = terminal.file("a.csv", f"{KEY},Name", f"{key},Maple")
    job = push(terminal, file, "--create", "only").json["job"]
    told = terminal.run("jobs", "undo", job, "--yes", "--json")
    assert (told.code, told.json.get("blocked"), told.json.get("rows")) == (4, 1, 1), told
    assert [one["operation"] for one in terminal.sent()] == ["create"]
    undone = terminal.run("jobs", "results", told.json["job"], "--format", "json").json
    assert [(one["record_id"], one["code"]) for one in undone] == [(made(terminal)[key], "undo.made_stays")]


@pytest.mark.nightly
def test_a_trial_makes_some_and_then_the_rest(terminal: Terminal) -> None:
    keys = [tag() for _ in range(3)]
    file = terminal.file("a.csv", f"{KEY},Name", *(f"{key},Maple" for key in keys))
    told = push(terminal, file, "--create", "missing", "--trial", "1")
    assert (told.json["applied"], told.json["remaining"], list(made(terminal))) == (1, 2, keys[:1])
    told = terminal.run("push", "--resume", str(told.json["session"]), "--yes", "--json")
    assert list(made(terminal)) == keys


@pytest.mark.nightly
def test_a_lost_answer_is_found_by_its_key(fresh: Terminal) -> None:
    key = tag()
    fresh.arm("cut_after", method="POST", path="/sobjects")
    told = push(fresh, fresh.file("a.csv", f"{KEY},Name", f"{key},Maple"), "--create", "missing")
    assert (told.code, told.json["applied"], list(made(fresh))) == (0, 1, [key])
    (row,) = fresh.run("jobs", "results", told.json["job"], "--format", "json").json
    assert (row["code"], row["record_id"]) == ("create.found_made", made(fresh)[key])


@pytest.mark.nightly
def test_a_new_record_points_at_another_one_but_changes_none_behind_it(
    terminal: Terminal, known: str
) -> None:
    key, owner = tag(), terminal.row(terminal.record())["csm"]
    file = terminal.file("a.csv", f"{KEY},Name,Owner.Email", f"{key},Maple,{owner}", f"{known},Oak,{owner}")
    told = push(terminal, file, "--create", "missing")
    assert (told.json["rejected"], told.json["blocked"], list(made(terminal))) == (0, 0, [key]), told
    (entry,) = (one for one in terminal.sent() if one["operation"] == "create")
    assert entry["fields"]["OwnerId"]

    other = tag()
    file = terminal.file("b.csv", f"{KEY},Name,Owner.Title", f"{other},Elm,Chief", f"{known},Oak,Chief")
    edit = ("--reference-mode", "Owner.Title=edit")
    left = terminal.folder / "n.csv"
    told = push(terminal, file, "--create", "missing", *edit, "--not-written", str(left))
    assert other in made(terminal), "the record is made"
    assert [(row[KEY], row["_writeback_code"]) for row in rows(left)] == [(other, "create.behind_missing")]
    told = push(terminal, file, "--create", "only", *edit)
    assert told.code == 2
    assert "create.behind_reference" in told.err + told.out
