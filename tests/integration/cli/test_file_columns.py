"""What a column's texts become: transforms, and references by what nobody is called; in the mapping file."""

import json

import pytest

from tests.integration.cli.terminal import Terminal

COLUMNS = {"Id": "Id", "Phone": "Phone", "Site": "Site", "Owner": "Owner.Email", "Day": "Description"}


def mapping(terminal: Terminal, not_found: str = "block", **more: object) -> str:
    told = {
        "columns": COLUMNS,
        "transforms": {"phone": ["digits"], "Site": ["collapse", "title"], "Day": "date=dd.mm.yyyy"},
        "references": {"Owner": {"not_found": not_found}},
        **more,
    }
    return terminal.file("map.json", json.dumps(told))


def sent(terminal: Terminal) -> dict[str, dict[str, object]]:
    return {one["id"]: dict(one["fields"]) for one in terminal.sent()}


def file_of(terminal: Terminal, records: list[str]) -> str:
    first, second, third = records
    return terminal.file(
        "a.csv", "Id,Phone,Site,Owner,Day", f"{first},+49 (30) 12-3,  north   WEST ,,2026-03-01",
        f"{second},0049,south,nobody@nowhere.test,", f"{third},,,nobody@nowhere.test,",
    )  # fmt: skip


def test_texts_are_shaped_and_a_row_whose_reference_names_nobody_is_blocked(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    told = terminal.run("push", file_of(terminal, records), "--mapping", mapping(terminal), "--yes", "--json")
    assert (told.code, told.json["applied"], told.json["blocked"]) == (4, 1, 2), told
    assert sent(terminal) == {
        records[0]: {"Phone": "493012" + "3", "Site": "North West", "Description": "01.03.2026"}
    }


def test_a_reference_that_names_nobody_is_left_where_its_column_says_so(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    file, rest = file_of(terminal, records), terminal.folder / "rest.csv"
    told = terminal.run(
        "push", file, "--mapping", mapping(terminal, "leave"), "--yes", "--json", "--not-written", str(rest),
    )  # fmt: skip
    assert (told.json["applied"], told.json["blocked"], told.json["unchanged"]) == (2, 0, 1), told
    assert sent(terminal)[records[1]] == {"Phone": "0049", "Site": "South"}
    assert records[2] not in sent(terminal)
    rows = terminal.run("jobs", "results", "1", "--json").json
    assert "reference.left" in json.dumps(rows), "the row that wrote nothing else says why"


def test_what_the_texts_become_is_told_before_anything_is_planned(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    told = terminal.run(
        "push", file_of(terminal, records), "--mapping", mapping(terminal, "leave"), "--preview", "--json"
    )
    assert told.code == 0, told
    became = {(one["column"], one["text"]): one for one in told.json}
    assert became["Phone", "+49 (30) 12-3"]["becomes"] == "4930123"
    assert became["Site", "  north   WEST "]["becomes"] == "North West"
    assert became["Day", "2026-03-01"]["becomes"] == "01.03.2026"
    left = became["Owner", "nobody@nowhere.test"]
    assert (left["kept"], left["code"]) == (True, "reference.left")
    assert terminal.sent() == []
    told = terminal.run("push", file_of(terminal, records), "--mapping", mapping(terminal), "--preview")
    assert told.code == 4
    assert "blocked" in told.out


@pytest.mark.parametrize(
    "wrong",
    [
        {"transforms": {"Phone": 3}},
        {"transforms": ["digits"]},
        {"references": {"Owner": {"not_found": "create"}}},
        {"references": {"Owner": "leave"}},
        {"transforms": {"Phone": ["shout"]}},
        {"transforms": {"Fax": ["digits"]}},
    ],
)
def test_what_no_mapping_says_is_refused(terminal: Terminal, wrong: dict[str, object]) -> None:
    file = file_of(terminal, [terminal.record() for _ in range(3)])
    told = terminal.run("push", file, "--mapping", mapping(terminal, **wrong), "--yes")
    assert told.code == 2, told
    assert terminal.sent() == []


def test_a_mapping_keeps_what_it_says_of_columns(terminal: Terminal) -> None:
    file = file_of(terminal, [terminal.record() for _ in range(3)])
    options = ("--mapping", mapping(terminal, "leave"), "--save-mapping", "Shaped", "--preview")
    assert terminal.run("push", file, *options).code == 0
    told = terminal.run("file-mappings", "show", "Shaped").json
    assert told["transforms"] == {
        "phone": ["digits"],
        "Site": ["collapse", "title"],
        "Day": ["date=dd.mm.yyyy"],
    }
    assert told["references"] == {"Owner": {"mode": "repoint", "not_found": "leave"}}
