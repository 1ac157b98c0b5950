"""`writeback integrations backfill`: a mapping that came after its records: counted, then sent like edits."""

import pytest

from tests.integration.cli.terminal import Terminal


@pytest.fixture
def late(terminal: Terminal) -> Terminal:
    """Let *industry* go to another field from now on, which is empty in the CRM for some records."""
    for key in (terminal.record() for _ in range(4)):
        terminal.crm.crm.edit("Account", key, {"Description": None})
    assert terminal.run("integrations", "unmap", "i1", "Industry").code == 0
    assert terminal.run("map", "i1", "Description=industry", "--write-back", "on").code == 0
    return terminal


def counted(terminal: Terminal, *names: str) -> dict[str, dict[str, object]]:
    told = terminal.run("integrations", "backfill", "i1", *names, "--json")
    assert told.code == 0, told.err
    return {one["attribute"]: one for one in told.json["attributes"]} | {"read": told.json["read"]}


def test_records_that_were_there_are_counted_first_then_written(late: Terminal) -> None:
    assert counted(late)["read"] is False
    assert late.run("pull", "i1").code == 0
    found = counted(late, "Industry")
    assert found.keys() == {"industry", "read"}
    one = found["industry"]
    assert (found["read"], one["field"]) == (True, "Description")
    wanted = int(str(one["differ"]))
    assert wanted > 0
    sent = late.run("integrations", "backfill", "i1", "industry", "--send", "--yes", "--json")
    assert (sent.code, sent.json["applied"]) == (0, wanted), sent.err
    written = late.sent()
    assert len(written) == wanted
    assert {name for row in written for name in row["fields"]} == {"Description"}
    again = counted(late, "industry")["industry"]
    assert (again["differ"], again["same"]) == (0, int(str(one["same"])) + wanted)


def test_what_waits_and_what_is_blank_is_left_alone(late: Terminal) -> None:
    assert late.run("pull", "i1").code == 0
    before = counted(late, "industry")["industry"]
    told = late.run("integrations", "backfill", "i1", "industry", "--json").json["sample"]
    assert {row["attribute"] for row in told} == {"industry"}
    assert all(row["crm"] != row["ours"] for row in told)
    assert late.run("edit", told[0]["record"], "industry=Energy").code == 0
    after = counted(late, "industry")["industry"]
    assert (before["waiting"], after["waiting"]) == (0, 1)
    assert after["differ"] == int(str(before["differ"])) - 1
    assert late.run("integrations", "backfill", "i1", "industry", "--send", "--no-input").code == 7
    assert late.sent() == []


def test_a_conflict_with_the_crm_is_found_and_a_slip_is_told(late: Terminal) -> None:
    assert late.run("pull", "i1").code == 0
    row = late.run("integrations", "backfill", "i1", "industry", "--json").json["sample"][0]
    late.crm.crm.edit("Account", row["record"].removeprefix("i1:"), {"Description": "changed meanwhile"})
    told = late.run("integrations", "backfill", "i1", "--send", "--yes", "--json", "industry")
    assert (told.code, told.json["conflict"]) == (5, 1)
    assert late.run("integrations", "backfill", "i1", "name_of_nothing").code == 2
    assert late.run("integrations", "backfill", "i9").code == 2
