"""`writeback edit --segment`: all records of a condition, one job a CRM, with everything an edit has."""

import pytest

from tests.integration.cli.terminal import Terminal

SHIPPING = ("--segment", "industry = 'Shipping'")


@pytest.fixture
def banking(terminal: Terminal) -> list[str]:
    """Give three accounts that alone are in the industry *Shipping*."""
    chosen = [terminal.record() for _ in range(3)]
    for record in chosen:
        terminal.crm.crm.edit("Account", record, {"Industry": "Shipping"})
    assert terminal.run("pull", "i1").code == 0
    told = terminal.run("segments", "show", "industry = 'Shipping'", "--json").json
    found = [one["record"].removeprefix("i1:") for one in told["records"]]
    assert set(chosen) <= set(found)
    return found


def test_a_segment_is_edited_as_one_job_with_its_origin(terminal: Terminal, banking: list[str]) -> None:
    told = terminal.run(
        "edit",
        "--segment",
        "industry = 'Shipping'",
        "--set",
        "industry=Media",
        "--yes",
        "--json",
        "--reason",
        "moved",
    )
    assert told.code == 0, told.err
    assert (told.json["meant"], told.json["applied"]) == (len(banking), len(banking))
    assert {one["id"] for one in terminal.sent()} == set(banking)
    assert all(one["fields"] == {"Industry": "Media"} for one in terminal.sent())
    assert terminal.run("segments", "count", "industry = 'Shipping'", "--json").json["count"] == 0
    newest = terminal.run("jobs", "list", "--limit", "1", "--json").json[0]
    assert (newest["origin"], newest["reason"], newest["kind"]) == ("segment", "moved", "bulk_write_back")
    history = terminal.run("history", banking[0], "--json").json
    entries = history if isinstance(history, list) else history["entries"]
    assert "segment" in {one["origin"] for one in entries}
    undone = terminal.run("jobs", "undo", str(newest["number"]), "--yes", "--json")
    assert (undone.code, undone.json["applied"]) == (0, len(banking))


def test_several_attributes_and_a_reference_go_in_one_act(terminal: Terminal, banking: list[str]) -> None:
    owner = str(terminal.row(banking[0])["csm"])
    told = terminal.run(
        "edit", "--segment", "industry = 'Shipping'", "industry=Energy", f"csm={owner}", "--yes", "--json"
    )
    assert told.code == 0, told.err
    assert told.json["applied"] == len(banking)
    assert {terminal.row(record)["csm"] for record in banking} == {owner}
    assert {terminal.row(record)["industry"] for record in banking} == {"Energy"}


def test_a_waiting_edit_is_left_alone_and_said(terminal: Terminal, banking: list[str]) -> None:
    assert terminal.run("edit", banking[0], "industry=Media").code == 0
    told = terminal.run("edit", *SHIPPING, "--set", "industry=Energy", "--yes", "--json")
    assert (told.code, told.json["edited"], told.json["applied"]) == (0, 1, len(banking) - 1)
    assert banking[0] not in {one["id"] for one in terminal.sent()}
    states = terminal.run("records", "show", banking[0], "--json").json["states"]
    assert states["industry"]["state"] == "draft"


def test_what_somebody_changed_in_the_crm_is_a_conflict(terminal: Terminal, banking: list[str]) -> None:
    terminal.crm.crm.edit("Account", banking[0], {"Industry": "Banking"})
    told = terminal.run("edit", *SHIPPING, "--set", "industry=Energy", "--yes", "--json")
    assert (told.code, told.json["conflict"], told.json["applied"]) == (5, 1, len(banking) - 1)


