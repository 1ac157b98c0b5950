"""`writeback plays run`, `history`, `release`, `dismiss` and `undo`: what plays did, or would do."""

from collections import abc
from typing import TYPE_CHECKING, Annotated, Final

import typer

from writeback.cli.guarding import submit_plan
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, NoInput, Override, Yes, run_of
from writeback.cli.output import JsonValue, counted, put_json, put_line, put_table
from writeback.cli.progress import Ran, exit_code, report_of, run_jobs
from writeback.model.changes import Origin
from writeback.model.plays import MOST_ROWS, PlayEdit, RowVerdict, RunState

if TYPE_CHECKING:
    from writeback.model.changes import Reason
    from writeback.model.plays import PlayRow, PlayRun
    from writeback.runtime.facade import PlanGroup

PARTIAL: Final = 4
GUARD: Final = 7
LATER: Final = 75
SHOWN: Final = 50
plays_app = typer.Typer(help="Rules that change attributes by themselves.", no_args_is_help=True)
Name = Annotated[str, typer.Argument(help="A play's name.")]
Number = Annotated[int, typer.Argument(metavar="RUN", help="A run's number; plays history lists them.")]


@plays_app.command("run")
def run_play(
    context: typer.Context,
    name: Name,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what it would do; do nothing.")] = False,
    plan: Annotated[
        bool, typer.Option("--plan", help="With --dry-run: also compare with what the CRMs hold now.")
    ] = False,
    confirm_org: ConfirmOrg = "",
    as_json: AsJson = False,
) -> int:
    """Run a play on the records that are meant now, switched on or not."""
    run = run_of(context, as_json=as_json)
    if plan and not dry_run:
        raise typer.BadParameter("--plan belongs to --dry-run")
    forecast: list[dict[str, JsonValue]] = []
    with open_runtime(run) as runtime:
        report = runtime.run_play(
            name, is_dry=dry_run, confirm_org=confirm_org, rows=MOST_ROWS, author=author(), act=new_act()
        )
        ran = run_jobs(runtime, report.run.jobs, run)
        if plan and report.run.counts.change:
            view = runtime.forecast_play(name, author=author())
            names = {one.id: one.name for one in runtime.told.connections()}
            forecast = [plain_group(group, names[group.connection_id]) for group in view.groups]
    _tell_run(report.run, report.rows, ran, as_json=run.as_json, is_dry=dry_run, forecast=forecast)
    return exit_code(ran) or _code(report.run, is_dry=dry_run)


@plays_app.command("history")
def history(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Of one play only; left out: of all.")] = "",
    run_number: Annotated[int, typer.Option("--run", help="The records of this run, with reasons.")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST_ROWS, help="How many at most.")] = 50,
    as_json: AsJson = False,
) -> None:
    """List runs, the latest first; with --run what one did to every record, and why not."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        if run_number:
            found = runtime.plays.run(run_number)
            rows = runtime.plays.rows(run_number, limit=limit)
            _tell_run(found, rows, Ran((), 0.0), as_json=run.as_json, is_dry=False)
            return
        runs = runtime.plays.runs(play=name, limit=limit)
    if run.as_json:
        put_json([plain_run(one) for one in runs])
        return
    put_table(
        ("run", "play", "began", "by", "state", "records", "changed", "why"),
        (
            (one.number, one.play, f"{one.started_at:%Y-%m-%d %H:%M}", one.started_by or one.trigger.value,
             state_word(one), one.of, one.counts.done, why_words(one.reason))
            for one in runs
        ),
    )  # fmt: skip


@plays_app.command("release")
def release(
    context: typer.Context, number: Number, confirm_org: ConfirmOrg = "", as_json: AsJson = False
) -> int:
    """Carry out a run that a guard holds, once you have looked at it."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        done = runtime.release_play_run(number, confirm_org=confirm_org, author=author(), act=new_act())
        ran = run_jobs(runtime, done.jobs, run)
        rows = runtime.plays.rows(number, limit=MOST_ROWS)
    _tell_run(done, rows, ran, as_json=run.as_json, is_dry=False)
    return exit_code(ran) or _code(done)


