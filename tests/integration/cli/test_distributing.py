"""`roles distribute` and `people propose`: previewed, then through plan, guards and jobs like any edit."""

import pytest

from tests.integration.cli.terminal import Terminal


@pytest.fixture
def staffed(terminal: Terminal) -> tuple[Terminal, list[str]]:
    """Give a terminal whose users were read, with three active people."""
    told = terminal.run("people", "pull", "--json")
    assert told.code == 0, told.err
    people = [one["id"] for one in told.json["people"] if one["active"] and one["kind"] == "person"]
    assert terminal.run("roles", "add", "CSM", "--attribute", "csm").code == 0
    assert terminal.run("pull", "i1", "--full").code == 0
    return terminal, people[:3]


def test_whose_each_account_would_be_is_told_then_sent(staffed: tuple[Terminal, list[str]]) -> None:
    terminal, (first, second, _) = staffed
    wish = ("roles", "distribute", "csm", "--to", first, "--to", second, "--segment", "csm is not blank")
    told = terminal.run(*wish, "--json")
    assert told.code == 0, told.err
    given, records = told.json["given"], told.json["records"]
    assert 0 < given < records == told.json["same"] + given
    one, two = told.json["people"]
    assert one["gets"] + two["gets"] == given
    assert abs(one["gets"] - two["gets"]) <= 1
    assert all(row["to"] != row["from"] for row in told.json["sample"])
    assert terminal.sent() == []
    fewest = terminal.run(*wish, "--rule", "fewest", "--json").json["people"]
    assert abs(fewest[0]["then"] - fewest[1]["then"]) <= 1
    titles = [row["title"] for row in told.json["sample"] if "'" not in row["title"]][:3]
    names = " or ".join(f"name = '{title}'" for title in titles)
    some = ("roles", "distribute", "csm", "--to", first, "--segment", names, "--rule", "first")
    sent = terminal.run(*some, "--send", "--yes", "--json")
    assert sent.code == 0, sent.err
    assert sent.json["applied"] == len(titles)
    assert terminal.run(*some, "--send", "--yes", "--json").json == {"records": len(titles), "given": 0}


def test_a_single_record_is_asked_about_even_where_the_connection_writes_on_save(
    staffed: tuple[Terminal, list[str]],
) -> None:
    terminal, (first, *_) = staffed
    assert terminal.run("connections", "set", "acme", "--write-on-save", "on").code == 0
    told = terminal.run("roles", "distribute", "csm", "--to", first, "--json").json["sample"]
    title = next(row["title"] for row in told if "'" not in row["title"])
    wish = ("roles", "distribute", "csm", "--to", first, "--segment", f"name = '{title}'", "--rule", "first")
    assert terminal.run(*wish, "--send", "--no-input").code == 7
    assert terminal.sent() == []
    sent = terminal.run(*wish, "--send", "--yes", "--json")
    assert (sent.code, sent.json["applied"]) == (0, 1), sent.err


def test_a_slip_is_told(staffed: tuple[Terminal, list[str]]) -> None:
    terminal, (first, *_) = staffed
    assert terminal.run("roles", "distribute", "industry", "--to", first).code == 2
    assert terminal.run("roles", "distribute", "csm", "--to", "nobody at all").code == 2
    assert terminal.run("roles", "distribute", "csm").code == 2


def test_proposals_are_listed_and_accepted_only_on_a_word(staffed: tuple[Terminal, list[str]]) -> None:
    terminal, _ = staffed
    listed = terminal.run("people", "propose", "--json")
    assert listed.code == 0, listed.err
    assert not any(one["accepted"] for one in listed.json)
    assert terminal.run("people", "propose", "--accept", "0").code == 2
