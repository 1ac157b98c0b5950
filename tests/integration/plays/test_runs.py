"""What plays do to records: by hand, as a dry run, when records come and go; what holds them and why not."""

from dataclasses import replace

import pytest

from tests.integration.plays.conftest import NOTES, SITE, PlayRoom, enters, leaves
from writeback.engine import playing, playing_out
from writeback.engine.playing import Decided, PlayCall, PlayScope
from writeback.errors import (
    ConfigurationError,
    GuardError,
    NotPermittedError,
    PluginNotLoadableError,
    WritebackError,
)
from writeback.model.changes import Origin, Reason
from writeback.model.connections import Safety
from writeback.model.permissions import Level
from writeback.model.plays import PlayGuards, PlayMode, PlayTrigger, RowVerdict, RunState, TriggerKind
from writeback.runtime.facade import ConnectionChange, PlanSource
from writeback.sdk.simulator import Fault
from writeback.store.workspace import Workspace


def named(*rids: str) -> str:
    told = ", ".join(f"'{rid}'" for rid in rids)
    return f"record id in ({told})"


def test_a_dry_run_lists_what_the_real_run_does_and_does_nothing(room: PlayRoom) -> None:
    first, second, third = room.records(3)
    room.type(SITE, "Elsewhere", third)
    room.save("Mark", {"kind": "set", "attribute": SITE, "text": "Marked"}, when=named(first, second, third))
    dry = room.runtime.run_play("Mark", is_dry=True, author="ana", act="dry")
    assert (dry.run.number, room.runs(), len(room.drafts())) == (0, [], 1)
    assert [one.verdict for one in dry.rows] == [RowVerdict.CHANGE, RowVerdict.CHANGE, RowVerdict.SKIPPED]
    assert dry.rows[2].reasons == (
        Reason("play.being_edited", (("attribute", "Account Site"), ("author", "eva"))),
    )

    real = room.runtime.run_play("Mark", author="ana", act="real")
    told = [(one.record, one.verdict, one.edits, one.reasons) for one in dry.rows]
    assert [(one.record, one.verdict, one.edits, one.reasons) for one in real.rows] == told
    assert (real.run.state, real.run.counts.done) == (RunState.DONE, 2)
    assert room.drafts() == {(first, SITE): "Marked", (second, SITE): "Marked", (third, SITE): "Elsewhere"}
    assert room.sent() == [], "drafts only"
    draft = room.history(first, SITE)[0]
    assert (draft.origin, draft.author, draft.reason) == (Origin.SUCCESS_PLAY, "ana", "Mark")

    again = room.runtime.run_play("Mark", author="ana", act="again")
    assert [one.verdict for one in again.rows] == [RowVerdict.SAME, RowVerdict.SAME, RowVerdict.SKIPPED]
    assert room.runtime.run_play("Mark", author="ana", act="real") == real, "the same act is one act"
    assert len(room.runs()) == 2


def test_only_who_comes_and_goes_counts_and_the_first_look_tells_nothing(room: PlayRoom) -> None:
    inside, outside = room.records(2)
    room.set("Site", "In", inside)
    room.set("Site", "Out", outside)
    segment = f"site = 'In' and {named(inside, outside)}"
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    room.save("Came", step, trigger=enters(segment), is_on=True)
    room.save("Went", {**step, "text": "went"}, trigger=leaves(segment), is_on=True)
    assert (room.look(), room.look(), room.runs()) == (0, 0, [])
    room.set("Site", "In", outside)
    assert (room.look(), room.look()) == (1, 0)
    assert room.drafts() == {(outside, NOTES): "came"}
    room.set("Site", "Out", inside)
    assert room.look() == 1
    assert room.drafts() == {(outside, NOTES): "came", (inside, NOTES): "went"}
    room.set("Site", "In", inside)
    room.switch("Came", is_on=False)
    assert room.look() == 0
    room.switch("Came")
    assert (room.look(), [one.play for one in room.runs()]) == (0, ["Came", "Went"]), (
        "what happened while it rested sets nothing off"
    )