@plays_app.command("dismiss")
def dismiss(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Let nothing come of a run that a guard holds."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        done = runtime.dismiss_play_run(number, author=author(), act=new_act())
    if run.as_json:
        put_json(plain_run(done))
        return
    put_line(f"Run {number}: {state_word(done)}")


@plays_app.command("undo")
def undo(
    context: typer.Context,
    number: Number,
    yes: Yes = False,
    confirm_org: ConfirmOrg = "",
    override: Override = "",
    no_input: NoInput = False,
    as_json: AsJson = False,
) -> int:
    """Take a run back: what waits, tasks nobody worked on, and what it sent by undoing its jobs."""
    from writeback.runtime.facade import PlanSource

    run = run_of(context, as_json=as_json, no_input=no_input)
    with open_runtime(run) as runtime:
        done = runtime.undo_play_run(number, author=author(), act=new_act())
        ran = Ran((), 0.0)
        if done.jobs:
            source = PlanSource(
                "undo",
                origin=Origin.UNDO,
                author=author(),
                reason=done.run.play,
                job_id=done.jobs[0],
                is_whole_act=True,
                records=done.records,
                fields=done.fields,
            )
            plan = runtime.propose(source, act=new_act())
            jobs = submit_plan(runtime, plan, run, yes=yes, confirm_org=confirm_org, override=override)
            ran = run_jobs(runtime, jobs, run)
    if run.as_json:
        told: dict[str, JsonValue] = {
            "run": number, "values": done.values, "left": done.left, "tasks": done.tasks,
        }  # fmt: skip
        put_json(told | ({"undone": report_of(ran)} if ran.jobs else {}))
    else:
        put_line(
            f"Run {number}: {counted(done.values, 'value')} taken back, {done.left:,} left alone, "
            f"{counted(done.tasks, 'task')} closed"
        )
    return exit_code(ran)


def state_word(run: "PlayRun") -> str:
    """Say where a run stands."""
    words = {RunState.NOT_RUN: "not run", RunState.GOING: "going on"}
    return words.get(run.state, run.state.value)


def why_words(why: "Reason | None") -> str:
    """Give a reason's sentence; '' for none."""
    from writeback.runtime.sentences import sentence_of

    return "" if why is None else str(sentence_of(why.code, dict(why.facts)).happened)


def plain_run(run: "PlayRun") -> dict[str, JsonValue]:
    """Give a run as JSON."""
    why = run.reason
    return {
        "run": run.number or None,
        "play": run.play,
        "trigger": run.trigger.value,
        "state": run.state.value,
        "mode": run.mode.value,
        "author": run.author,
        "started_by": run.started_by,
        "started_at": run.started_at.isoformat(),
        "ended_at": None if run.ended_at is None else run.ended_at.isoformat(),
        "of": run.of,
        "change": run.counts.change,
        "unchanged": run.counts.unchanged,
        "skipped": run.counts.skipped,
        "blocked": run.counts.blocked,
        "done": run.counts.done,
        "reason": None if why is None else {"code": why.code, **dict(why.facts)},
        "linked": run.linked or None,
        "jobs": list(run.jobs),
    }


def plain_row(row: "PlayRow") -> dict[str, JsonValue]:
    """Give one record of a run as JSON."""
    return {
        "record": row.record,
        "title": row.title,
        "verdict": row.verdict.value,
        "edits": [
            {"attribute": one.attribute, "old": one.old, "new": one.text, "action": one.action.value}
            for one in row.edits
        ],
        "tasks": [
            {"title": one.title, "assignee": one.assignee, "form": one.form, "due_days": one.due_days}
            for one in row.tasks
        ],
        "task_numbers": list(row.numbers),
        "reasons": [{"code": one.code, **dict(one.facts)} for one in row.reasons],
        "round": row.round,
        "done": row.is_done,
    }


def plain_group(group: "PlanGroup", connection: str) -> dict[str, JsonValue]:
    """Give what would become of a play's values in one CRM as JSON."""
    return {
        "connection": connection,
        "object": group.object,
        "send": group.send,
        "unchanged": group.unchanged,
        "blocked": group.blocked,
        "conflict": group.conflict,
        "calls": group.calls,
    }


def _tell_run(
    run: "PlayRun",
    rows: "abc.Sequence[PlayRow]",
    ran: Ran,
    *,
    as_json: bool,
    is_dry: bool,
    forecast: "abc.Sequence[dict[str, JsonValue]]" = (),
) -> None:
    if as_json:
        told: dict[str, JsonValue] = {
            "dry": is_dry,
            **plain_run(run),
            "rows": [plain_row(one) for one in rows],
        }
        if ran.jobs:
            told["sent"] = report_of(ran)
        if forecast:
            told["plan"] = list(forecast)
        put_json(told)
        return
    does = "would change" if is_dry or run.state is RunState.HELD else "changed"
    touched = run.counts.change if is_dry or run.state is RunState.HELD else run.counts.done
    head = "Dry run" if is_dry else f"Run {run.number}, {state_word(run)}"
    put_line(
        f"{head}: {does} {touched:,} of {counted(run.of, 'record')}; {run.counts.unchanged:,} so already, "
        f"{run.counts.skipped:,} left alone, {run.counts.blocked:,} cannot be changed"
    )
    if run.reason is not None:
        put_line(why_words(run.reason))
    put_table(
        ("record", "what", "change", "why"),
        (
            (one.title, _verdict(one, is_dry=is_dry), _changes(one), "; ".join(map(why_words, one.reasons)))
            for one in rows[:SHOWN]
        ),
    )
    if len(rows) > SHOWN:
        put_line(f"and {len(rows) - SHOWN:,} more: --json tells them all")
    if forecast:
        put_table(tuple(forecast[0]), (tuple(one.values()) for one in forecast))
    if ran.jobs:
        report = report_of(ran)
        put_line(f"Sent: {report['applied']} of {report['rows']} written")


def _verdict(row: "PlayRow", *, is_dry: bool) -> str:
    if row.verdict is RowVerdict.CHANGE:
        return "would change" if is_dry or not row.is_done else "changed"
    words = {RowVerdict.SAME: "so already", RowVerdict.SKIPPED: "left alone"}
    return words.get(row.verdict, "cannot be changed")


def _changes(row: "PlayRow") -> str:
    told = [f"{one.attribute}: {_change(one)}" for one in row.edits]
    told += [f"task: {one.title}{f' ({one.assignee})' if one.assignee else ''}" for one in row.tasks]
    return "; ".join(told)


def _change(edit: PlayEdit) -> str:
    if edit.action.value in ("add", "take"):
        return f"{edit.action.value} {edit.text or ''}"
    return f"{edit.old or '(not set)'} → {edit.text if edit.text is not None else '(cleared)'}"


def _code(run: "PlayRun", *, is_dry: bool = False) -> int:
    """Give the exit code of a run: held or stopped by a guard, not begun, or done in part."""
    if is_dry and run.state is not RunState.NOT_RUN:
        return 0
    if run.state in (RunState.HELD, RunState.STOPPED):
        return GUARD
    if run.state in (RunState.NOT_RUN, RunState.GOING):
        return LATER
    return PARTIAL if run.counts.blocked else 0
