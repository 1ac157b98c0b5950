"""Insight forms, tasks and schedules in posed workspaces, made as people make them."""

from collections import abc
from datetime import datetime, time, timedelta

from writeback.model.attributes import Attribute
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.schedules import Blackout, Cadence, Schedule
from writeback.model.types import AttributeType
from writeback.runtime.demonstrating import AUTHOR
from writeback.runtime.facade.work import Completion, TaskWish
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES
from writeback.store.records import Record

CHECK = "Health check"
KINDS = (AttributeType.LIST, AttributeType.DATE, AttributeType.BOOLEAN)
DAY = timedelta(days=1)


def leave_tasks(runtime: Runtime, records: abc.Sequence[Record], *, now: datetime) -> None:
    """Leave two forms, one of them published, and tasks in every state."""
    _form(runtime, CHECK, _fields(runtime), now=now)
    runtime.publish_form(CHECK, is_published=True, act=runtime.new_id())
    _form(runtime, "Handover", (FormField(NOTES, is_required=True),), now=now)
    wishes = (
        ("Ask how the roll-out went", AUTHOR, -2, CHECK),
        ("Prepare the renewal talk", AUTHOR, 0, CHECK),
        ("Find a new sponsor", "ben", 9, ""),
        ("Thank them for the reference visit", "", None, ""),
        ("Send the minutes", AUTHOR, -5, ""),
    )
    made = []
    for record, (title, who, days, form) in zip(records, wishes, strict=False):
        due = None if days is None else (now + days * DAY).date()
        wish = TaskWish(record.id, title, AUTHOR, assignee=who, due=due, form=form)
        made.append(runtime.add_task(wish, act=runtime.new_id()))
    told = Completion(made[-1].number, AUTHOR, outcome="Sent", notes="They confirmed by mail.")
    runtime.complete_task(told, act=runtime.new_id())


def leave_schedules(runtime: Runtime, integrations: abc.Sequence[str]) -> None:
    """Let CRMs be pulled by themselves: one every workday but at night, one every hour, one is paused."""
    night = Blackout(time(22, 0), time(5, 30), holds_sends=True)
    wishes = (
        Schedule(Cadence.WORKDAYS, zone="Europe/Berlin", at=time(6, 30)),
        Schedule(Cadence.HOURLY, zone="Europe/Berlin", at=time(0, 15), blackouts=(night,)),
        Schedule(Cadence.CRON, zone="America/New_York", cron="30 6 * * 1-5"),
    )
    for integration, wish in zip(integrations, wishes, strict=False):
        runtime.schedule_pulls(integration, wish, act=runtime.new_id())
    runtime.pause_schedule(integrations[len(wishes) - 1], act=runtime.new_id())


def ask_for_gone(runtime: Runtime, gone: Attribute) -> None:
    """Let a form, and a task, ask for an attribute that somebody is about to delete."""
    now = runtime.workspace.now()
    _form(runtime, "Old scores", (FormField(NOTES), FormField(gone.name)), now=now)
    runtime.publish_form("Old scores", is_published=True, act=runtime.new_id())
    record = runtime.told.records(gone.entity, limit=1).records[0]
    wish = TaskWish(record.id, "Note the score of this year", AUTHOR, form="Old scores")
    runtime.add_task(wish, act=runtime.new_id())


def _fields(runtime: Runtime) -> tuple[FormField, ...]:
    """Ask for notes and for one attribute of each kind that there is."""
    known = [one for one in runtime.told.attributes("account") if one.editable]
    chosen = [next((one for one in known if one.kind is kind), None) for kind in KINDS]
    asked = [FormField(NOTES, help="What you would tell a colleague who takes over", is_required=True)]
    asked += [FormField(one.name) for one in chosen if one is not None and one.name != NOTES]
    return tuple(asked)


def _form(runtime: Runtime, name: str, fields: tuple[FormField, ...], *, now: datetime) -> None:
    made = InsightForm(
        name,
        "account",
        name,
        (FormSection("How it stands", fields),),
        is_published=False,
        author=AUTHOR,
        changed_at=now,
    )
    runtime.save_form(made, author=AUTHOR, act=runtime.new_id())
