"""What a play sends reaches all four CRMs under its name; who gets an account goes by turns."""

from dataclasses import replace
from pathlib import Path

from tests.doubles.staffed import ATTRIBUTE, CRMS, staffed
from writeback.model.changes import Origin
from writeback.model.plays import (
    AssignRule,
    Play,
    PlayMode,
    PlayStep,
    PlayTrigger,
    RowVerdict,
    RunState,
    StepKind,
)
from writeback.model.types import ConnectionId


def test_a_play_assigns_accounts_by_turns_in_all_four_crms(tmp_path: Path) -> None:
    with staffed(tmp_path) as four:
        runtime = four.runtime
        four.pull_people()
        four.add_role()
        four.pull()
        people = dict(four.make_person(at=at) for at in (11, 9))
        first, second = people
        rids = sorted(four.accounts().values())[:3]
        told = ", ".join(f"'{rid}'" for rid in rids)
        step = PlayStep(StepKind.ASSIGN, ATTRIBUTE, rule=AssignRule.ROUND_ROBIN, people=(first, second))
        play = Play("Spread", "account", PlayTrigger(), (step,), f"record id in ({told})", PlayMode.SEND)
        runtime.save_play(play, author="ana", act=four.act())
        dry = runtime.run_play("Spread", is_dry=True, author="ana", act=four.act())
        assert [row.edits[0].text for row in dry.rows] == [first, second, first]

        run = runtime.run_play("Spread", author="ana", act=four.act()).run
        assert (run.state, run.reason, len(run.jobs)) == (RunState.DONE, None, len(CRMS))
        runtime.run_until_final(run.jobs)
        wanted = dict(zip(rids, (first, second, first), strict=True))
        for crm in CRMS:
            mine = four.integrations[crm.name]
            links = {rid: link.key for rid in rids for link in four.links(rid) if link.integration_id == mine}
            wrote = {entry["id"]: entry["fields"] for entry in four.applied(crm.name)}
            assert {rid: str(wrote[key][crm.owner]) for rid, key in links.items()} == {
                rid: people[person][crm.name] for rid, person in wanted.items()
            }, crm.name
        for job in map(runtime.told.job, run.jobs):
            assert (job.origin, job.reason, job.counts.applied) == (Origin.SUCCESS_PLAY, "Spread", 3)
        again = runtime.run_play("Spread", is_dry=True, author="ana", act=four.act())
        assert [row.verdict for row in again.rows] == [RowVerdict.SAME] * 3, "nobody is moved once more"

        chosen = runtime.told.connections()[1]
        before = {crm.name: len(four.applied(crm.name)) for crm in CRMS}
        step = replace(step, rule=AssignRule.FIXED, people=(second,))
        some = replace(play, name="Some", steps=(step,), only=(ConnectionId(chosen.name.upper()),))
        assert runtime.save_play(some, author="ana", act=four.act()).only == (chosen.id,)
        run = runtime.run_play("Some", author="ana", act=four.act()).run
        assert (run.reason, run.targets) == (None, (chosen.id,))
        runtime.run_until_final(run.jobs)
        wrote = {name: len(four.applied(name)) - count for name, count in before.items()}
        assert sorted(wrote.values()) == [0, 0, 0, 2], "one CRM, and only those whom it moved"
        assert [runtime.told.job(one).connection_id for one in run.jobs] == [chosen.id]
