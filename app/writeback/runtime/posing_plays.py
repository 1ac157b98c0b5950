"""SuccessPlays in posed workspaces: one that ran, one that is held, one on, one that cannot run any more."""

from collections import abc
from datetime import time

from writeback.model.attributes import Attribute
from writeback.model.plays import Play, PlayGuards, PlayMode, PlayStep, PlayTrigger, StepKind, TriggerKind
from writeback.model.schedules import Cadence, Schedule
from writeback.runtime.demonstrating import AUTHOR
from writeback.runtime.runtime import Runtime
from writeback.runtime.setting_up import NOTES
from writeback.store.records import Record


def leave_plays(runtime: Runtime, records: abc.Sequence[Record], *, segment: str) -> None:
    """Leave plays as people make them; nothing of them is sent."""
    few = ", ".join(f"'{one.id}'" for one in records[:6])
    note = PlayStep(StepKind.SET, NOTES, "Prepare the renewal")
    task = PlayStep(StepKind.TASK, text="Call them before the renewal", due_days=3)
    daily = Schedule(Cadence.WORKDAYS, zone="Europe/Berlin", at=time(7, 30))
    for play in (
        Play("Renewal is near", "account", PlayTrigger(), (note, task), f"record id in ({few})"),
        Play(
            "Tidy up notes",
            "account",
            PlayTrigger(TriggerKind.SCHEDULE, schedule=daily),
            (PlayStep(StepKind.CLEAR, NOTES),),
            f"{NOTES} is not blank",
            guards=PlayGuards(rows=5, percent=10, once_days=30),
        ),
        Play(
            "Welcome new accounts",
            "account",
            PlayTrigger(TriggerKind.ENTERS, segment),
            (PlayStep(StepKind.SET, NOTES, "Say hello"),),
            mode=PlayMode.SEND,
        ),
    ):
        runtime.save_play(play, author=AUTHOR, act=runtime.new_id())
    for name in ("Renewal is near", "Tidy up notes"):
        runtime.run_play(name, author=AUTHOR, act=runtime.new_id())
    runtime.switch_play("Tidy up notes", is_on=True, author=AUTHOR, act=runtime.new_id())


def set_gone(runtime: Runtime, gone: Attribute) -> None:
    """Let a play set an attribute that somebody is about to delete."""
    step = PlayStep(StepKind.CLEAR, gone.name)
    play = Play("Forget old scores", gone.entity, PlayTrigger(), (step,))
    runtime.save_play(play, author=AUTHOR, act=runtime.new_id())
