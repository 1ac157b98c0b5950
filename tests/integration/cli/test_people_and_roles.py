"""`people` and `roles` on the command line, with the JSON that scripts rely on."""

from typing import Any

import pytest

from tests.integration.cli.terminal import Terminal, token_file
from writeback.runtime.simulating import SimulatorWish, start_simulator

PERSON = {"id", "name", "email", "kind", "active", "matches"}
MATCH = {
    "connection",
    "state",
    "user",
    "user_title",
    "user_email",
    "object",
    "matched_by",
    "confidence",
    "decided_by",
    "decided_at",
    "candidates",
}
ROLE = {"role", "entity", "attribute", "reference", "records", "members", "unmatched", "mappings"}
MAPPING = {
    "integration",
    "connection",
    "object",
    "path",
    "column",
    "write_back",
    "reference",
    "clearable",
    "strangers",
}


def answer(terminal: Terminal, *command: str) -> Any:
    told = terminal.run(*command)
    assert told.code == 0, told.err
    return told.json


def test_people_are_matched_and_listed(terminal: Terminal) -> None:
    told = answer(terminal, "people", "match", "--json")
    assert set(told) == {"sources", "people", "unclaimed"}
    assert (
        told["sources"][0]["users"] == len([one for one in told["people"] if one["matches"][0]["user"]]) + 2
    )
    assert all(set(one) == PERSON for one in told["people"])
    assert all(set(match) == MATCH for one in told["people"] for match in one["matches"])
    (doubtful,) = [one for one in told["people"] if one["matches"][0]["state"] == "ambiguous"]
    assert len(doubtful["matches"][0]["candidates"]) == 2
    assert answer(terminal, "people", "list", "--json") == told


def test_a_person_says_who_somebody_is(terminal: Terminal) -> None:
    told = answer(terminal, "people", "pull", "--json")
    connection = told["sources"][0]["connection"]
    (doubtful,) = [one for one in told["people"] if one["matches"][0]["state"] == "ambiguous"]
    user = doubtful["matches"][0]["candidates"][0]["id"]
    found = answer(terminal, "people", "match", doubtful["name"], connection, "--user", user, "--json")
    (match,) = found["matches"]
    assert (match["state"], match["matched_by"], match["confidence"]) == ("matched", "hand", 1.0)
    assert match["decided_by"]
    again = answer(terminal, "people", "pull", "--json")
    assert [one["matches"][0]["user"] for one in again["people"] if one["id"] == doubtful["id"]] == [user]
    found = answer(terminal, "people", "match", doubtful["id"], connection, "--user", "", "--json")
    assert found["matches"][0]["state"] == "ambiguous"


def test_a_role_is_added_mapped_and_written(terminal: Terminal) -> None:
    told = answer(terminal, "people", "match", "--json")
    person = next(one for one in told["people"] if one["matches"][0]["state"] == "matched" and one["email"])
    made = answer(terminal, "roles", "add", "Success Manager", "--json")
    assert (set(made), made["attribute"], made["mappings"]) == (ROLE, "success_manager", [])
    made = answer(
        terminal,
        "roles",
        "map",
        "Success Manager",
        "i1",
        "Owner.Email",
        "--write-back",
        "on",
        "--reference",
        "repoint",
        "--json",
    )
    (mapping,) = made["mappings"]
    assert set(mapping) == MAPPING
    assert (mapping["path"], mapping["column"], mapping["write_back"]) == ("OwnerId", "OwnerId", True)
    answer(terminal, "pull", "i1", "--json")
    key = terminal.record()
    answer(terminal, "edit", key, f"success_manager={person['name']}", "--send", "--json")
    (entry,) = terminal.sent()
    assert entry["fields"] == {"OwnerId": person["matches"][0]["user"]}
    (listed,) = answer(terminal, "roles", "list", "--json")
    assert listed["members"] > 0
    assert 0 < listed["mappings"][0]["strangers"] < listed["records"]  # those of the two who share a mail


