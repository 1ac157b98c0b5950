"""The list of jobs as a table, with the pulls and read-backs beside them."""

from collections import abc
from datetime import datetime

from writeback.gui.i18n import absolute, duration, job_tone, number
from writeback.gui.models.job_words import (
    kind_word,
    moment_of,
    name_of,
    origin_word,
    share_of,
    state_word,
    submitted,
    took,
)
from writeback.gui.models.tables import ListModel, Spec
from writeback.gui.translating import mark, tr
from writeback.model.connections import Connection
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import PastRun

JobLine = JobView | PastRun
Connections = abc.Mapping[str, Connection]
ENDS = (
    ("applied", mark("Written")),
    ("unchanged", mark("Already so")),
    ("rejected", mark("Refused")),
    ("conflict", mark("Conflict")),
    ("unknown", mark("Unknown")),
    ("cancelled", mark("Not sent")),
    ("blocked", mark("Blocked")),
)


def job_lines_model(
    now: abc.Callable[[], datetime], connections: abc.Callable[[], Connections]
) -> ListModel[JobLine]:
    """Make the list; connections are looked up as they are known by then."""

    def environment(one: JobLine) -> str:
        found = connections().get(str(one.connection_id))
        return f"org-{found.environment.value.lower()}" if found is not None else "org-unknown"

    def connection(one: JobLine) -> str:
        found = connections().get(str(one.connection_id))
        return one.connection if found is None else f"{found.environment_word} · {one.connection}"

    def state(one: JobLine) -> str:
        if isinstance(one, PastRun):
            return tr("Failed") if one.code else tr("Done")
        return state_word(one, now=now())

    def tone(one: JobLine) -> str:
        if isinstance(one, PastRun):
            return "refused" if one.code else "ok"
        return job_tone(one.state, one.counts)

    ends: list[Spec[JobLine]] = [
        Spec(tr(title), _of_job(_end(name)), is_number=True, width=84) for name, title in ENDS
    ]
    return ListModel(
        (
            Spec(tr("Job"), _of_job(lambda job: number(job.number)), is_number=True, width=64),
            Spec(tr("Name"), name_of, tip=name_of, width=190),
            Spec(tr("Kind"), kind_word, width=124),
            Spec(tr("Connection"), connection, picture=environment, width=250),
            Spec(tr("State"), state, chip=tone, width=190),
            Spec(tr("Progress"), _of_job(share_of), is_number=True, width=80),
            Spec(tr("Rows"), rows_of, is_number=True, tip=run_words, width=84),
            *ends,
            Spec(
                tr("Started"),
                lambda one: submitted(one, now=now()),
                tip=lambda one: absolute(moment_of(one)),
                width=130,
            ),
            Spec(tr("Took"), _lasted(now), is_number=True, width=90),
            Spec(tr("By"), lambda one: one.author, width=110),
            Spec(tr("From"), from_word, width=110),
            Spec(tr("Object"), lambda one: one.object, width=110),
            Spec(tr("Fields"), _of_job(lambda job: ", ".join(job.columns)), width=220),
        )
    )


def from_word(one: JobLine) -> str:
    """Give what a job came from; a pull came from a schedule, or from whom *By* names."""
    if isinstance(one, PastRun):
        return tr("schedule") if one.is_scheduled else ""
    return origin_word(one.origin)


def _of_job(call: abc.Callable[[JobView], str]) -> abc.Callable[[JobLine], str]:
    """Make a cell of something that only jobs have."""
    return lambda one: "" if isinstance(one, PastRun) else call(one)


def _end(name: str) -> abc.Callable[[JobView], str]:
    return lambda job: number(getattr(job.counts, name))


def _lasted(now: abc.Callable[[], datetime]) -> abc.Callable[[JobLine], str]:
    def told(one: JobLine) -> str:
        if isinstance(one, PastRun):
            return "" if one.seconds is None else duration(one.seconds)
        return took(one, now=now())

    return told


def rows_of(one: JobLine) -> str:
    """Give how many rows a job has, or a run read."""
    if isinstance(one, JobView):
        return number(one.counts.rows)
    told = dict(one.counts)
    return number(told["read"] if one.kind == "pull" else sum(told.values()))


def run_words(one: JobLine) -> str:
    """Give what a run found, in one line; '' for a job, whose ends have columns."""
    if isinstance(one, JobView) or one.code:
        return ""
    told = dict(one.counts)
    if one.kind == "pull":
        return tr(
            "{read} read · {added} new · {changed} changed · {gone} gone · {conflicts} in conflict",
            **{name: number(count) for name, count in told.items()},
        )
    words = {
        "as_written": tr("as written"),
        "changed": tr("changed since"),
        "not_there": tr("not there"),
        "gone": tr("record gone"),
    }
    return " · ".join(f"{number(count)} {words.get(name, name)}" for name, count in told.items() if count)
