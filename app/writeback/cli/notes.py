"""`writeback notes`: what people wrote down beside a record. It stays here and is written to no CRM."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table

if TYPE_CHECKING:
    from writeback.model.notes import Note

notes_app = typer.Typer(help="What people wrote down beside a record.", no_args_is_help=True)
Record = Annotated[str, typer.Argument(help="Our record id, or the CRM's.")]
NoteId = Annotated[str, typer.Argument(metavar="NOTE", help="A note's id; `notes list` tells it.")]
Words = Annotated[str, typer.Argument(metavar="TEXT", help="What it says.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(notes_app, name="notes")


@notes_app.command("list")
def list_notes(context: typer.Context, record: Record, as_json: AsJson = False) -> None:
    """List a record's notes, the latest change first."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.notes.some(runtime.told.find_record(record).id)
    if run.as_json:
        put_json([plain_note(one) for one in found])
        return
    put_table(
        ("note", "changed", "by", "text"),
        ((one.id, one.at.isoformat(timespec="seconds"), one.author, one.text) for one in found),
    )


@notes_app.command("add")
def add_note(context: typer.Context, record: Record, text: Words, as_json: AsJson = False) -> None:
    """Write a note beside a record."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        rid = runtime.told.find_record(record).id
        made = runtime.write_note(rid, text, author=author(), act=new_act())
    _tell(made, as_json=run.as_json)


@notes_app.command("change")
def change_note(context: typer.Context, note: NoteId, text: Words, as_json: AsJson = False) -> None:
    """Write a note anew; one that was removed is there again. What it read before stays in its history."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.change_note(note, text, author=author(), act=new_act())
    _tell(made, as_json=run.as_json)


@notes_app.command("remove")
def remove_note(context: typer.Context, note: NoteId) -> None:
    """Take a note away; its history stays, and `notes change` has it back."""
    run = run_of(context)
    with open_runtime(run) as runtime:
        runtime.remove_note(note, author=author(), act=new_act())


@notes_app.command("history")
def note_history(context: typer.Context, note: NoteId, as_json: AsJson = False) -> None:
    """List how a note read, the first version first."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.notes.versions(note)
    if run.as_json:
        put_json([plain_note(one) for one in found])
        return
    put_table(
        ("version", "at", "by", "text"),
        (
            (
                one.version,
                one.at.isoformat(timespec="seconds"),
                one.author,
                "(removed)" if one.is_removed else one.text,
            )
            for one in found
        ),
    )


def plain_note(one: "Note") -> dict[str, JsonValue]:
    """Give a note as JSON tells it."""
    return {
        "note": one.id,
        "record": one.record,
        "version": one.version,
        "text": one.text,
        "author": one.author,
        "at": one.at.isoformat(),
        "is_removed": one.is_removed,
    }


def _tell(made: "Note", *, as_json: bool) -> None:
    if as_json:
        put_json(plain_note(made))
    else:
        put_line(f"{made.id}: {made.text}")
