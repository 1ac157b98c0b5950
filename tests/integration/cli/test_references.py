"""`push --reference-mode`, `map --reference edit`: both meanings of a reference against a simulated CRM."""

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, Told
from writeback.sdk.simulator import Fault

EDIT = ("--reference-mode", "Owner.Title=edit")


@pytest.fixture
def desk(terminal: Terminal) -> Terminal:
    """The owner's id, name and title are mapped; the title is edited behind the reference."""
    for line in (
        ("map", "i1", "OwnerId=owner_id", "Owner.Name=owner_name"),
        ("map", "i1", "Owner.Title=owner_title", "--reference", "edit", "--write-back", "on"),
        ("pull", "i1"),
    ):
        assert terminal.run(*line).code == 0
    return terminal


def rows(desk: Terminal) -> dict[str, dict[str, Any]]:
    told = desk.run("records", "list", "--limit", "200", "--json")
    return {one["record"].partition(":")[2]: one["values"] for one in told.json["records"]}


def crowd(desk: Terminal, least: int = 2) -> list[str]:
    """Give accounts of one owner who has several; nobody else's test touches the owner."""
    held = rows(desk)
    counts = Counter(values["owner_id"] for values in held.values())
    owner = next(one for one in sorted(counts) if counts[one] >= least)
    return [key for key, values in held.items() if values["owner_id"] == owner]


def push(desk: Terminal, file: str, *more: str) -> Told:
    return desk.push(file, *EDIT, *more)


