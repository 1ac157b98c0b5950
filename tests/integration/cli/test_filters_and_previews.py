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


def test_the_filter_of_an_integration_is_changed_and_the_next_pull_reads_all(terminal: Terminal) -> None:
    before = terminal.run("pull", "i1", "--full", "--json").json["read"]
    told = terminal.run("integrations", "set", "i1", "--where", "Industry = Retail", "--json")
    assert told.json["filter"] == "Industry = 'Retail'"
    report = terminal.run("pull", "i1", "--json").json
    retail = count(terminal, "--where", "Industry = Retail")["count"]
    assert (report["is_incremental"], report["read"]) == (False, retail)
    assert report["gone"] == before - int(str(retail))
    told = terminal.run("integrations", "set", "i1", "--filter", "")
    assert told.out.strip() == "i1: Account, all records"
    assert terminal.run("pull", "i1", "--json").json["read"] == before


def test_a_filter_that_the_crm_refuses_changes_nothing(terminal: Terminal) -> None:
    assert terminal.run("integrations", "set", "i1", "--filter", "Industry = 'Retail'").code == 0
    told = terminal.run("integrations", "set", "i1", "--filter", "Industry ~~ nonsense")
    assert told.code == 4, told.err
    (one,) = terminal.run("integrations", "list", "--json").json
    assert one["filter"] == "Industry = 'Retail'"
    assert terminal.run("integrations", "set", "i1").code == 2
    assert terminal.run("integrations", "set", "i77", "--where", "Industry = Retail").code == 2


def test_rules_for_empty_values_and_formats_are_told_and_previewed(terminal: Terminal) -> None:
    told = terminal.run("map", "i1", "Website=web", "--empty", "default=https://none.example", "--json")
    (mapping,) = (one for one in told.json["mappings"] if one["field"] == "Website")
    assert (mapping["empty"], mapping["format"]) == ("default=https://none.example", "")
    assert terminal.run("map", "i1", "BillingCity=city", "--empty", "keep").code == 0
    assert terminal.run("map", "i1", "Phone=number", "--format", "comma").code == 0
    listed = terminal.run("attributes", "list", "--json").json
    assert {one["name"]: one["type"] for one in listed}["number"] == "number"
    rows = terminal.run("integrations", "preview", "i1", "--rows", "40", "--json").json
    for row in rows:
        web, number = row["values"]["Website"], row["values"]["Phone"]
        assert web["kept"] == (web["raw"] or "https://none.example")
        assert web["empty"] == (None if web["raw"] else "default")
        assert number["code"] in ("", "value.not_a_number")
    assert any(row["values"]["Phone"]["code"] for row in rows)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("NumberOfEmployees=staff", "--empty", "default=many"), "mapping.bad_default"),
        (("NumberOfEmployees=staff", "--empty", "default="), "mapping.bad_default"),
        (("Website=web", "--format", "backwards"), "format.unknown"),
        (("Website=web", "--format", "dmy Europe/Atlantis"), "format.unknown_zone"),
        (("Name=name", "--format", "dmy"), "mapping.format_misfit"),
        (("AnnualRevenue=arr", "--format", "comma"), "mapping.format_misfit"),
        (("Website=since", "--format", "dmy", "--write-back", "on"), "mapping.format_read_only"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused_in_words(
    terminal: Terminal, words: tuple[str, ...], code: str
) -> None:
    before = terminal.run("integrations", "list", "--json").json
    told = terminal.run("map", "i1", *words)
    assert told.code == 2
    assert f"({code})" in told.err
    assert terminal.run("integrations", "list", "--json").json == before


def test_a_connection_wears_the_word_and_colour_somebody_gave_it(terminal: Terminal) -> None:
    told = terminal.run("connections", "set", "acme", "--word", "EU-SANDBOX", "--colour", "violet", "--json")
    assert (told.json["word"], told.json["colour"]) == ("EU-SANDBOX", "violet")
    assert "EU-SANDBOX" in terminal.run("connections", "list").out
    assert terminal.run("connections", "set", "acme", "--colour", "plaid").code == 2
    assert terminal.run("connections", "set", "acme", "--word", "x" * 25).code == 2
    told = terminal.run("connections", "set", "acme", "--word", "", "--colour", "", "--json")
    assert told.json["word"] == told.json["org"]["environment"]