def test_another_condition_begins_anew(room: PlayRoom) -> None:
    first, second = room.records(2)
    room.set("Site", "A", first)
    room.set("Site", "B", second)
    room.runtime.save_segment("Those", f"site = 'A' and {named(first, second)}", act="s1")
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    room.save("Came", step, trigger=enters("those"), is_on=True)
    room.runtime.save_segment("Those", f"site = 'B' and {named(first, second)}", act="s2")
    assert (room.look(), room.drafts()) == (0, {}), "the segment means others now: nobody came"
    room.set("Site", "B", first)
    assert (room.look(), room.drafts()) == (1, {(first, NOTES): "came"})


def test_a_guard_holds_a_run_until_somebody_decides(room: PlayRoom) -> None:
    rids = room.records(6)
    step = {"kind": "set", "attribute": SITE, "text": "Held"}
    room.save("Many", step, when=named(*rids), guards=PlayGuards(rows=5))
    held = room.runtime.run_play("Many", author="ana", act="1").run
    assert (held.state, held.counts.change, dict(held.reason.facts)) == (
        RunState.HELD, 6, {"rows": "6", "most": "5"},
    )  # fmt: skip
    assert (room.drafts(), room.runtime.plays.view("Many").held.number) == ({}, held.number)
    assert len(room.rows(held)) == 6, "what it wanted can be looked at"
    done = room.runtime.release_play_run(held.number, author="ana", act="2")
    assert (done.state, len(room.drafts())) == (RunState.DONE, 6)
    with pytest.raises(ConfigurationError, match=r"play\.not_held"):
        room.runtime.dismiss_play_run(held.number, author="ana", act="3")

    room.save("Share", {**step, "text": "Share"}, when=named(*rids), guards=PlayGuards(percent=9))
    share = room.runtime.run_play("Share", author="ana", act="4").run
    assert (share.state, share.reason.code) == (RunState.HELD, "play.too_large_share")
    assert room.runtime.dismiss_play_run(share.number, author="ana", act="5").state is RunState.DISMISSED
    assert "Share" not in room.drafts().values()


def test_a_held_play_waits_and_its_transitions_are_not_lost(room: PlayRoom) -> None:
    first, second, third = room.records(3)
    segment = f"site = 'In' and {named(first, second, third)}"
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    room.save("Came", step, trigger=enters(segment), guards=PlayGuards(rows=1), is_on=True)
    room.set("Site", "In", first)
    room.set("Site", "In", second)
    assert (room.look(), room.runs()[0].state) == (1, RunState.HELD)
    room.set("Site", "In", third)
    assert room.look() == 0, "it waits for a person"
    room.runtime.dismiss_play_run(room.runs()[0].number, author="ana", act="d")
    assert room.look() == 1
    assert room.drafts() == {(third, NOTES): "came"}, "who came meanwhile comes now, the dismissed do not"


