"""From wherever an edit comes: it ends in four CRMs' applied-logs, and history and jobs tell from where.

One desk for all: one account that stands in four simulated CRMs. Pending edits are planned as Review & send
plans them, wherever they were typed. `success_play` is shown with the plays.
"""

import csv
import itertools
import json
from collections import abc
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.doubles.four_crms import CRMS
from tests.doubles.shared_account import OBJECTS, FourCrms
from writeback.cli.application import run as run_command
from writeback.model.bulk import BulkEdit
from writeback.model.campaigns import Survey
from writeback.model.changes import Origin
from writeback.model.deltas import MultiMode
from writeback.model.fieldpaths import FieldPath
from writeback.model.forms import FormField, FormSection, InsightForm
from writeback.model.integrations import FieldMapping
from writeback.model.types import AttributeType, JobId
from writeback.planning.matching_answers import By
from writeback.runtime.facade import Edit, PlanSource
from writeback.runtime.facade.campaigns import CampaignWish
from writeback.runtime.facade.work import Completion, Filling, TaskWish

NUMBERS = {"salesforce": "NumberOfEmployees", "hubspot": "credit_score"}
NUMBERS |= {"dynamics": "numberofemployees", "zoho": "Employees"}
FORM = "Notes"


class Desk:
    """The four, and one way to send what waits: that of Review & send."""

    def __init__(self, four: FourCrms, folder: Path) -> None:
        self.four, self.folder, self.runtime = four, folder, four.runtime
        self._values = itertools.count(11)

    def text(self) -> str:
        """Give a value that no CRM holds."""
        return f"told {next(self._values)}"

    def review(self, **more: object) -> tuple[JobId, ...]:
        source = PlanSource("drafts", origin=Origin.SEGMENT, author="ana", **more)  # type: ignore[arg-type]
        return self.send(source)

    def send(self, source: PlanSource) -> tuple[JobId, ...]:
        plan = self.runtime.propose(source, act=self.runtime.new_id())
        jobs = self.runtime.submit(plan.id, act=self.runtime.new_id())
        self.runtime.run_until_final(jobs)
        return jobs


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> abc.Iterator[Desk]:
    folder = tmp_path_factory.mktemp("origins")
    with ExitStack() as stack:
        four = FourCrms.start(folder, stack)
        four.add("notes", AttributeType.LONG_TEXT)
        four.add("nps", AttributeType.NUMBER)
        for name in OBJECTS:
            paths = (CRMS[name].fields[AttributeType.LONG_TEXT], "notes"), (NUMBERS[name], "nps")
            for path, attribute in paths:
                four.map(name, FieldMapping(FieldPath.parse(path), attribute, write_back=True))
        four.pull()
        runtime = four.runtime
        sections = (FormSection("", (FormField("notes"),)),)
        form = InsightForm(FORM, "account", FORM, sections, True, "ana", runtime.workspace.now())
        runtime.save_form(form, author="ana", act="form")
        yield Desk(four, folder)


def from_profile(desk: Desk, text: str) -> tuple[JobId, ...]:
    edit = Edit(desk.four.account, "notes", text)
    desk.runtime.save_edits((edit,), origin=Origin.PROFILE, author="ana", act=desk.runtime.new_id())
    return desk.review()


def from_segment(desk: Desk, text: str) -> tuple[JobId, ...]:
    sets = (BulkEdit.typed("notes", text, MultiMode.REPLACE),)
    wanted = (desk.four.account,)
    return desk.send(PlanSource("segment", origin=Origin.SEGMENT, author="ana", sets=sets, records=wanted))


def from_form(desk: Desk, text: str) -> tuple[JobId, ...]:
    filling = Filling(FORM, desk.four.account, (("notes", text),), "ana")
    desk.runtime.fill_form(filling, act=desk.runtime.new_id())
    return desk.review()


def from_task(desk: Desk, text: str) -> tuple[JobId, ...]:
    wish = TaskWish(desk.four.account, "Note it", "ana", form=FORM)
    task = desk.runtime.add_task(wish, act=desk.runtime.new_id())
    done = Completion(task.number, "ana", values=(("notes", text),), send=True)
    told = desk.runtime.complete_task(done, act=desk.runtime.new_id())
    jobs = tuple(dict.fromkeys(job for one in told.answers for job in one.job_ids))
    desk.runtime.run_until_final(jobs)
    return jobs


