"""Attributes after they hold values: changed, given another type, let go; what uses them is told first."""

from tests.integration.cli.terminal import Terminal


def attribute(terminal: Terminal, name: str) -> dict[str, object]:
    told = terminal.run("attributes", "list", "--entity", "account", "--json")
    return next(dict(one) for one in told.json if one["name"] == name)


def test_what_is_named_changes_and_the_rest_stays(terminal: Terminal) -> None:
    add = ("attributes", "add", "stage", "--type", "lifecycle", "--title", "Stage")
    assert terminal.run(*add, "--option", "new=New", "--option", "won=Won", "--json").json["labels"] == [
        "New",
        "Won",
    ]
    more = ("--option", "won=Won", "--option", "new=New", "--option", "lost=Lost")
    assert terminal.run("attributes", "change", "stage", *more, "--default", "NEW").code == 0
    assert (
        terminal.run("attributes", "change", "stage", "--title", "Where it stands", "--editable", "off").code
        == 0
    )
    kept = attribute(terminal, "stage")
    assert kept["options"] == ["won", "new", "lost"]
    assert (kept["title"], kept["editable"], kept["default"]) == ("Where it stands", False, "NEW")
    record = terminal.record()
    assert "attribute.not_editable" in terminal.run("edit", record, "stage=won").err
    for code, wrong in {
        "attribute.bad_default": ("--default", "maybe"),
        "attribute.bad_options": ("--option", "a", "--option", "a"),
    }.items():
        told = terminal.run("attributes", "change", "stage", *wrong)
        assert (told.code, code in told.err) == (2, True)
    assert terminal.run("attributes", "change", "nothing", "--title", "x").code == 2


def test_an_empty_value_coming_in_may_become_the_default_of_the_attribute(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("attributes", "add", "site", "--type", "text").code == 0
    assert terminal.run("attributes", "change", "site", "--default", "somewhere").code == 0
    terminal.crm.crm.edit("Account", record, {"Site": None})
    assert terminal.run("map", "i1", "Site=site").code == 0
    assert terminal.run("pull", "i1").code == 0
    assert terminal.row(record)["site"] is None
    assert terminal.run("map", "i1", "Site=site", "--empty", "default=").code == 0
    assert terminal.row(record)["site"] == "somewhere"


def test_another_type_is_previewed_and_then_converts_what_it_can(terminal: Terminal) -> None:
    first, second = terminal.record(), terminal.record()
    terminal.crm.crm.edit("Account", first, {"Site": "42"})
    terminal.crm.crm.edit("Account", second, {"Site": "about ten"})
    assert terminal.run("map", "i1", "Site=site", "--write-back", "on").code == 0
    assert terminal.run("pull", "i1", "--full").code == 0
    told = terminal.run("attributes", "retype", "site", "--type", "integer", "--json")
    assert (told.json["retyped"], told.json["converts"], len(told.json["samples"])) == (False, 1, 5)
    assert told.json["values"] > 10
    assert terminal.row(first)["site"] == "42"
    assert terminal.run("edit", first, "site=43").code == 0
    refused = terminal.run("attributes", "retype", "site", "--type", "integer", "--yes")
    assert (refused.code, "attribute.has_drafts" in refused.err) == (2, True)
    assert terminal.run("edit", first, "site=42").code == 0
    done = terminal.run("attributes", "retype", "site", "--type", "integer", "--yes", "--json")
    assert (done.code, done.json["retyped"]) == (0, True)
    assert (terminal.row(first)["site"], terminal.row(second)["site"]) == (42, None)
    assert attribute(terminal, "site")["type"] == "integer"
    assert terminal.run("doctor").code == 0
    pulled = terminal.run("pull", "i1")
    assert (pulled.code, "mapping.misfit" in pulled.err) == (2, True)  # the CRM still holds words
    assert terminal.run("edit", first, "site=44", "--send", "--json").json["applied"] == 1
    assert terminal.sent()[-1]["fields"]["Site"] == "44"
    terminal.crm.crm.edit("Account", second, {"Site": None})


def test_an_attribute_goes_with_what_used_it_and_its_name_is_free_again(terminal: Terminal) -> None:
    record = terminal.record()
    assert terminal.run("map", "i1", "Website=website", "--write-back", "on").code == 0
    assert terminal.run("pull", "i1").code == 0
    assert terminal.run("edit", record, "website=https://acme.test").code == 0
    told = terminal.run("attributes", "delete", "website", "--json")
    assert told.json == {
        "deleted": False,
        "mappings": [{"integration": "i1", "field": "Website"}],
        "drafts": 1,
        "under_way": 0,
        "matches": [],
        "role": False,
        "segments": [],
        "forms": [],
        "plays": [],
    }
    assert attribute(terminal, "website")["type"] == "url"
    assert terminal.run("attributes", "delete", "website", "--yes").code == 0
    listed = terminal.run("attributes", "list", "--json").json
    assert "website" not in {one["name"] for one in listed}
    (integration,) = terminal.run("integrations", "list", "--json").json
    assert "Website" not in {one["field"] for one in integration["mappings"]}
    assert terminal.run("plan", "--pending", "--json").json["groups"] == []
    assert terminal.run("attributes", "add", "website", "--type", "integer").code == 0
    assert terminal.run("pull", "i1").code == 0
    assert terminal.run("doctor").code == 0