def cells(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def plan(desk: Terminal, file: str, *more: str) -> Any:
    return desk.run("plan", file, "--connection", "acme", "--object", "Account", "--json", *more).json


def test_the_number_of_records_that_show_it_is_the_crms_own(desk: Terminal) -> None:
    held = rows(desk)
    mine = crowd(desk)
    (group,) = plan(desk, desk.file("e.csv", "Id,Owner.Title", f"{mine[0]},Boss"), *EDIT)["groups"]
    owner = held[mine[0]]["owner_id"]
    assert (group["object"], group["reached_from"], group["counted"]) == ("User", "Account", "crm")
    assert group["shown_by"] == sum(values["owner_id"] == owner for values in held.values()) == len(mine)
    assert group["edits"] == [{"title": held[mine[0]]["owner_name"], "shown_by": len(mine)}]


def test_the_consequence_is_said_before_anything_is_sent(desk: Terminal) -> None:
    mine = crowd(desk)
    told = push(desk, desk.file("e.csv", "Id,Owner.Title", f"{mine[0]},Boss"))
    name = rows(desk)[mine[0]]["owner_name"]
    assert f"Change Title of the User {name} in acme: {len(mine)} Account records show it." in told.err


def test_one_write_for_all_and_everybody_who_shows_it_is_up_to_date(desk: Terminal) -> None:
    mine = crowd(desk, least=3) if len(crowd(desk)) < 3 else crowd(desk)
    lines = [f"{key},Head of Tea" for key in mine[:2]]
    told = push(desk, desk.file("e.csv", "Id,Owner.Title", *lines))
    assert told.code == 0
    (sent,) = desk.sent()
    held = rows(desk)
    assert (sent["object"], sent["id"], sent["fields"]) == (
        "User",
        held[mine[0]]["owner_id"],
        {"Title": "Head of Tea"},
    )
    assert {held[key]["owner_title"] for key in mine} == {"Head of Tea"}


def test_each_row_is_in_one_result_file_when_one_part_of_it_was_refused(desk: Terminal) -> None:
    first, second = crowd(desk)[:2]
    other = next(
        key for key, values in rows(desk).items() if values["owner_id"] != rows(desk)[first]["owner_id"]
    )
    lines = f"{first},Media,Boss", f"{second},Media,Clerk", f"{other},Media,", f"{other[:-3]}ZZZ,Media,Boss"
    yes, no = desk.folder / "yes.csv", desk.folder / "no.csv"
    told = push(
        desk,
        desk.file("e.csv", "Id,Industry,Owner.Title", *lines),
        *("--written", str(yes), "--not-written", str(no)),
    )
    assert told.code == 4
    assert [row[0] for row in cells(yes)[1:]] == [other]
    refused = {row[0]: row[5] for row in cells(no)[1:]}
    assert refused == {
        first: "reference.lines_differ",
        second: "reference.lines_differ",
        f"{other[:-3]}ZZZ": "plan.record_not_found",
    }


def test_both_meanings_in_one_file(desk: Terminal) -> None:
    held = rows(desk)
    mine = crowd(desk)
    other = next(key for key, values in held.items() if values["owner_id"] != held[mine[0]]["owner_id"])
    file = desk.file(
        "e.csv", "Id,Owner.Email,Owner.Title", f"{mine[0]},,Duke", f"{other},{held[mine[0]]['csm']},"
    )
    assert push(desk, file).code == 0
    sent = {one["object"]: one for one in desk.sent()}
    assert sent["User"]["fields"] == {"Title": "Duke"}
    assert (sent["Account"]["id"], sent["Account"]["fields"]) == (
        other,
        {"OwnerId": held[mine[0]]["owner_id"]},
    )


@pytest.mark.parametrize(
    "mode", ["Owner.Tile=edit", "Owner.Title=change", "Owner.Title", "Industry=edit", "=edit"]
)
def test_a_mode_of_no_column_or_no_such_mode_is_a_usage_error(terminal: Terminal, mode: str) -> None:
    file = terminal.file("e.csv", "Id,Owner.Title,Industry", f"{terminal.record()},x,Media")
    assert terminal.push(file, "--reference-mode", mode).code == 2
    assert terminal.sent() == []


def test_drafts_go_by_the_mode_of_their_mapping(desk: Terminal) -> None:
    mine = crowd(desk)
    assert desk.run("edit", mine[0], "owner_title=Earl", "--send").code == 0
    (sent,) = desk.sent()
    assert (sent["object"], sent["fields"]) == ("User", {"Title": "Earl"})
    assert {rows(desk)[key]["owner_title"] for key in mine} == {"Earl"}


def test_two_drafts_for_one_record_behind_a_reference_are_one_write_and_both_are_through(
    desk: Terminal,
) -> None:
    first, second = crowd(desk)[:2]
    for key in (first, second):
        assert desk.run("edit", key, "owner_title=Baron").code == 0
    planned = desk.folder / "plan.json"
    told = desk.run("plan", "--pending", "--out", str(planned), "--json").json
    assert [(group["object"], group["send"]) for group in told["groups"]] == [("User", 1)]
    assert desk.run("send", str(planned), "--yes").code == 0
    assert len(desk.sent()) == 1
    for key in (first, second):
        shown = desk.run("records", "show", key, "--json").json
        assert "owner_title" not in shown["states"]  # nothing waits for it: it is confirmed
        assert shown["values"]["owner_title"] == "Baron"


def test_a_field_that_the_crm_does_not_let_be_edited_is_refused_at_mapping_time(terminal: Terminal) -> None:
    told = terminal.run(
        "map", "i1", "Owner.Name=owner_name", "--reference", "edit", "--write-back", "on", "--json"
    )
    assert (told.code, "Owner.Name" in told.err) == (2, True)


@pytest.mark.parametrize("route", ["batch", "bulk"])
def test_a_target_that_left_since_the_plan_rejects_its_row_before_it_is_sent(
    fresh: Terminal, route: str
) -> None:
    assert fresh.run("map", "i1", "OwnerId=owner_id").code == 0
    assert fresh.run("pull", "i1").code == 0
    held = rows(fresh)
    users = {values["csm"]: values["owner_id"] for values in held.values()}
    leaving, staying, *_ = sorted(users)
    others = [key for key, one in held.items() if one["csm"] not in (leaving, staying)][:6]
    lines = [f"{key},{leaving if number else staying}" for number, key in enumerate(others)]
    file, planned = fresh.file("e.csv", "Id,Owner.Email", *lines), fresh.folder / "plan.json"
    plan(fresh, file, "--out", str(planned), "--route", route)
    fresh.crm.crm.edit("User", users[leaving], {"IsActive": False})
    assert fresh.run("send", str(planned), "--yes", "--json").code == 4
    assert [one["fields"]["OwnerId"] for one in fresh.sent()] == [users[staying]]
    told = fresh.run("jobs", "results", "1", "--outcome", "rejected", "--format", "json").json
    assert [row["code"] for row in told] == ["reference.target_inactive"] * 5


@pytest.mark.parametrize("route", ["single", "bulk"])
def test_a_record_behind_a_reference_that_moved_since_the_plan_is_a_conflict(
    desk: Terminal, route: str
) -> None:
    mine = crowd(desk)
    owner = rows(desk)[mine[0]]["owner_id"]
    planned = desk.folder / "plan.json"
    file = desk.file("e.csv", "Id,Owner.Title", f"{mine[0]},Planned")
    told = desk.run(
        *("plan", file, "--connection", "acme", "--object", "Account", "--route", route),
        *("--out", str(planned), "--json", *EDIT),
    )
    assert told.json["groups"][0]["assurance"] == {"single": "A", "bulk": "B"}[route]
    desk.crm.crm.edit("User", owner, {"Title": f"Theirs {route}"})
    assert desk.run("send", str(planned), "--yes").code == 5
    assert desk.sent() == []


def test_what_is_reached_over_another_record_by_now_is_not_written(desk: Terminal) -> None:
    """A saved plan named a user because an account was theirs: it is somebody else's since."""
    held, mine = rows(desk), crowd(desk)[0]
    other = next(one["owner_id"] for one in held.values() if one["owner_id"] != held[mine]["owner_id"])
    planned = desk.folder / "plan.json"
    plan(desk, desk.file("e.csv", "Id,Owner.Title", f"{mine},Planned"), *EDIT, "--out", str(planned))
    desk.crm.crm.edit("Account", mine, {"OwnerId": other})
    assert desk.run("send", str(planned), "--yes").code == 4
    assert desk.sent() == []


def test_what_was_refused_for_several_is_tried_again_as_one(desk: Terminal) -> None:
    first, second, third = crowd(desk, 3)[:3]
    owner = rows(desk)[first]["owner_id"]
    desk.crm.crm.faults.arm(Fault.read({"kind": "duplicate", "object": "User", "id": owner}))
    lines = [f"{key},Countess" for key in (first, second, third)]
    assert push(desk, desk.file("e.csv", "Id,Owner.Title", *lines)).code == 4
    other = next(one["owner_id"] for one in rows(desk).values() if one["owner_id"] != owner)
    desk.crm.crm.edit("Account", third, {"OwnerId": other})
    assert desk.run("jobs", "retry", "1", "--yes").code == 4
    assert [(one["id"], one["fields"]["Title"]) for one in desk.sent()] == [(owner, "Countess")]


def test_rows_of_a_shared_write_that_was_tried_again_count_as_written(desk: Terminal) -> None:
    first, second, third = crowd(desk, 3)[:3]
    owner = rows(desk)[first]["owner_id"]
    desk.crm.crm.faults.arm(Fault.read({"kind": "duplicate", "object": "User", "id": owner}))
    file = desk.file("e.csv", "Id,Owner.Title", *(f"{key},Duke" for key in (first, second, third)))
    session = push(desk, file, "--json").json["session"]
    other = next(one["owner_id"] for one in rows(desk).values() if one["owner_id"] != owner)
    desk.crm.crm.edit("Account", third, {"OwnerId": other})
    assert desk.run("jobs", "retry", "1", "--yes").code == 4
    yes, no = desk.folder / "yes.csv", desk.folder / "no.csv"
    results = ("--written", str(yes), "--not-written", str(no))
    assert desk.run("push", "--resume", str(session), *results).code == 4
    assert [row[0] for row in cells(yes)[1:]] == [first, second]
    assert [row[0] for row in cells(no)[1:]] == [third], "its owner is another one by now"


def test_an_undo_puts_back_what_stood_behind_the_reference_for_all_who_asked(desk: Terminal) -> None:
    first, second = crowd(desk)[:2]
    before = {key: rows(desk)[key]["owner_title"] for key in (first, second)}
    for key in (first, second):
        assert desk.run("edit", key, "owner_title=Duchess").code == 0
    planned = desk.folder / "plan.json"
    assert desk.run("plan", "--pending", "--out", str(planned)).code == 0
    assert desk.run("send", str(planned), "--yes").code == 0
    assert rows(desk)[second]["owner_title"] == "Duchess"
    told = desk.run("jobs", "undo", "1", "--yes", "--json")
    assert told.code == 0, told.err
    assert {key: rows(desk)[key]["owner_title"] for key in (first, second)} == before
    assert [one["fields"]["Title"] for one in desk.sent()] == ["Duchess", before[first]]


def test_one_of_several_who_asked_may_undo_it_by_its_own_name(desk: Terminal) -> None:
    first, second = crowd(desk)[:2]
    before = rows(desk)[first]["owner_title"]
    file = desk.file("e.csv", "Id,Owner.Title", f"{first},Countess", f"{second},Countess")
    assert push(desk, file).code == 0
    owner = rows(desk)[first]["owner_id"]
    told = desk.run("jobs", "undo", "1", "--record", owner, "--yes", "--json")
    assert told.code == 0, told.err
    assert rows(desk)[second]["owner_title"] == before
