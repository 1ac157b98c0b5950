"""Conditions in words, counting before pulling, and looking before pulling."""

import pytest

from tests.integration.cli.terminal import Terminal


def count(terminal: Terminal, *more: str) -> dict[str, object]:
    told = terminal.run(
        "integrations", "count", "--connection", "acme", "--object", "Account", *more, "--json"
    )
    assert told.code == 0, told.err
    return dict(told.json)


def test_conditions_in_words_select_what_the_crm_selects(terminal: Terminal) -> None:
    everything = count(terminal)
    retail = count(terminal, "--where", "Industry = Retail")
    by_hand = count(terminal, "--filter", "Industry = 'Retail'")
    others = count(terminal, "--where", "Industry != Retail")
    assert retail["filter"] == "Industry = 'Retail'"
    assert retail["count"] == by_hand["count"]
    assert 0 < int(str(retail["count"])) < int(str(everything["count"]))
    assert int(str(retail["count"])) + int(str(others["count"])) == everything["count"]


def test_every_line_holds_or_one_is_enough(terminal: Terminal) -> None:
    lines = ("--where", "Industry one of Retail, Energy", "--where", "Owner.Email contains @")
    both, any_of = count(terminal, *lines), count(terminal, *lines, "--any")
    assert " AND " in str(both["filter"])
    assert " OR " in str(any_of["filter"])
    assert int(str(both["count"])) <= int(str(any_of["count"]))


def test_an_integration_keeps_the_compiled_condition(terminal: Terminal) -> None:
    told = terminal.run(
        *("integrations", "add", "--connection", "acme", "--object", "Account"),
        *("--where", "Industry = Retail", "--json"),
    )
    assert told.json["filter"] == "Industry = 'Retail'"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("--where", "Industry like x"), "filter.not_a_line"),
        (("--where", "Nope = 1"), "mapping.unknown_field"),
        (("--where", "AnnualRevenue = lots"), "filter.bad_value"),
        (("--where", "Description = x"), "filter.not_expressible"),
        (("--where", "Industry = Retail", "--filter", "Name != null"), "cli.two_filters"),
    ],
)
def test_a_condition_that_cannot_be_used_is_explained(
    terminal: Terminal, words: tuple[str, ...], code: str
) -> None:
    told = terminal.run("integrations", "count", "--connection", "acme", "--object", "Account", *words)
    assert told.code == 2
    assert f"({code})" in told.err


def test_a_preview_shows_each_value_as_read_and_as_kept(terminal: Terminal) -> None:
    assert terminal.run("attributes", "add", "staff", "--type", "text").code == 0
    assert terminal.run("attributes", "add", "started", "--type", "date").code == 0
    assert terminal.run("map", "i1", "NumberOfEmployees=staff", "AccountNumber=started").code == 0
    rows = terminal.run("integrations", "preview", "i1", "--rows", "7", "--json").json
    assert len(rows) == 7
    assert {cell["code"] for row in rows for cell in [row["values"]["Name"]]} == {""}
    staffed = next(
        row["values"]["NumberOfEmployees"] for row in rows if row["values"]["NumberOfEmployees"]["raw"]
    )
    assert staffed["raw"] == staffed["kept"]
    misfit = [row["values"]["AccountNumber"] for row in rows if row["values"]["AccountNumber"]["raw"]]
    assert {(cell["kept"], cell["code"]) for cell in misfit} == {("", "mapping.misfit")}
    table = terminal.run("integrations", "preview", "i1", "--rows", "3")
    assert "not kept: mapping.misfit" in table.out
