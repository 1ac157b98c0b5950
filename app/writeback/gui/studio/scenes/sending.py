"""What goes out: review, conflicts, jobs."""

from PySide6.QtWidgets import QComboBox

from writeback.gui.studio.registry import Act, Registered, Scene, opening
from writeback.gui.studio.scenes.files import new_records
from writeback.gui.studio.stage import Place, Stage
from writeback.gui.widgets.states import ScreenState
from writeback.model.jobs import JobKind, JobState
from writeback.runtime.facade import JobView, PlanSource


def plan(stage: Stage) -> None:
    """Check the drafts against their CRMs."""
    stage.go("review", PlanSource(kind="drafts", author=stage.author))


def plan_of_new_records(stage: Stage) -> None:
    """Check a sheet of which some rows become records."""
    new_records(stage)
    stage.press("Plan…")


def filter_conflicts_out(stage: Stage) -> None:
    """Choose a field and a CRM that have conflicts, but none together."""
    stage.go("conflicts")
    field, crm = stage.find(QComboBox, "All fields"), stage.find(QComboBox, "All CRMs")
    for one in range(1, field.count()):
        for other in range(1, crm.count()):
            stage.choose(field, one)
            stage.choose(crm, other)
            if stage.states("conflicts").state is ScreenState.PARTIAL:
                return


def a_job(stage: Stage) -> JobView:
    """Give the first bulk job that was written, else any."""
    jobs = stage.reads.jobs()
    return next((job for job in jobs if job.kind is JobKind.BULK_WRITE_BACK and job.counts.rows > 9), jobs[0])


def a_stopped_job(stage: Stage) -> object:
    """Give the job that stopped because its sign-in ended."""
    return next(str(job.id) for job in stage.reads.jobs() if job.state is JobState.STOPPED)


def tab(place: int) -> Act:
    """Give the act of opening a tab of a job."""

    def act(stage: Stage) -> None:
        stage.go("jobs", str(a_job(stage).id))
        stage.show_tab(place)

    return act


SCREENS = (
    Registered(
        "review",
        empty=(Place.NEW, opening("review")),
        partial=(Place.TROUBLED, plan),
        more=(
            Scene("review", "plan", Place.CALM, plan),
            Scene("review", "new-records", Place.CALM, plan_of_new_records),
        ),
    ),
    Registered(
        "conflicts",
        empty=(Place.NEW, opening("conflicts")),
        partial=(Place.CALM, filter_conflicts_out),
    ),
    Registered(
        "jobs",
        empty=(Place.NEW, opening("jobs")),
        partial=(Place.TROUBLED, opening("jobs", a_stopped_job)),
        more=tuple(
            Scene("jobs", name, Place.CALM, tab(place))
            for place, name in enumerate(
                ("job", "job-rows", "job-causes", "job-batches", "job-exchanges", "job-read-back")
            )
        ),
    ),
)
