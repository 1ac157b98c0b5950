"""An edit of the record behind a reference is undone there, and all that show it show the old value again."""

from tests.integration.runtime.test_references_in_every_crm import EDIT, Desk, desk  # noqa: F401  a fixture
from writeback.model.changes import Origin
from writeback.runtime.facade import PlanSource


def undo(desk: Desk, job: str, *records: str) -> tuple[str, ...]:  # noqa: F811
    source = PlanSource(
        kind="undo",
        origin=Origin.UNDO,
        author="ana",
        job_id=desk.runtime.told.job(job).id,
        records=records,  # type: ignore[arg-type]
    )
    return desk.send(desk.runtime.propose(source, act=desk.runtime.new_id()))


def test_the_record_behind_the_reference_holds_its_old_value_again(desk: Desk) -> None:  # noqa: F811
    ref, mine = desk.crowd()
    before = desk.held()
    (job,) = desk.send(desk.plan(desk.case.path, {mine[0]: desk.case.value}, EDIT))
    assert desk.runtime.told.job(job).counts.applied == 1
    pull(desk)
    assert {desk.held()[key][1] for key in mine} == {desk.case.value}
    newest = desk.runtime.told.history(desk.runtime.told.find_record(mine[0]), limit=1)
    assert [one.new for one in newest] == [desk.case.value]
    (undone,) = undo(desk, job, mine[0])  # named by the record that shows it
    view = desk.runtime.told.job(undone)  # type: ignore[arg-type]
    assert (view.object, view.counts.applied, view.undo_of) == (desk.case.target, 1, job)
    assert desk.written()[-1][:2] == (desk.case.target, ref)
    pull(desk)
    assert desk.held() == before


def pull(desk: Desk) -> None:  # noqa: F811
    """Read all: not every CRM can be asked who shows a record."""
    desk.runtime.pull(desk.integration.id, full=True, act=desk.runtime.new_id())


def test_a_write_that_several_asked_for_is_undone_once(desk: Desk) -> None:  # noqa: F811
    ref, mine = desk.crowd()
    before = desk.held()
    asked = dict.fromkeys(mine[:3], desk.case.value)
    (job,) = desk.send(desk.plan(desk.case.path, asked, EDIT))
    seen = len(desk.written())
    (undone,) = undo(desk, job)
    assert desk.runtime.told.job(undone).counts.applied == 1  # type: ignore[arg-type]
    assert [one[:2] for one in desk.written()[seen:]] == [(desk.case.target, ref)]
    pull(desk)
    assert desk.held() == before
