"""`writeback history`: how the values of one record came to be."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, put_json_list, put_table
from writeback.cli.progress import WORDS
from writeback.model.canonical import to_plain
from writeback.model.histories import HistoryKind

if TYPE_CHECKING:
    from writeback.runtime.histories import HistoryAnswer, HistoryEntry

KINDS = {
    HistoryKind.DRAFT: "typed",
    HistoryKind.DISCARDED: "discarded",
    HistoryKind.WRITTEN: "sent",
    HistoryKind.PULLED: "pulled",
    HistoryKind.READ_BACK: "read back",
    HistoryKind.AUTOMATION: "changed by the CRM",
    HistoryKind.DECIDED: "decided",
}


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history")(history)


def history(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    attribute: Annotated[str, typer.Option("--attribute", help="Only this attribute, or field path.")] = "",
    since: Annotated[
        datetime | None,
        typer.Option("--since", help="Only from then on, in UTC.", formats=["%Y-%m-%d", "%Y-%m-%dT%H:%M:%S"]),
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=10_000, help="How many at most.")] = 200,
    as_json: AsJson = False,
) -> None:
    """Tell who changed a record's values, newest first."""
    run = run_of(context, as_json=as_json)
    moment = since.replace(tzinfo=UTC) if since is not None else None
    with open_told(run) as told:
        found = told.history(told.find_record(record), attribute=attribute, since=moment, limit=limit)
    if run.as_json:
        put_json_list(_plain(entry) for entry in found)
        return
    from writeback.runtime.job_windows import shown_value

    put_table(
        ("when", "attribute", "what", "old", "new", "by", "from", "job", "answers"),
        (
            (
                entry.at.isoformat(timespec="seconds"),
                entry.attribute,
                KINDS[entry.kind],
                shown_value(entry.old),
                shown_value(entry.new),
                entry.author,
                entry.source,
                entry.number or "",
                "; ".join(_answer_words(one) for one in entry.answers),
            )
            for entry in found
        ),
    )


def _plain(entry: "HistoryEntry") -> dict[str, JsonValue]:
    """Tell one entry; the keys are documented in `resources/help/reports.md`."""
    return {
        "at": entry.at.isoformat(),
        "attribute": entry.attribute,
        "kind": entry.kind.value,
        "old": to_plain(entry.old),
        "new": to_plain(entry.new),
        "origin": entry.origin,
        "author": entry.author,
        "reason": entry.reason,
        "source": entry.source,
        "job": entry.job_id or None,
        "number": entry.number or None,
        "undo_of": entry.undo_of or None,
        "confirmed_at": entry.confirmed_at.isoformat() if entry.confirmed_at is not None else None,
        "answers": [_plain_answer(one) for one in entry.answers],
    }


def _plain_answer(one: "HistoryAnswer") -> dict[str, JsonValue]:
    return {
        "connection": one.connection,
        "outcome": one.outcome,
        "code": one.code,
        "message": message_of(one),
        "job": one.job_id,
        "number": one.number,
        "at": one.at.isoformat() if one.at is not None else None,
        "old": to_plain(one.old),
        "theirs": to_plain(one.theirs),
    }


def message_of(one: "HistoryAnswer") -> str:
    """Give the CRM's own words, else ours for the code."""
    from writeback.runtime.sentences import sentence_of

    if one.message or not one.code:
        return one.message
    return sentence_of(one.code, dict(one.facts)).happened


def _answer_words(one: "HistoryAnswer") -> str:
    words = message_of(one)
    return f"{one.connection}: {WORDS.get(one.outcome, one.outcome)}{f' ({words})' if words else ''}"