def test_nothing_goes_unless_somebody_says_yes(terminal: Terminal, banking: list[str]) -> None:
    told = terminal.run("edit", *SHIPPING, "--set", "industry=Energy", "--no-input")
    assert (told.code, "guard.not_confirmed" in told.err) == (7, True)
    assert terminal.sent() == []
    assert (
        terminal.run("segments", "count", "state is pending and industry = 'Shipping'", "--json").json[
            "count"
        ]
        == 0
    )


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--segment", "industry = 'Shipping'"), "attribute=value"),
        (("--segment", "industri = 'x'", "--set", "industry=Media"), "segment.unknown_name"),
        (("--segment", "", "--set", "planet=Mars"), "attribute.unknown"),
        (("--segment", "", "--set", "industry=Media", "--clear", "industry"), "segment.named_twice"),
        (("--segment", "", "--set", "industry+=Media"), "segment.refused_value"),
        (("--yes", "x", "industry=Media"), "--segment"),
        (("--set", "industry=Media"), "name a record"),
    ],
)
def test_what_makes_no_sense_is_refused(terminal: Terminal, arguments: tuple[str, ...], words: str) -> None:
    told = terminal.run("edit", *arguments, "--no-input")
    assert told.code == 2
    assert words in told.err
    assert terminal.sent() == []


def test_what_a_bulk_edit_would_do_is_counted_and_then_done_exactly(
    terminal: Terminal, banking: list[str]
) -> None:
    edit = (
        "segments",
        "write",
        "industry = 'Shipping'",
        "--replace",
        "name=a=>A",
        "industry=Media",
        "--only-changes",
    )
    told = terminal.run(*edit, "--preview", "--json")
    assert told.code == 0, told.err
    assert told.json["records"] == len(banking)
    counts = {one["attribute"]: one["counts"] for one in told.json["edits"]}
    assert counts["industry"] == {"change": len(banking)}
    before = {record: str(terminal.row(record)["name"]) for record in banking}
    assert sum(counts["name"].values()) == len(banking)
    done = terminal.run(*edit, "--yes", "--json")
    if counts["name"].get("change"):
        assert done.code == 0, done.err
    for record, name in before.items():
        assert terminal.row(record)["industry"] == "Media"
        assert terminal.row(record)["name"] in (name.replace("a", "A"), name)


def test_numbers_are_calculated_row_by_row_and_words_found_in_any_case(
    terminal: Terminal, banking: list[str]
) -> None:
    assert terminal.run("map", "i1", "NumberOfEmployees=employees", "--write-back", "on").code == 0
    assert terminal.run("pull", "i1").code == 0
    asked = ("segments", "write", "industry = 'Shipping'", "--preview", "--json")
    told = terminal.run(*asked, "--calculate", "employees=/2", "--replace", "name=A=>a", "--ignore-case")
    assert told.code == 0, told.err
    edits = {one["attribute"]: one for one in told.json["edits"]}
    before = [terminal.row(record) for record in banking]
    even = sum(1 for one in before if one["employees"] and int(str(one["employees"])) % 2 == 0)
    odd = sum(1 for one in before if one["employees"] and int(str(one["employees"])) % 2)
    counts = edits["employees"]["counts"]
    assert (counts.get("change", 0), counts.get("blocked", 0)) == (even, odd)
    assert edits["employees"]["refused"] == ({"value.not_an_integer": odd} if odd else {})
    wished = sum(1 for one in before if "a" in str(one["name"]).casefold())
    refused = terminal.run(*asked, "--calculate", "employees=ten")
    assert (refused.code, refused.json["error"]["code"]) == (2, "segment.bad_formula")
    held = edits["name"]["counts"]
    assert held.get("change", 0) + held.get("already so", 0) == wished


@pytest.mark.parametrize(
    "wrong",
    [
        ("--replace", "name"),
        ("--copy", "name"),
        ("--replace", "employees=1=>2"),
        ("--copy", "name=nothing"),
        ("--calculate", "name"),
        ("--calculate", "name=+1"),
    ],
)
def test_a_bulk_edit_that_cannot_be_read_changes_nothing(terminal: Terminal, wrong: tuple[str, str]) -> None:
    told = terminal.run("segments", "write", "", *wrong, "--preview")
    assert told.code != 0
    assert terminal.sent() == []
