"""`writeback jobs verify`: exit code 0 when everything holds what was written, else 4."""

from tests.integration.cli.terminal import Terminal


def test_a_job_is_read_back_and_the_result_is_kept(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    before = terminal.row(one)["industry"]
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{one},Media", f"{other},Media"))
    assert terminal.run("jobs", "verify", "1", "--last").code == 2
    told = terminal.run("jobs", "verify", "1", "--json")
    assert (told.code, told.json["is_as_written"], told.json["rows"]) == (0, True, [])
    assert told.json["totals"]["rows"] == {"as_written": 2, "changed": 0, "not_there": 0, "gone": 0}
    assert told.json["calls"] >= 1
    terminal.crm.crm.edit("Account", one, {"Industry": "Banking"})
    told = terminal.run("jobs", "verify", "1", "--json")
    assert (told.code, told.json["totals"]["rows"]["changed"]) == (4, 1)
    (row,) = told.json["rows"]
    assert (row["record_id"], row["field"], row["verdict"]) == (one, "Industry", "changed")
    assert (row["old"], row["new"], row["theirs"]) == (before or "", "Media", "Banking")
    assert (row["connection"], row["object"]) == ("acme", "Account")
    last = terminal.run("jobs", "verify", "1", "--last", "--json")
    assert (last.code, last.json) == (told.code, told.json)
    table = terminal.run("jobs", "verify", "1")
    assert table.code == 4
    assert "changed since" in table.out
    assert "Nothing is changed." in table.err
    assert len(terminal.sent()) == 2
