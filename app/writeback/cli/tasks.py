"""`writeback tasks`: what somebody has to do about a record, and which values are given when it is done."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from writeback.cli.connect import pairs
from writeback.cli.edits import tell_answers, tell_many
from writeback.cli.opening import author, new_act, open_runtime
from writeback.cli.options import AsJson, ConfirmOrg, run_of
from writeback.cli.output import JsonValue, put_json, put_line, put_table
from writeback.cli.progress import run_jobs
from writeback.model.tasks import TaskState

if TYPE_CHECKING:
    from writeback.model.tasks import Task
    from writeback.runtime.task_writes import TaskWrites

tasks_app = typer.Typer(help="What somebody has to do about a record.", no_args_is_help=True)
Number = Annotated[int, typer.Argument(help="The task's number.")]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(tasks_app, name="tasks")


@tasks_app.command("list")
def list_tasks(
    context: typer.Context,
    mine: Annotated[bool, typer.Option("--mine", help="Only those given to me.")] = False,
    assignee: Annotated[str, typer.Option("--assignee", help="Only theirs.")] = "",
    record: Annotated[str, typer.Option("--record", help="Only about this record.")] = "",
    due: Annotated[
        datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="Only those due up to that day.")
    ] = None,
    play: Annotated[str, typer.Option("--play", help="Only those that this SuccessPlay made.")] = "",
    done: Annotated[bool, typer.Option("--done", help="Those that are done, the latest first.")] = False,
    as_json: AsJson = False,
) -> None:
    """List open tasks, those due first on top."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        found = runtime.tasks.some(
            state=TaskState.DONE if done else TaskState.OPEN,
            assignee=author() if mine else assignee,
            record=runtime.told.find_record(record).id if record else "",
            due_by=None if due is None else due.date(),
            play=play,
        )
        titles = {
            rid: title
            for entity in {one.entity for one in found}
            for rid, title in runtime.told.titles(
                entity, (one.record for one in found if one.entity == entity)
            )
        }
    if run.as_json:
        put_json([plain_task(one) for one in found])
        return
    put_table(
        ("no.", "due", "about", "task", "form", "given to"),
        (
            (one.number, one.due or "", titles.get(one.record, one.record), one.title, one.form, one.assignee)
            for one in found
        ),
    )