def test_a_record_is_touched_once_in_some_days(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": SITE, "text": "Once"}
    room.save("Once", step, when=named(rid), guards=PlayGuards(once_days=3))
    room.runtime.run_play("Once", author="ana", act="1")
    room.runtime.discard_drafts((rid,), act="drop")
    for days, verdict in ((1, RowVerdict.SKIPPED), (1.9, RowVerdict.SKIPPED), (0.2, RowVerdict.CHANGE)):
        room.later(days=days)
        (row,) = room.runtime.run_play("Once", is_dry=True, author="ana", act="x").rows
        assert row.verdict is verdict, (days, row)


def test_a_source_that_did_not_come_in_whole_stops_a_play_and_is_told_once(room: PlayRoom) -> None:
    first, second = room.records(2)
    segment = f"site = 'In' and {named(first, second)}"
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    room.save("Came", step, trigger=enters(segment), is_on=True)
    room.set("Site", "In", first)
    room.running.crm.faults.arm(_refusing())
    with pytest.raises(WritebackError):
        room.pull()
    room.running.crm.faults.disarm()
    assert (room.look(), room.look(), room.drafts()) == (0, 0, {})
    (told,) = room.runs()
    assert (told.state, told.reason.code) == (RunState.NOT_RUN, "play.source_failed")
    by_hand = room.runtime.run_play("Came", author="ana", act="hand").run
    assert (by_hand.state, by_hand.reason.code) == (RunState.NOT_RUN, "play.source_failed")
    room.pull()
    assert (room.look(), room.drafts()) == (1, {(first, NOTES): "came"}), "nothing was lost"


def _refusing() -> Fault:
    return Fault.read({"kind": "status", "status": 400, "form": "json", "path": "/query", "times": 9})


def test_who_lost_the_right_to_edit_changes_nothing_and_each_account_says_so(room: PlayRoom) -> None:
    rids = room.records(2)
    room.save("Mark", {"kind": "set", "attribute": SITE, "text": "Marked"}, when=named(*rids))
    for name, level in (("ana", Level.GLOBAL_ADMIN), ("boss", Level.GLOBAL_ADMIN), ("ana", Level.VIEWER)):
        room.runtime.set_permission(name, level, act=f"{name} {level}")
    with pytest.raises(NotPermittedError):
        room.runtime.run_play("Mark", author="ana", act="1")
    run = room.runtime.run_play("Mark", author="boss", act="2").run
    assert (run.counts.blocked, run.counts.done, room.drafts()) == (2, 0, {})
    assert {one.reasons[0].code for one in room.rows(run).values()} == {"permission.missing"}


def test_an_attribute_that_lost_its_write_back_is_told_with_each_account(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    steps = [{"kind": "set", "attribute": name, "text": "New"} for name in (SITE, NOTES)]
    room.save("Both", *steps, when=named(rid))
    (integration,) = room.runtime.told.integrations()
    mapping = integration.mapping_of(NOTES)
    room.runtime.map_fields(integration.id, (replace(mapping, write_back=False),), act="off")
    room.runtime.pull(integration.id, full=True, act="p")
    (row,) = room.runtime.run_play("Both", author="ana", act="1").rows
    assert (row.verdict, [one.code for one in row.reasons]) == (RowVerdict.BLOCKED, ["play.nowhere"])
    assert room.drafts() == {}, "a record is changed as a whole or not at all"


def test_what_a_play_sent_reaches_the_crm_once_under_its_name(room: PlayRoom) -> None:
    first, second = room.records(2)
    segment = f"site = 'In' and {named(first, second)}"
    step = {"kind": "set", "attribute": NOTES, "text": "sent by a play"}
    room.save("Send", step, trigger=enters(segment), mode=PlayMode.SEND, is_on=True)
    room.set("Site", "In", first)
    assert (room.look(), room.look()) == (1, 0)
    (run,) = room.runs()
    assert (run.state, run.reason, len(run.jobs)) == (RunState.DONE, None, 1)
    sent = [one for one in room.sent() if "Description" in one["fields"]]
    assert [(one["id"], one["fields"]["Description"]) for one in sent] == [
        (first.partition(":")[2], "sent by a play")
    ]
    written = [one for one in room.history(first, NOTES) if one.answers]
    assert {(one.origin, one.reason) for one in written} == {(Origin.SUCCESS_PLAY.value, "Send")}
    undone = room.runtime.undo_play_run(run.number, author="ana", act="u")
    assert (undone.values, undone.jobs) == (0, run.jobs)


@pytest.mark.nightly  # it sends three jobs
def test_of_a_job_that_collected_only_the_own_part_is_undone(room: PlayRoom) -> None:
    first, second = room.records(2)
    (connection,) = room.runtime.told.connections()
    room.runtime.change_connection(connection.id, ConnectionChange(collect_s=60), act="c")
    runs = []
    for name, rid in (("One", first), ("Two", second)):
        step = {"kind": "set", "attribute": NOTES, "text": name}
        room.save(name, step, when=named(rid), mode=PlayMode.SEND)
        runs.append(room.runtime.run_play(name, author="ana", act=name).run)
    (job,) = runs[0].jobs
    assert runs[1].jobs == (job,), "it joined the job of the other one"
    room.work()
    undone = room.runtime.undo_play_run(runs[1].number, author="ana", act="u")
    assert (undone.jobs, undone.records, undone.fields) == ((job,), (second,), (NOTES,))
    assert undone.run.state is RunState.DONE, "what was sent stands there still"
    source = PlanSource(
        "undo", Origin.UNDO, author="ana", job_id=job, is_whole_act=True,
        records=undone.records, fields=undone.fields,
    )  # fmt: skip
    plan = room.runtime.propose(source, act="p")
    jobs = room.runtime.submit(plan.id, act="q")
    room.runtime.run_until_final(jobs)
    written = [entry["id"] for entry in room.sent() if "Description" in entry["fields"]]
    assert written.count(first.partition(":")[2]) == 1
    assert written.count(second.partition(":")[2]) == 2
    states = {run.play: run.state for run in room.runs()}
    assert states == {"One": RunState.DONE, "Two": RunState.UNDONE}


def test_an_undo_takes_back_what_waits_and_the_tasks_nobody_began(room: PlayRoom) -> None:
    first, second = room.records(2)
    steps = (
        {"kind": "set", "attribute": SITE, "text": "Undo me"},
        {"kind": "task", "text": "Call them", "people": ["ben@acme.test"], "due_days": 3},
    )
    room.save("Both", *steps, when=named(first, second))
    run = room.runtime.run_play("Both", author="ana", act="1").run
    tasks = room.runtime.tasks.some()
    assert [(one.record, one.assignee, str(one.due), one.origin) for one in tasks] == [
        (first, "Ben", "2026-11-30", "Both"), (second, "Ben", "2026-11-30", "Both"),
    ]  # fmt: skip
    room.type(SITE, "Mine now", second)
    undone = room.runtime.undo_play_run(run.number, author="ana", act="2")
    assert (undone.run.state, undone.values, undone.left, undone.tasks) == (RunState.UNDONE, 1, 1, 2)
    assert room.drafts() == {(second, SITE): "Mine now"}
    assert room.runtime.tasks.some() == ()


def test_a_run_whose_plugin_is_not_there_waits_says_so_and_holds_up_no_other(
    room: PlayRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    rids = room.records(2)
    for name, rid in zip(("One", "Two"), rids, strict=True):
        step = {"kind": "set", "attribute": NOTES, "text": name}
        room.save(name, step, when=named(rid), mode=PlayMode.SEND)

    def fail(**_: object) -> None:
        raise PluginNotLoadableError("plugin.package_missing", package="acme")

    with monkeypatch.context() as broken:
        broken.setattr(room.runtime._sending, "draft_streams", fail)  # noqa: SLF001  its plugin goes
        for name in ("One", "Two"):
            run = room.runtime.run_play(name, author="ana", act=name).run
            assert (run.state, run.reason and run.reason.code) == (RunState.GOING, "plugin.package_missing")
        room.later(minutes=10)
        assert room.runtime.play_running.resume() == 2
    room.later(minutes=10)
    room.look()
    assert [(run.state, len(run.jobs)) for run in room.runs()] == [(RunState.DONE, 1)] * 2


def test_a_play_that_is_switched_off_sends_nothing_afterwards(
    room: PlayRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (rid,) = room.records(1)
    segment = f"site = 'In' and {named(rid)}"
    step = {"kind": "set", "attribute": NOTES, "text": "too late"}
    room.save("Off", step, trigger=enters(segment), mode=PlayMode.SEND, is_on=True)
    room.set("Site", "In", rid)

    def fail(**_: object) -> None:
        raise PluginNotLoadableError("plugin.package_missing", package="acme")

    with monkeypatch.context() as broken:
        broken.setattr(room.runtime._sending, "draft_streams", fail)  # noqa: SLF001  its plugin goes
        assert (room.look(), room.runs()[0].state) == (1, RunState.GOING)
    room.switch("Off", is_on=False)
    room.later(minutes=10)
    room.look()
    (run,) = room.runs()
    assert (run.state, run.jobs, run.reason and run.reason.code) == (RunState.DONE, (), "play.off_since")
    assert room.drafts() == {(rid, NOTES): "too late"}, "what it wished is not lost"
    assert not any("Description" in one["fields"] for one in room.sent())


def test_an_undone_run_cannot_be_approved_any_more(room: PlayRoom) -> None:
    rids = room.records(3)
    room.save("Many", {"kind": "set", "attribute": NOTES, "text": "x"}, when=named(*rids), mode=PlayMode.SEND)
    room.runtime.set_guard_limits("", (("approval", 2.0),), act="limit")
    run = room.runtime.run_play("Many", author="ana", act="1").run
    assert (run.state, run.reason and run.reason.code) == (RunState.DONE, "approval.pending")
    undone = room.runtime.undo_play_run(run.number, author="ana", act="2")
    assert (undone.run.state, undone.values, room.drafts()) == (RunState.UNDONE, 3, {})
    assert room.runtime.approvals() == ()
    room.runtime._permitting.author = "bob"  # noqa: SLF001  another person at this computer
    with pytest.raises(ConfigurationError):
        room.runtime.approve_plan(run.plan, act="approve")
    room.work()
    assert room.sent() == []


def test_a_run_makes_no_second_task_while_the_first_is_open(room: PlayRoom) -> None:
    (rid,) = room.records(1)
    room.save("Task", {"kind": "task", "text": "Call them"}, when=named(rid))
    for act in ("1", "2"):
        room.runtime.run_play("Task", author="ana", act=act)
    assert len(room.runtime.tasks.some()) == 1


def test_a_play_that_cannot_be_says_where(room: PlayRoom) -> None:
    wrong = {
        "play.unknown_attribute": [{"kind": "set", "attribute": "nothing", "text": "x"}],
        "play.no_list": [{"kind": "add", "attribute": SITE, "text": "x"}],
        "play.no_role": [{"kind": "assign", "attribute": SITE, "people": ["ana@acme.test"]}],
        "play.named_twice": [{"kind": "clear", "attribute": SITE}, {"kind": "clear", "attribute": "SITE"}],
        "task.bad_title": [{"kind": "task", "text": " "}],
        "form.unknown": [{"kind": "form", "text": "Ask", "form": "none"}],
        "play.bad_size": [],
        "segment.refused_value": [{"kind": "set", "attribute": "numberofemployees", "text": "many"}],
    }
    for code, steps in wrong.items():
        with pytest.raises(ConfigurationError) as told:
            room.save("Wrong", *steps)
        assert told.value.code == code
    for trigger, code in (
        (PlayTrigger(TriggerKind.ENTERS), "play.no_segment"),
        (PlayTrigger(TriggerKind.SCHEDULE), "play.no_schedule"),
        (enters("sight = 'x'"), "segment.unknown_name"),
    ):
        with pytest.raises(ConfigurationError) as told:
            room.save("Wrong", {"kind": "clear", "attribute": SITE}, trigger=trigger)
        assert told.value.code == code
    assert room.runtime.plays.every() == ()


def test_production_asks_for_the_orgs_name_before_a_play_may_send(room: PlayRoom) -> None:
    (connection,) = room.runtime.told.connections()
    room.runtime.change_connection(connection.id, ConnectionChange(safety=Safety.TYPE_NAME), act="c")
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": SITE, "text": "Sent"}
    room.save("Send", step, when=named(rid), mode=PlayMode.SEND)
    with pytest.raises(GuardError, match=r"guard\.org_name"):
        room.runtime.switch_play("Send", is_on=True, author="ana", act="1")
    with pytest.raises(GuardError, match=r"guard\.org_name"):
        room.runtime.run_play("Send", author="ana", act="2")
    assert (room.drafts(), room.runtime.plays.view("Send").state.is_on) == ({}, False)
    org = connection.org.name
    run = room.runtime.run_play("Send", confirm_org=org, author="ana", act="3").run
    assert (run.state, len(run.jobs)) == (RunState.DONE, 1)


def test_a_play_that_is_on_asks_again_when_its_connection_begins_to_ask_for_its_name(room: PlayRoom) -> None:
    (connection,) = room.runtime.told.connections()
    first, second = room.records(2)
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    segment = f"site = 'Asked' and {named(first, second)}"
    room.save("Send", step, trigger=enters(segment), mode=PlayMode.SEND, is_on=True)
    room.runtime.change_connection(connection.id, ConnectionChange(safety=Safety.TYPE_NAME), act="c")
    room.set("Site", "Asked", first)
    assert (room.look(), room.look()) == (1, 0)
    (held,) = room.runs()
    assert (held.state, held.reason.code) == (RunState.HELD, "play.asks_name")
    assert (room.sent(), room.drafts()) == ([], {}), "nothing goes where somebody has to agree"
    with pytest.raises(GuardError, match=r"guard\.org_name"):
        room.runtime.release_play_run(held.number, author="ana", act="r1")
    assert room.runtime.plays.run(held.number).state is RunState.HELD
    org = connection.org.name
    done = room.runtime.release_play_run(held.number, confirm_org=org, author="ana", act="r2")
    room.work()
    assert (done.state, len(room.sent())) == (RunState.DONE, 1)
    room.set("Site", "Asked", second)
    assert (room.look(), room.runs()[1].state) == (1, RunState.DONE), "named once, it goes on by itself"
    assert len(room.sent()) == 2


def test_values_that_were_to_go_wait_when_their_connection_asks_for_its_name_meanwhile(
    room: PlayRoom, monkeypatch: pytest.MonkeyPatch
) -> None:
    (connection,) = room.runtime.told.connections()
    (rid,) = room.records(1)
    step = {"kind": "set", "attribute": NOTES, "text": "late"}
    room.save("Late", step, when=named(rid), mode=PlayMode.SEND)
    carried = playing_out.carry_out

    def asks_meanwhile(*told: object, **more: object) -> bool:
        safety = ConnectionChange(safety=Safety.TYPE_NAME)
        room.runtime.change_connection(connection.id, safety, act="meanwhile")
        return carried(*told, **more)

    monkeypatch.setattr(playing_out, "carry_out", asks_meanwhile)
    run = room.runtime.run_play("Late", author="ana", act="l").run
    assert (run.state, run.reason.code) == (RunState.DONE, "play.asks_name")
    assert (room.drafts(), room.sent()) == ({(rid, NOTES): "late"}, [])


def test_a_play_is_renamed_with_all_that_belongs_to_it(room: PlayRoom) -> None:
    first, second = room.records(2)
    task = {"kind": "task", "text": "Call"}
    segment = f"site = 'Named' and {named(first, second)}"
    room.save("Old name", task, trigger=enters(segment), is_on=True)
    room.save("Other", task)
    room.set("Site", "Named", first)
    assert room.look() == 1
    with pytest.raises(ConfigurationError, match=r"design\.made_meanwhile"):
        room.runtime.rename_play("Old name", "OTHER", author="ana", act="n1")
    with pytest.raises(ConfigurationError, match=r"play\.bad_name"):
        room.runtime.rename_play("Old name", " ", author="ana", act="n2")
    assert room.runtime.rename_play("old NAME", "New name", author="ana", act="n3").name == "New name"
    assert room.runtime.plays.find("Old name") is None
    assert [run.play for run in room.runs("New name")] == ["New name"]
    assert [one.record for one in room.runtime.tasks.some(play="New name")] == [first]
    room.set("Site", "Named", second)
    assert (room.look(), len(room.runs("New name"))) == (1, 2), "it is on still, and knows who was inside"
    assert [one.record for one in room.runtime.tasks.some(play="New name")] == [first, second]
    assert room.runtime.rename_play("New name", "new name", author="ana", act="n4").name == "new name"


def test_a_play_follows_its_segment_under_another_name(room: PlayRoom) -> None:
    first, second = room.records(2)
    room.runtime.save_segment("Those", f"site = 'Seg' and {named(first, second)}", act="f1")
    room.runtime.save_segment("Both", named(first, second), act="f2")
    step = {"kind": "set", "attribute": NOTES, "text": "came"}
    room.save("Follow", step, trigger=enters("those"), when="Both", is_on=True)
    room.set("Site", "Seg", first)
    assert room.look() == 1
    with pytest.raises(ConfigurationError, match=r"design\.made_meanwhile"):
        room.runtime.rename_segment("Those", "both", act="f3")
    assert room.runtime.rename_segment("those", "These", author="ana", act="f4").name == "These"
    room.runtime.rename_segment("Both", "The two", author="ana", act="f5")
    view = room.runtime.plays.view("Follow")
    assert (view.play.trigger.segment, view.play.conditions, view.broken) == ("These", "The two", None)
    assert view.state.is_on
    room.set("Site", "Seg", second)
    assert (room.look(), len(room.runs())) == (1, 2), "who was inside is still known"
    assert [one.name for one in room.runtime.segments.every()] == ["The two", "These"]


def test_a_bug_in_one_play_keeps_no_other_from_running(
    room: PlayRoom, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    first, second = room.records(2)
    for name, rid in (("A play", first), ("B play", second)):
        step = {"kind": "set", "attribute": NOTES, "text": name}
        room.save(name, step, trigger=enters(f"site = 'Gone' and {named(rid)}"), is_on=True)
    decide = playing.decide

    def breaking(workspace: Workspace, scope: PlayScope, call: PlayCall) -> Decided:
        if scope.play.name == "A play":
            raise ZeroDivisionError
        return decide(workspace, scope, call)

    monkeypatch.setattr(playing, "decide", breaking)
    room.set("Site", "Gone", first, second)
    room.look()
    assert room.drafts() == {(second, NOTES): "B play"}
    assert "the play A play broke off" in caplog.text
    monkeypatch.undo()
    room.look()
    assert room.drafts() == {(first, NOTES): "A play", (second, NOTES): "B play"}, "nothing was missed"
