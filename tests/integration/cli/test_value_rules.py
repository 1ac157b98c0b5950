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


def segments(terminal: Terminal, record: str, value: str) -> None:
    """Give the record's list this value, as somebody else would."""
    terminal.crm.crm.edit("Account", record, {"Segments__c": value})
    assert terminal.run("pull", "i1").code == 0


def sent_lists(terminal: Terminal) -> list[set[str]]:
    """Give the lists that the CRM took from us; it keeps them in an order of its own."""
    return [set(filter(None, (one["fields"]["Segments__c"] or "").split(";"))) for one in terminal.sent()]


def test_a_list_is_added_to_and_taken_from_by_an_edit(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("map", "i1", "Segments__c=segments", "--write-back", "on").code == 0
    segments(terminal, record, "Retail;Export")
    assert terminal.run("edit", record, "segments+=Wholesale", "segments-=Retail").code == 0
    terminal.crm.crm.edit("Account", record, {"Segments__c": "Retail;Export;R&D"})
    planned = terminal.run("plan", "--pending", "--json")
    (row,) = planned.json["rows"]
    assert (row["verdict"], row["added"], row["removed"]) == ("send", ["Wholesale"], ["Retail"])
    assert "+Wholesale −Retail" in terminal.run("plan", "--pending").out
    told = terminal.run("edit", record, "segments+=Wholesale", "--send", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert sent_lists(terminal)[-1] == {"Export", "R&D", "Wholesale"}
    refused = terminal.run("edit", record, "name+=Ltd")
    assert (refused.code, "value.no_list" in refused.err) == (4, True)


def test_a_file_adds_takes_or_replaces(terminal: Terminal) -> None:
    first, second = terminal.record(), terminal.record()
    for record in (first, second):
        terminal.crm.crm.edit("Account", record, {"Segments__c": "Retail;Export"})
    added = terminal.file("add.csv", "Id,Segments__c", f"{first},Wholesale;Retail", f"{second},")
    told = terminal.push(added, "--multi", "Segments__c=add", "--json")
    assert (told.code, told.json["applied"], told.json["unchanged"]) == (0, 1, 1)
    assert sent_lists(terminal)[-1] == {"Retail", "Export", "Wholesale"}
    taken = terminal.file("take.csv", "Id,Segments__c", f"{first},Retail", f"{second},Retail;Export")
    assert terminal.push(taken, "--multi", "Segments__c=remove", "--json").json["applied"] == 2
    assert sent_lists(terminal)[-2:] == [{"Export", "Wholesale"}, set()]
    whole = terminal.file("whole.csv", "Id,Segments__c", f"{first},R&D")
    assert terminal.push(whole, "--multi", "Segments__c=replace", "--json").json["applied"] == 1
    assert sent_lists(terminal)[-1] == {"R&D"}
    assert terminal.push(whole, "--multi", "Segments__c=some").code == 2
    assert "file.no_multi_list" in terminal.push(whole, "--multi", "Name=add").err


def test_a_blank_cell_means_what_the_mapping_of_its_field_says(terminal: Terminal) -> None:
    first, second = terminal.record(), terminal.record()
    assert terminal.run("map", "i1", "Website=website", "--write-back", "on", "--blank", "clear").code == 0
    for record in (first, second):
        terminal.crm.crm.edit("Account", record, {"Website": "https://acme.test"})
    file = terminal.file("blank.csv", "Id,Website", f"{first},")
    assert terminal.push(file, "--json").json["applied"] == 1
    assert terminal.sent()[-1]["fields"]["Website"] is None
    file = terminal.file("blank.csv", "Id,Website", f"{second},")
    assert terminal.push(file, "--blank", "keep", "--json").json["unchanged"] == 1


def test_maybe_is_refused_with_the_name_of_its_field(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("map", "i1", "Active__c=active", "--write-back", "on").code == 0
    told = terminal.run("edit", record, "active=maybe")
    assert (told.code, "active" in told.err, "value.not_a_boolean" in told.err) == (4, True, True)
    for word in ("TRUE", "yes", "1", "on"):
        assert terminal.run("edit", record, f"active={word}").code == 0