def from_campaign(desk: Desk, text: str) -> tuple[JobId, ...]:
    path = desk.folder / "answers.csv"
    score = int(text.rsplit(maxsplit=1)[-1]) % 11
    path.write_text(f"Who,Score,Why\n{desk.four.account},{score},{text}\n", "utf-8")
    wish = CampaignWish(
        "Autumn", str(path), Survey.NPS, "ana", "Who", "Score", reason="Why", by=By.ID,
        into=(("score", "nps"), ("reason", "notes")),
    )  # fmt: skip
    desk.runtime.import_campaign(wish, act=desk.runtime.new_id())
    return desk.send(
        PlanSource("drafts", origin=Origin.CAMPAIGN, author="ana", reason="Autumn", campaign="Autumn")
    )


def from_file(desk: Desk, text: str) -> tuple[JobId, ...]:
    jobs: list[JobId] = []
    for name, object_name in OBJECTS.items():
        path = desk.folder / f"{name}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            sheet = csv.writer(file)
            sheet.writerow((CRMS[name].key, CRMS[name].fields[AttributeType.LONG_TEXT]))
            sheet.writerow((desk.four.keys[name], text))
        source = PlanSource(
            "file", origin=Origin.FILE, author="ana", path=str(path), connection=name, object=object_name,
            key=CRMS[name].key,
        )  # fmt: skip
        jobs += desk.send(source)
    return tuple(jobs)


def from_undo(desk: Desk, text: str) -> tuple[JobId, ...]:
    """Write the text, then another one, and put the text back."""
    from_profile(desk, text)
    (first, *_) = from_profile(desk, desk.text())
    for name in OBJECTS:
        desk.four.written(name)
    source = PlanSource("undo", origin=Origin.UNDO, author="ana", job_id=first, is_whole_act=True)
    return desk.send(source)


def from_cli(desk: Desk, text: str) -> tuple[JobId, ...]:
    path = str(desk.runtime.workspace.path)
    code = run_command(
        ["--workspace", path, "edit", desk.four.account, "--set", f"notes={text}", "--send", "--json"]
    )
    assert code == 0
    return ()


ORIGINS = {
    Origin.PROFILE: from_profile,
    Origin.SEGMENT: from_segment,
    Origin.INSIGHT_FORM: from_form,
    Origin.TASK: from_task,
    Origin.CAMPAIGN: from_campaign,
    Origin.FILE: from_file,
    Origin.UNDO: from_undo,
    Origin.CLI: from_cli,
}


def test_every_origin_but_the_plays_is_shown_here() -> None:
    assert set(Origin) - set(ORIGINS) == {Origin.SUCCESS_PLAY}


@pytest.mark.parametrize("origin", ORIGINS)
def test_an_edit_ends_in_four_applied_logs_and_tells_from_where_it_came(desk: Desk, origin: Origin) -> None:
    for name in OBJECTS:
        desk.four.written(name)
    known = {one.id for one in desk.runtime.told.jobs(limit=50)}
    text = desk.text()
    jobs = ORIGINS[origin](desk, text)
    for name in OBJECTS:
        taken = [json.dumps(fields) for fields in desk.four.written(name)]
        assert [text in one for one in taken] == [True], (name, taken)
    mine = [
        one
        for one in desk.runtime.told.jobs(limit=50)
        if one.id in jobs or (not jobs and one.id not in known)
    ]
    assert {one.connection for one in mine} == set(OBJECTS)
    assert {one.origin for one in mine} == {origin}
    record = desk.runtime.told.find_record(desk.four.account)
    entries = desk.runtime.told.history(record, attribute="notes", limit=4)
    newest = next(one for one in entries if one.answers)
    assert (newest.new, newest.origin) == (text, origin)
    told = [one for one in entries if one.origin == origin and one.new == text]  # of files one a CRM
    assert {answer.connection for one in told for answer in one.answers} == set(OBJECTS)


def test_a_plan_of_edits_from_several_surfaces_tells_each_value_from_where_it_came(desk: Desk) -> None:
    text, account = desk.text(), desk.four.account
    desk.runtime.fill_form(Filling(FORM, account, (("notes", text),), "ana"), act=desk.runtime.new_id())
    edit = Edit(account, "nps", "3.5")
    desk.runtime.save_edits((edit,), origin=Origin.PROFILE, author="ana", act=desk.runtime.new_id())
    desk.review()
    record = desk.runtime.told.find_record(account)
    told = {
        name: desk.runtime.told.history(record, attribute=name, limit=1)[0].origin
        for name in ("notes", "nps")
    }
    assert told == {"notes": "insight_form", "nps": "profile"}
