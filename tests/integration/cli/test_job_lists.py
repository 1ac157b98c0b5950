"""`writeback jobs list` with its filters: connection, kind, state, attribute, record, mine."""

from tests.integration.cli.terminal import Terminal


def numbers(terminal: Terminal, *filters: str) -> list[int]:
    told = terminal.run("jobs", "list", *filters, "--json")
    assert told.code == 0, told.err
    return [job["number"] for job in told.json]


def test_each_filter_narrows_the_list(terminal: Terminal) -> None:
    one, other = terminal.record(), terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{one},Media"))
    terminal.push(terminal.file("b.csv", "Id,Description", f"{other},B", f"{one},A"))
    terminal.run("edit", other, "industry=Energy", "--send")
    assert numbers(terminal) == [3, 2, 1]
    assert numbers(terminal, "--attribute", "industry") == [3, 1]
    assert numbers(terminal, "--attribute", "Description") == [2]
    assert numbers(terminal, "--record", one) == [2, 1]
    name = terminal.row(other)["name"]
    assert 3 in numbers(terminal, "--record", name)
    assert numbers(terminal, "--kind", "real_time") == [3]
    assert numbers(terminal, "--state", "done,short") == [3, 2, 1]
    assert numbers(terminal, "--state", "short") == []
    assert numbers(terminal, "--mine") == [3, 2, 1]
    connection = terminal.run("jobs", "list", "--json").json[0]["connection"]
    assert numbers(terminal, "--connection", connection) == [3, 2, 1]


def test_pulls_and_read_backs_are_listed_by_their_kind(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media"))
    terminal.run("jobs", "verify", "1")
    (read_back,) = terminal.run("jobs", "list", "--kind", "read_back", "--json").json
    assert (read_back["number"], read_back["as_written"]) == (1, 1)
    pulls = terminal.run("jobs", "list", "--kind", "pull", "--json").json
    assert pulls
    assert all(one["kind"] == "pull" and one["read"] > 0 and not one["code"] for one in pulls)
    assert "pull" in terminal.run("jobs", "list", "--kind", "pull").out


def test_a_kind_a_state_and_a_connection_that_do_not_exist_are_refused(terminal: Terminal) -> None:
    for wrong in (("--kind", "nonsense"), ("--state", "gone"), ("--connection", "nobody")):
        assert terminal.run("jobs", "list", *wrong).code == 2
