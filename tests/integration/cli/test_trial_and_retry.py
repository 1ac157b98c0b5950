"""A file in steps: some rows first, the rest, and what was not written again."""

import csv
from pathlib import Path

from tests.integration.cli.terminal import Terminal


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))


def ids(terminal: Terminal) -> list[str]:
    return [str(one["id"]) for one in terminal.sent()]


def test_a_trial_sends_the_first_rows_and_tells_the_others_as_not_sent(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(4)]
    file = terminal.file("a.csv", "Id,Industry", *(f"{one},Energy" for one in records))
    good, bad = terminal.folder / "w.csv", terminal.folder / "n.csv"
    told = terminal.push(file, "--trial", "2", "--written", str(good), "--not-written", str(bad), "--json")
    assert (told.code, told.json["applied"]) == (0, 2)
    assert sorted(ids(terminal)) == sorted(records[:2])
    assert [row["Id"] for row in rows(good)] == records[:2]
    assert [(row["Id"], row["_writeback_outcome"]) for row in rows(bad)] == [
        (one, "cancelled") for one in records[2:]
    ]

    told = terminal.push(file, "--json", "--written", str(good))
    assert (told.json["applied"], told.json["unchanged"]) == (2, 2), "the rest goes, nothing goes twice"
    assert sorted(ids(terminal)) == sorted(records)
    assert len(rows(good)) == 4


def test_what_was_not_written_is_corrected_and_sent_alone(terminal: Terminal) -> None:
    first, bad, third = terminal.record(), terminal.record(), terminal.record()
    file = terminal.file(
        "a.csv",
        "Id,Industry,NumberOfEmployees",
        f"{first},Energy,12",
        f"{bad},Energy,many",
        f"{third},Energy,14",
    )
    left = terminal.folder / "n.csv"
    assert terminal.push(file, "--not-written", str(left)).code == 4
    assert sorted(ids(terminal)) == sorted([first, third])

    left.write_text(left.read_text(encoding="utf-8-sig").replace("many", "13"), encoding="utf-8-sig")
    again, still = terminal.folder / "w2.csv", terminal.folder / "n2.csv"
    told = terminal.run(
        "push", file, "--retry", str(left), "--yes", "--json",
        "--written", str(again), "--not-written", str(still),
    )  # fmt: skip
    assert (told.code, told.json["applied"], told.json["rows"]) == (0, 1, 1)
    assert ids(terminal)[2:] == [bad]
    assert [(row["_writeback_row"], row["NumberOfEmployees"]) for row in rows(again)] == [("3", "13")]
    assert rows(still) == []
    told = terminal.run("push", "--retry", str(left), "--yes", "--json")
    assert (told.code, told.json["unchanged"]) == (0, 1), "without the first file it is the same"


def test_references_of_a_blocked_row_are_looked_up_when_it_is_put_right(terminal: Terminal) -> None:
    assert terminal.run("map", "i1", "OwnerId=owner_id", "Owner.Email=owner_email").code == 0
    assert terminal.run("pull", "i1").code == 0
    held = terminal.run("records", "list", "--limit", "200", "--json").json["records"]
    owners = {one["values"]["owner_email"]: one["values"]["owner_id"] for one in held}
    email, owner = next(iter(owners.items()))
    others = [one["record"].partition(":")[2] for one in held if one["values"]["owner_email"] != email]
    rows = [f"{others[0]},many,{email}", f"{others[1]},7,nobody@nowhere.example"]
    terminal.push(terminal.file("a.csv", "Id,NumberOfEmployees,Owner.Email", *rows))
    assert terminal.sent() == []

    told = terminal.run("jobs", "retry", "1", "--set", "1:NumberOfEmployees=12", "--yes", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    told = terminal.run("jobs", "retry", "1", "--set", "2:NumberOfEmployees=8", "--yes", "--json")
    assert (told.code, told.json["blocked"]) == (4, 1), "a text that names nobody is never an id"
    told = terminal.run("jobs", "retry", "1", "--set", f"2:Owner.Email={email}", "--yes", "--json")
    assert (told.code, told.json["applied"]) == (0, 1)
    assert [(one["id"], one["fields"]["OwnerId"]) for one in terminal.sent()] == [
        (others[0], owner),
        (others[1], owner),
    ]


def test_what_is_no_result_file_of_this_file_is_refused(terminal: Terminal) -> None:
    file = terminal.file("a.csv", "Id,Industry", f"{terminal.record()},Energy")
    other = terminal.file(
        "b.csv", "Id,Phone,_writeback_row,_writeback_outcome,_writeback_code,_writeback_message"
    )
    for line in (("push", file, "--retry", file), ("push", file, "--retry", other), ("push",)):
        done = terminal.run(*line, "--yes")
        assert (done.code, terminal.sent()) == (2, []), done


def test_at_a_pipe_a_trial_never_goes_on_by_itself(terminal: Terminal) -> None:
    records = [terminal.record() for _ in range(3)]
    file = terminal.file("a.csv", "Id,Industry", *(f"{one},Media" for one in records))
    assert terminal.push(file, "--trial", "1").code == 0
    assert ids(terminal) == records[:1]