@tasks_app.command("add")
def add_task(
    context: typer.Context,
    record: Annotated[str, typer.Argument(help="Our record id, or the CRM's.")],
    title: Annotated[str, typer.Argument(help="What has to be done.")],
    form: Annotated[str, typer.Option("--form", help="The form that completing it asks for.")] = "",
    assignee: Annotated[str, typer.Option("--assignee", help="Who has to do it.")] = "",
    due: Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="Until when.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make a task."""
    from writeback.runtime.facade.work import TaskWish

    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        rid = runtime.told.find_record(record).id
        wish = TaskWish(rid, title, author(), assignee, None if due is None else due.date(), form)
        made = runtime.add_task(wish, act=new_act())
    _tell(made, as_json=run.as_json)


@tasks_app.command("change")
def change_task(
    context: typer.Context,
    number: Number,
    assignee: Annotated[str | None, typer.Option("--assignee", help="Who has to do it now.")] = None,
    due: Annotated[datetime | None, typer.Option("--due", formats=["%Y-%m-%d"], help="Until when.")] = None,
    snooze: Annotated[
        datetime | None, typer.Option("--snooze", formats=["%Y-%m-%d"], help="Not due before that day.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Give a task to somebody else, or put it off."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.change_task(
            number, assignee=assignee, due=_day(due), snoozed_until=_day(snooze), act=new_act()
        )
    _tell(made, as_json=run.as_json)


@tasks_app.command("show")
def show_task(context: typer.Context, number: Number, as_json: AsJson = False) -> None:
    """Show a task: what it asks for, how it ended, and what completing it wrote."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        task = runtime.tasks.numbered(number)
        writes = runtime.told.task_writes(task)
    if run.as_json:
        put_json({**plain_task(task), "wrote": plain_writes(writes)})
        return
    for name, told in plain_task(task).items():
        if told not in ("", None):
            put_line(f"{name.replace('_', ' ')}: {told}")
    _tell_writes(writes)


@tasks_app.command("complete")
def complete_task(
    context: typer.Context,
    numbers: Annotated[
        list[int], typer.Argument(help="The task's number; of tasks that ask for the same form, several.")
    ],
    sets: Annotated[
        list[str] | None, typer.Option("--set", help="attribute=value, of the form it asks for. Repeatable.")
    ] = None,
    clear: Annotated[list[str] | None, typer.Option("--clear", help="Empty this attribute.")] = None,
    outcome: Annotated[str, typer.Option("--outcome", help="How it ended, in a word.")] = "",
    notes: Annotated[str, typer.Option("--notes", help="What is worth knowing.")] = "",
    without_writing: Annotated[
        bool, typer.Option("--without-writing", help="Leave the form unfilled, whatever it requires.")
    ] = False,
    send: Annotated[bool, typer.Option("--send", help="Write the values to the CRM now.")] = False,
    confirm_org: ConfirmOrg = "",
    as_json: AsJson = False,
) -> int:
    """Complete a task, and save what its form asks for; where a value is refused it stays open."""
    from writeback.runtime.facade.work import Completion

    run = run_of(context, as_json=as_json)
    if without_writing and (sets or clear or send):
        raise typer.BadParameter("--without-writing goes without --set, --clear and --send")
    values = (*pairs(sets or ()), *((name, None) for name in clear or ()))
    wish = Completion(
        numbers[0], author(), outcome, notes, values, send, confirm_org, writes=not without_writing
    )
    with open_runtime(run) as runtime:
        if len(set(numbers)) > 1:
            every = runtime.complete_tasks(tuple(numbers), wish, act=new_act())
        else:
            every = (runtime.complete_task(wish, act=new_act()),)
        sent = tuple(dict.fromkeys(job for done in every for one in done.answers for job in one.job_ids))
        ran = run_jobs(runtime, sent, run)
        after = [runtime.told.record(done.task.record) if done.answers else None for done in every]
    if not run.as_json:
        for done in every:
            put_line(f"Task {done.task.number}: {done.task.state.value}")
    if len(every) > 1:
        return tell_many([(plain_task(one.task), one.answers) for one in every], ran, after, run)
    return tell_answers(every[0].answers, ran, after[0], run, head={"task": plain_task(every[0].task)})


@tasks_app.command("reopen")
def reopen_task(
    context: typer.Context,
    number: Number,
    take_back: Annotated[
        bool, typer.Option("--take-back", help="Take back the values that wait as drafts still.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Open a task that was done; tells what it wrote. What was sent is taken back by writeback jobs undo."""
    run = run_of(context, as_json=as_json)
    with open_runtime(run) as runtime:
        made = runtime.reopen_task(number, act=new_act())
        if take_back and made.ended_act:
            runtime.undo_edits(made.ended_act, author=author(), act=new_act())
        writes = runtime.told.task_writes(made)
    if run.as_json:
        put_json({**plain_task(made), "wrote": plain_writes(writes)})
        return
    _tell(made, as_json=False)
    _tell_writes(writes)


def plain_writes(writes: "TaskWrites") -> dict[str, JsonValue]:
    """Give what completing a task wrote as JSON."""
    return {
        "waiting": list(writes.waiting),
        "jobs": [
            {"job": one.number, "connection": one.connection, "outcomes": dict(one.outcomes)}
            for one in writes.jobs
        ],
    }


def _tell_writes(writes: "TaskWrites") -> None:
    if writes.waiting:
        put_line(f"waits as a draft: {', '.join(writes.waiting)}")
    for one in writes.jobs:
        told = ", ".join(f"{name} {outcome}" for name, outcome in one.outcomes)
        put_line(f"wrote to {one.connection} (job {one.number}): {told}")


def plain_task(task: "Task") -> dict[str, JsonValue]:
    """Give a task as JSON."""
    return {
        "number": task.number,
        "record": task.record,
        "title": task.title,
        "assignee": task.assignee,
        "due": None if task.due is None else task.due.isoformat(),
        "form": task.form,
        "state": task.state.value,
        "origin": task.origin,
        "outcome": task.outcome,
        "notes": task.notes,
        "ended_by": task.ended_by,
        "ended_at": None if task.ended_at is None else task.ended_at.isoformat(),
        "snoozed_until": None if task.snoozed_until is None else task.snoozed_until.isoformat(),
    }


def _day(moment: datetime | None) -> date | None:
    return None if moment is None else moment.date()


def _tell(task: "Task", *, as_json: bool) -> None:
    if as_json:
        put_json(plain_task(task))
        return
    put_line(f"Task {task.number}: {task.title} ({task.state.value})")
