"""`writeback notes`: written beside a record, changed with its past kept, never sent."""

from tests.integration.cli.terminal import Terminal


def test_a_note_is_written_changed_removed_and_had_back_with_its_history(terminal: Terminal) -> None:
    record = terminal.record()
    made = terminal.run("notes", "add", record, "Asked for a discount", "--json")
    assert made.code == 0, made.err
    note = str(made.json["note"])
    changed = terminal.run("notes", "change", note, "Got the discount", "--json")
    assert (changed.json["version"], changed.json["text"]) == (2, "Got the discount")
    listed = terminal.run("notes", "list", record, "--json").json
    assert [(one["note"], one["text"]) for one in listed] == [(note, "Got the discount")]
    assert terminal.run("notes", "remove", note).code == 0
    assert terminal.run("notes", "list", record, "--json").json == []
    assert terminal.run("notes", "change", note, "Got the discount").code == 0
    told = terminal.run("notes", "history", note, "--json").json
    assert [one["text"] for one in told] == ["Asked for a discount", *["Got the discount"] * 3]
    assert [one["is_removed"] for one in told] == [False, False, True, False]
    assert terminal.sent() == []


def test_notes_go_with_the_history_of_a_record_that_is_erased(terminal: Terminal) -> None:
    record = terminal.record()
    terminal.run("notes", "add", record, "Private")
    told = terminal.run("retention", "erase", record, "--yes", "--json")
    assert (told.code, told.json["notes"]) == (0, 1)
    assert terminal.run("notes", "list", record, "--json").json == []


def test_what_is_no_note_is_refused(terminal: Terminal) -> None:
    for arguments, words in (
        (("add", "nobody", "x"), "record.unknown"),
        (("change", "nothing", "x"), "note.unknown"),
        (("remove", "nothing"), "note.unknown"),
        (("history", "nothing"), "note.unknown"),
    ):
        told = terminal.run("notes", *arguments)
        assert told.code == 2
        assert words in told.err
