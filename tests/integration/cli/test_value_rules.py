"""Value rules from the command line: maps, unknown values, transforms; silence resets nothing."""

from tests.integration.cli.terminal import Terminal


def mapping(terminal: Terminal, attribute: str) -> dict[str, object]:
    (one,) = terminal.run("integrations", "list", "--json").json
    return next(dict(line) for line in one["mappings"] if line["attribute"] == attribute)


def test_a_map_comes_in_pairs_and_in_files(terminal: Terminal) -> None:
    lines = terminal.file("map.csv", "Banking,Retail", '"Energy","Media"')
    both = ("--value-map", lines, "--value-map", "Education=Media", "--unknown", "default=Banking")
    refused = terminal.run("map", "i1", "Industry=industry", *both)
    assert (refused.code, "mapping.bad_unknown_default" in refused.err) == (2, True)
    assert terminal.run("map", "i1", "Industry=industry", *both[:-1], "default=Media").code == 0
    kept = mapping(terminal, "industry")
    assert kept["value_map"] == [["Banking", "Retail"], ["Energy", "Media"], ["Education", "Media"]]
    assert kept["unknown"] == "default=Media"
    bad = terminal.run("map", "i1", "Industry=industry", "--value-map", terminal.file("bad.csv", "one"))
    assert (bad.code, "line 1 has no two values" in bad.err) == (2, True)
    assert terminal.run("map", "i1", "Industry=industry", "--unknown", "sometimes").code == 2


def test_what_is_not_named_stays_as_it_is(terminal: Terminal) -> None:
    first = ("--on-conflict", "ours", "--blank", "clear", "--empty", "keep")
    assert terminal.run("map", "i1", "Industry=industry", *first).code == 0
    rules = ("--value-map", "Banking=Money", "--unknown", "pass", "--transform", "trim,upper")
    assert terminal.run("map", "i1", "Industry=industry", *rules).code == 2  # Money is no option of ours
    rules = ("--value-map", "Banking=Retail", "--unknown", "pass", "--transform", "trim,collapse")
    assert terminal.run("map", "i1", "industry=industry", *rules).code == 0
    kept = mapping(terminal, "industry")
    assert kept["write_back"] is True
    assert (kept["on_conflict"], kept["blank"], kept["empty"]) == ("ours", "clear", "keep")
    assert (kept["value_map"], kept["unknown"]) == ([["Banking", "Retail"]], "pass")
    assert kept["transforms"] == ["trim", "collapse"]
    assert terminal.run("map", "i1", "Industry=industry", "--write-back", "off").code == 0
    again = mapping(terminal, "industry")
    assert again == kept | {"write_back": False}
    assert (
        terminal.run("map", "i1", "Industry=industry", "--value-map", "none", "--transform", "none").code == 0
    )
    assert mapping(terminal, "industry")["value_map"] == []
    many = terminal.run("map", "i1", "Industry=industry", "Name=name", "--value-map", "a=b")
    assert (many.code, "mapping.map_many" in many.err) == (2, True)


def test_an_edit_is_written_as_the_map_and_the_transforms_say(terminal: Terminal) -> None:
    record = terminal.record()
    rules = ("--value-map", "Banking=Retail", "--unknown", "pass", "--write-back", "on")
    assert terminal.run("map", "i1", "Industry=industry", *rules).code == 0
    told = terminal.run("edit", record, "industry=retail", "--send", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert terminal.sent()[-1]["fields"]["Industry"] == "Banking"
    assert terminal.row(record)["industry"] == "Retail"
    assert (
        terminal.run("map", "i1", "Name=name", "--write-back", "on", "--transform", "collapse,upper").code
        == 0
    )
    told = terminal.run("edit", record, "name=  Acme   Ltd ", "--send", "--json")
    assert (told.code, terminal.sent()[-1]["fields"]["Name"]) == (0, "ACME LTD")
    assert terminal.row(record)["name"] == "ACME LTD"
    assert terminal.run("doctor").code == 0