@pytest.mark.parametrize(
    ("command", "code"),
    [
        (("people", "match", "Nobody", "acme", "--user", "005"), "person.unknown"),
        (("roles", "map", "No such", "i1", "OwnerId"), "role.unknown"),
        (("roles", "map", "Success Manager", "i1", "Industry"), "role.not_people"),
    ],
)
def test_what_cannot_be_is_said(terminal: Terminal, command: tuple[str, ...], code: str) -> None:
    answer(terminal, "people", "pull", "--json")
    answer(terminal, "roles", "add", "Success Manager", "--json")
    told = terminal.run(*command, "--json")
    assert told.code != 0
    assert told.err.strip().endswith(f"({code})")


def test_what_a_value_means_is_chosen_once_and_remembered(terminal: Terminal) -> None:
    record = terminal.record()
    (shared,) = [
        one["email"]
        for one in answer(terminal, "people", "match", "--json")["people"]
        if one["matches"][0]["state"] == "ambiguous"
    ]
    file = terminal.file("owners.csv", "Id,Owner.Email", f"{record},{shared}")
    assert terminal.push(file, "--key", "Id").code != 0
    assert not terminal.sent()
    candidates = answer(terminal, "people", "choose", "acme", "User", shared, "--json")
    assert [one["active"] for one in candidates] == [True, True]
    chosen = candidates[1]["id"]
    made = answer(terminal, "people", "choose", "acme", "User", shared.upper(), "--id", chosen, "--json")
    assert set(made) == {"connection", "object", "value", "id", "title", "decided_by", "decided_at"}
    assert terminal.push(file, "--key", "Id").code == 0
    (entry,) = terminal.sent()
    assert entry["fields"] == {"OwnerId": chosen}
    assert [one["id"] for one in answer(terminal, "people", "choices", "--json")] == [chosen]
    assert answer(terminal, "people", "forget", "acme", "user", shared, "--json") == {"forgotten": True}
    assert answer(terminal, "people", "choices", "--json") == []
    other = terminal.file("more.csv", "Id,Owner.Email", f"{terminal.record()},{shared}")
    assert terminal.push(other, "--key", "Id").code != 0
    assert len(terminal.sent()) == 1


def test_somebody_who_left_is_no_choice(terminal: Terminal) -> None:
    left = next(
        one["matches"][0]["user"]
        for one in answer(terminal, "people", "match", "--json")["people"]
        if one["matches"][0]["state"] == "inactive"
    )
    told = terminal.run("people", "choose", "acme", "User", "nobody@acme.test", "--id", left, "--json")
    assert told.err.strip().endswith("(choice.not_there)")


def test_a_role_that_edits_holds_the_text_of_the_record_behind(terminal: Terminal) -> None:
    answer(terminal, "people", "pull", "--json")
    answer(terminal, "roles", "add", "Owner address", "--json")
    mapped = ("roles", "map", "Owner address", "i1", "Owner.Email", "--write-back", "on", "--json")
    made = answer(terminal, *mapped, "--reference", "edit")
    assert (made["reference"], made["mappings"][0]["path"]) == ("edit", "Owner.Email")
    answer(terminal, "pull", "i1", "--json")
    key = terminal.record()
    before = str(terminal.row(key)["owner_address"])
    assert "@" in before
    answer(terminal, "edit", key, "owner_address=renamed@northwind.example", "--send", "--json")
    (entry,) = terminal.sent()
    assert (entry["object"], entry["fields"]) == ("User", {"Email": "renamed@northwind.example"})
    refused = terminal.run("roles", "map", "Owner address", "i1", "OwnerId", "--reference", "repoint")
    assert refused.code == 0  # its only mapping: the role re-points from now on


def test_a_crm_that_does_not_answer_keeps_the_users_of_others_from_nothing(terminal: Terminal) -> None:
    with start_simulator(SimulatorWish("salesforce", rows=3)) as other:
        token = str(token_file(terminal.folder, other.token, "other.token"))
        wish = ("connect", "salesforce", "--name", "beta", "--endpoint", other.url, "--token-file", token)
        assert terminal.run(*wish).code == 0
    told = terminal.run("people", "match", "--json")
    assert told.code == 4
    assert {one["connection"]: one["users"] > 0 for one in told.json["sources"]} == {
        "acme": True,
        "beta": False,
    }
    alone = terminal.run("people", "pull", "beta", "--json")
    assert alone.code not in (0, 4)
