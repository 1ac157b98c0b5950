"""A mapping leaves as a file and comes back; what an object lacks is named, nothing is switched on."""

import json
from pathlib import Path

from tests.integration.cli.terminal import Terminal


def test_a_mapping_goes_out_and_comes_in(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    assert terminal.run("integrations", "export-mapping", "i1", str(file)).code == 0
    told = json.loads(file.read_text())
    assert (told["object"], told["entity"]) == ("Account", "account")
    told["fields"] += [
        {"path": "Nowhere__c", "attribute": "nowhere"},
        {"path": "Fax", "attribute": "fax", "write_back": True},
    ]
    file.write_text(json.dumps(told))
    made = terminal.run("integrations", "import-mapping", "i1", str(file), "--json")
    assert (made.code, made.json) == (4, {"integration": "i1", "mapped": ["Fax"], "left_out": ["Nowhere__c"]})
    listed = terminal.run("integrations", "list", "--json").json
    (fax,) = [one for one in listed[0]["mappings"] if one["field"] == "Fax"]
    assert not fax["write_back"]


def test_a_csv_of_two_columns_is_a_mapping(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "m.csv"
    file.write_text(
        "\ufeffCRM field;Attribute;conflict_rule;write-back\nFax;fax;crm;on\n\nNowhere__c;nowhere;;\n"
    )
    made = terminal.run("integrations", "import-mapping", "i1", str(file), "--json")
    assert (made.code, made.json["mapped"], made.json["left_out"]) == (4, ["Fax"], ["Nowhere__c"])
    listed = terminal.run("integrations", "list", "--json").json
    (fax,) = [one for one in listed[0]["mappings"] if one["field"] == "Fax"]
    assert not fax["write_back"]
    for text in ("Fax,fax\n", "field,attribute,colour\nFax,fax,red\n", "field,attribute\nFax,\n"):
        file.write_text(text)
        told = terminal.run("integrations", "import-mapping", "i1", str(file))
        assert (told.code, "mapping_file.unreadable" in told.err) == (2, True)


def test_what_is_no_mapping_is_refused(terminal: Terminal, tmp_path: Path) -> None:
    file = tmp_path / "m.json"
    file.write_text('{"format": "writeback-mapping-1", "fields": [{"path": "Fax", "attribute": 7}]}')
    told = terminal.run("integrations", "import-mapping", "i1", str(file))
    assert told.code == 2
    assert "mapping_file.unreadable" in told.err
    assert terminal.run("integrations", "import-mapping", "i1", str(tmp_path / "none.json")).code == 2
    assert terminal.run("integrations", "import-mapping", "i1").code == 2
    assert terminal.run("integrations", "import-mapping", "i1", "--from", "i9").code == 2
