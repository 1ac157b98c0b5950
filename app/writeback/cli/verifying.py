"""`writeback jobs verify`: read back what a finished job wrote, and compare."""

from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.opening import author, new_act, open_runtime, open_told
from writeback.cli.options import AsJson, run_of
from writeback.cli.output import JsonValue, counted, put_json_with_list, put_line, put_table, say
from writeback.cli.undoing import JobName
from writeback.model.histories import Standing

if TYPE_CHECKING:
    from collections import abc

    from writeback.cli.options import Run
    from writeback.runtime.facade import JobView
    from writeback.runtime.facade.histories import Verification
    from writeback.runtime.telling import Telling
    from writeback.runtime.verified import VerifiedField

DIFFERS = 4
SHOWN = 50
"""Fields that are printed; JSON holds all."""
WORDS = {
    Standing.AS_WRITTEN: "as written",
    Standing.CHANGED: "changed since",
    Standing.NOT_THERE: "not there",
    Standing.GONE: "gone",
}


def verify(
    context: typer.Context,
    job: JobName,
    last: Annotated[bool, typer.Option("--last", help="Tell the last result; read nothing.")] = False,
    as_json: AsJson = False,
) -> int:
    """Read back what a finished job wrote and compare; changes nothing. Exit code 4: something differs."""
    from writeback.errors import ConfigurationError

    run = run_of(context, as_json=as_json)
    if last:
        with open_told(run) as told:
            found = told.job(job)
            verification = told.verification(found.id)
            if verification is None:
                raise ConfigurationError("job.not_verified", job=str(found.number))
            return _tell(told, found, verification, run)
    with open_runtime(run) as runtime:
        found = runtime.told.job(job)
        cost = runtime.verify_cost(job)
        say(
            f"Reads {counted(cost.rows, 'record')} back, at most about {counted(cost.calls, 'call')}. "
            "Nothing is changed.",
            quiet=run.quiet or run.as_json,
        )
        verification = runtime.verify_job(job, author=author(), act=new_act())
        return _tell(runtime.told, found, verification, run)


def _tell(told: "Telling", job: "JobView", verification: "Verification", run: "Run") -> int:
    code = 0 if verification.is_as_written else DIFFERS
    if run.as_json:
        head = {**plain_verification(verification), "number": job.number, "connection": job.connection}
        put_json_with_list(head, "rows", (_plain(one, job) for one in told.verified(job.id)))
        return code
    _put(verification, told.verified(job.id, most=SHOWN))
    return code


def plain_verification(one: "Verification") -> dict[str, JsonValue]:
    """Tell the totals of a read-back."""
    return {
        "job": one.job_id,
        "verified_at": one.at.isoformat(),
        "author": one.author,
        "is_as_written": one.is_as_written,
        "totals": {
            "rows": {state.value: count for state, count in one.rows},
            "fields": {state.value: count for state, count in one.fields},
        },
        "calls": one.calls,
    }


def _put(one: "Verification", found: "abc.Iterable[VerifiedField]") -> None:
    fields = dict(one.fields)
    put_table(
        ("rows", "fields", "found"),
        ((count, fields.get(state, 0), WORDS[state]) for state, count in one.rows),
    )
    lines = [(field.record, field.field, *field.shown, WORDS[field.state]) for field in found]
    if lines:
        put_table(("record", "field", "before", "written", "now", "found"), lines)
    put_line(f"Read back at {one.at.isoformat(timespec='seconds')} in {counted(one.calls, 'call')}.")


def _plain(one: "VerifiedField", job: "JobView") -> dict[str, JsonValue]:
    """Tell one field that does not hold what was written, in the keys of every report."""
    old, new, now = one.shown
    return {
        "row": one.seq,
        "record": one.record,
        "record_id": one.record_id,
        "connection": job.connection,
        "object": job.object,
        "field": one.field,
        "fields": one.field,
        "attribute": one.attribute,
        "old": old,
        "new": new,
        "yours": new,
        "theirs": now,
        "verdict": one.state.value,
        "outcome": "applied",
        "code": "",
        "message": WORDS[one.state],
    }
