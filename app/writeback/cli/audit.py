"""`writeback audit`: the trail of all acts, its proof, its export; the screen Audit of the window."""

from __future__ import annotations

from collections import abc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import open_told, utc_now
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table, say
from writeback.errors import GuardError

if TYPE_CHECKING:
    from writeback.runtime.job_views import JobRow
    from writeback.runtime.telling import Telling
    from writeback.runtime.trails import TrailLine, TrailRows

audit_app = typer.Typer(help="The audit trail: one entry an act, each chained to the one before by its hash.")

Person = Annotated[str, typer.Option("--person", help="Only what this person did.")]
ConnectionName = Annotated[str, typer.Option("--connection", help="Only what is about this connection.")]
Job = Annotated[str, typer.Option("--job", help="Only what is about this job: its number or id.")]
Record = Annotated[
    str, typer.Option("--record", help="Only what is about this record: the CRM's id, or ours.")
]
Act = Annotated[str, typer.Option("--act", help="Only this act (job.submitted) or area of acts (job).")]
Since = Annotated[str, typer.Option("--since", help="From this day or moment on: 2026-11-27.")]
Until = Annotated[str, typer.Option("--until", help="Before this day or moment.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(audit_app, name="audit")


@audit_app.command("list")
def list_audit(
    context: typer.Context,
    person: Person = "",
    connection: ConnectionName = "",
    job: Job = "",
    record: Record = "",
    act: Act = "",
    since: Since = "",
    until: Until = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="At most so many, the newest.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List entries, the newest first."""
    from writeback.runtime.trails import Sought, moment_of

    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        rows = told.trail(
            Sought(
                act=act,
                person=person,
                connection_id=str(told.connection(connection).id) if connection else "",
                job_id=str(told.job(job).id) if job else "",
                record=record,
                since=moment_of(since, now=utc_now()),
                until=moment_of(until, now=utc_now()),
            )
        )
        total = rows.build()
        found = list(_first(rows, limit))
    if run.as_json:
        put_json({"entries": total, "listed": [_plain(line) for line in found]})
        return
    put_table(
        ("entry", "time", "act", "person", "connection", "job", "what"),
        [
            (
                line.seq,
                f"{line.at:%Y-%m-%d %H:%M:%S}",
                line.act,
                line.person,
                line.connection,
                line.number or "",
                ", ".join(f"{name} {text}" for name, text in line.facts if name != "digest"),
            )
            for line in found
        ],
    )
    if total > len(found):
        say(f"{len(found):,} of {counted(total, 'entry', 'entries')}; --limit shows more.")


@audit_app.command("show")
def show_audit(
    context: typer.Context,
    entry: Annotated[int, typer.Argument(help="The entry's number.")],
    limit: Annotated[int, typer.Option("--limit", min=0, help="At most so many values.")] = 50,
    as_json: AsJson = False,
) -> None:
    """Show one entry, and the values behind it: record, field, old, new, outcome."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        line = told.trail_entry(entry)
        total, values = _values(told, line, limit)
    if run.as_json:
        put_json({**_plain(line), "values": total, "listed": [_value(row) for row in values]})
        return
    put_table(("what", "value"), [(name, value) for name, value in _plain(line).items() if value != ""])
    if values:
        put_line("")
        put_table(
            ("record", "field", "old", "new", "outcome"),
            [(row.record, row.fields, row.old, _new(row), row.outcome) for row in values],
        )
    if total > len(values):
        say(f"{len(values):,} of {counted(total, 'row')}; --limit shows more.")


@audit_app.command("verify")
def verify_audit(
    context: typer.Context,
    head: Annotated[str, typer.Option("--head", help="A head that you noted earlier.")] = "",
    as_json: AsJson = False,
) -> None:
    """Recompute the whole chain; exit code 7 when it is broken or does not hold the noted head."""
    run = run_of(context, as_json=as_json)
    with open_told(run) as told:
        found = told.verify_trail(head.strip().lower())
    if run.as_json:
        put_json(
            {
                "is_whole": found.is_whole,
                "entries": found.entries,
                "head": found.head,
                "broken_at": found.broken_at,
                "has_noted_head": found.has_noted_head,
            }
        )
    if found.broken_at is not None:
        raise GuardError("audit.broken", entry=found.broken_at, good=found.entries)
    if not found.has_noted_head:
        raise GuardError("audit.other_head", head=head[:64], entries=found.entries)
    if not run.as_json:
        put_line(f"{counted(found.entries, 'entry', 'entries')}, unbroken. Head: {found.head}")


@audit_app.command("export")
def export_audit(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(help="Where to write it; FILE.head gets the head beside it.")],
    form: Annotated[str, typer.Option("--format", help="jsonl or csv; else as the file's name ends.")] = "",
    as_json: AsJson = False,
) -> None:
    """Write the whole trail into a file that verify_audit.py checks without Writeback."""
    from writeback.runtime.trails import FORMATS

    run = run_of(context, as_json=as_json)
    wanted = form or file.suffix.lstrip(".").lower()
    if wanted not in FORMATS:
        raise typer.BadParameter(f"--format is one of {', '.join(FORMATS)}")
    with open_told(run) as told:
        entries, head = told.export_trail(file, form=wanted)
    if run.as_json:
        put_json({"file": str(file), "entries": entries, "head": head})
    else:
        put_line(f"{counted(entries, 'entry', 'entries')} written to {file}. Head: {head}")


def _first(rows: TrailRows, limit: int) -> abc.Iterator[TrailLine]:
    given = number = 0
    while given < min(limit, rows.rows):
        for line in rows.block(number)[: limit - given]:
            given += 1
            yield line
        number += 1


def _values(told: Telling, line: TrailLine, limit: int) -> tuple[int, list[JobRow]]:
    if not line.job_id:
        return 0, []
    rows = told.trail_values(line)
    try:
        total, number = rows.build(), 0
        found: list[JobRow] = []
        while len(found) < min(limit, total):
            found.extend(rows.block(number)[: limit - len(found)])
            number += 1
    finally:
        rows.close()
    return total, found


def _plain(line: TrailLine) -> dict[str, JsonValue]:
    return {
        "entry": line.seq,
        "at": line.at.isoformat(),
        "act": line.act,
        "person": line.person,
        "connection": line.connection,
        "org": line.org,
        "job": line.number or "",
        "object": line.object,
        "origin": line.origin,
        "assurance": line.assurance,
        "facts": dict(line.facts),
        "previous": line.previous,
        "hash": line.hash,
    }


def _value(row: JobRow) -> dict[str, JsonValue]:
    return {
        "record": row.record,
        "record_id": row.record_id,
        "field": row.fields,
        "old": row.old,
        "new": _new(row),
        "outcome": row.outcome,
        "code": row.code,
        "message": row.message,
    }


def _new(row: JobRow) -> str:
    return f"erased on {dict(row.facts)['at']}" if row.code == "history.value_erased" else row.new
