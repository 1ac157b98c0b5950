"""`writeback segments`: counted, listed, saved, about related records, and refused at the very place."""

import pytest

from tests.integration.cli.terminal import Terminal


def count(terminal: Terminal, text: str, *more: str) -> int:
    told = terminal.run("segments", "count", text, *more, "--json")
    assert told.code == 0, told.err
    return int(told.json["count"])


def test_records_are_counted_as_the_crm_has_them(terminal: Terminal) -> None:
    listed = terminal.run("records", "list", "--limit", "1000", "--json").json
    values = [one["values"]["industry"] for one in listed["records"]]
    industry = next(value for value in values if value)
    quoted = industry.replace("'", "''")
    assert count(terminal, "") == listed["total"]
    assert count(terminal, f"Industry = '{quoted}'") == values.count(industry)
    assert count(terminal, "industry is blank") == values.count(None)
    assert count(terminal, f"not industry = '{quoted}'") == listed["total"] - values.count(industry)
    shown = terminal.run("segments", "show", f"industry = '{quoted}'", "--limit", "2", "--json").json
    assert (shown["count"], len(shown["records"])) == (values.count(industry), min(2, values.count(industry)))


def test_a_pending_edit_is_found_by_its_state(terminal: Terminal) -> None:
    record = terminal.record()
    before = count(terminal, "state is draft")
    assert terminal.run("edit", record, "industry=Media").code == 0
    assert count(terminal, "state is draft") == before + 1
    assert count(terminal, "state of industry is pending and state of name is not pending") == before + 1
    shown = terminal.run("segments", "show", "state of industry is draft", "--json").json
    assert record in {one["record"].removeprefix("i1:") for one in shown["records"]}


def test_a_name_that_begins_with_an_umlaut_is_found(terminal: Terminal) -> None:
    assert terminal.run("segments", "save", "Österreich", "industry is blank").code == 0
    assert count(terminal, "Österreich") == count(terminal, "industry is blank")
    assert terminal.run("segments", "delete", "Österreich").code == 0
    record = terminal.record()
    assert terminal.run("tasks", "add", record, "Call", "--assignee", "Özlem").code == 0
    (listed,) = terminal.run("tasks", "list", "--assignee", "Özlem", "--json").json
    assert listed["assignee"] == "Özlem"


def test_a_segment_is_saved_listed_used_by_its_name_and_deleted(terminal: Terminal) -> None:
    made = terminal.run("segments", "save", "No industry", "industry is blank", "--json")
    assert (made.code, made.json["text"]) == (0, "industry is blank")
    assert count(terminal, "no INDUSTRY") == count(terminal, "industry is blank")
    replaced = terminal.run("segments", "save", "no industry", "industry is not blank")
    assert replaced.code == 0
    listed = terminal.run("segments", "list", "--json").json
    assert [(one["name"], one["count"], one["problem"]) for one in listed] == [
        ("no industry", count(terminal, "industry is not blank"), "")
    ]
    assert terminal.run("segments", "delete", "No Industry").code == 0
    assert terminal.run("segments", "list", "--json").json == []
    gone = terminal.run("segments", "delete", "No Industry")
    assert (gone.code, "segment.unknown" in gone.err) == (2, True)


def test_accounts_are_asked_of_their_people_and_people_of_their_account(terminal: Terminal) -> None:
    for line in (
        ("integrations", "add", "--connection", "acme", "--object", "Contact", "--entity", "user"),
        ("map", "i2", "LastName=last_name", "Email=email"),
        ("pull", "i2"),
    ):
        assert terminal.run(*line).code == 0, line
    people = count(terminal, "", "--entity", "user")
    placed = count(terminal, "account.name is not blank", "--entity", "user")
    homes = count(terminal, "user.last_name is not blank")
    assert 0 < placed <= people
    assert 0 < homes <= placed
    assert homes + count(terminal, "not user.last_name is not blank") == count(terminal, "")
    placed_ones = (
        "segments",
        "show",
        "account.name is not blank",
        "--entity",
        "user",
        "--limit",
        "1",
        "--json",
    )
    one = terminal.run(*placed_ones).json["records"][0]
    account = terminal.run("records", "show", one["record"], "--json").json["account"]
    title = str(account["title"]).replace("'", "''")
    mine = ("segments", "show", f"account.name = '{title}'", "--entity", "user", "--limit", "1000", "--json")
    assert one in terminal.run(*mine).json["records"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("industri = 'Retail'", "no attribute industri (at character 1)"),
        ("industry is", "ends too early"),
        ("industry = 'x' industry = 'y'", "cannot be read at character 16"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_place(terminal: Terminal, text: str, words: str) -> None:
    for command in (("segments", "count", text), ("segments", "save", "x", text)):
        told = terminal.run(*command)
        assert told.code == 2
        assert words in told.err
    assert terminal.run("segments", "list", "--json").json == []


def test_an_entity_that_is_not_there_is_refused(terminal: Terminal) -> None:
    told = terminal.run("segments", "count", "name is blank", "--entity", "planet")
    assert (told.code, "planet" in told.err) == (2, True)
