"""`writeback notices`: a job that did not write all is listed, a muted connection is not."""

from tests.integration.cli.terminal import Terminal


def test_a_partial_job_is_listed_until_its_connection_is_muted(terminal: Terminal) -> None:
    assert terminal.run("notices", "list", "--json").json == []
    record = terminal.record()
    terminal.push(terminal.file("a.csv", "Id,Industry", f"{record},Media", "001nobody,Media"))
    (told,) = terminal.run("notices", "list", "--json").json
    assert (told["kind"], told["job"], told["rows"], told["not_written"]) == ("partial", 1, 2, 1)
    assert told["words"] == "Job 1 is done; 1 of its 2 rows were not written."
    assert terminal.run("notices", "mute", "acme").code == 0
    assert terminal.run("notices", "list", "--json").json == []
    assert terminal.run("notices", "unmute", "acme").code == 0
    assert len(terminal.run("notices", "list", "--json").json) == 1
    unknown = terminal.run("notices", "mute", "nobody")
    assert (unknown.code, "(connection.unknown)" in unknown.err) == (2, True)
