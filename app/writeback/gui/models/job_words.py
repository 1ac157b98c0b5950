"""The words of a job: what it is called, where it stands, how far it is. One place for list, page and bar."""

from datetime import datetime

from writeback.gui.i18n import KIND_WORDS, clock, duration, job_word, moment, number
from writeback.gui.translating import mark, tr
from writeback.model.changes import Origin
from writeback.model.jobs import JobKind, JobState
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import PastRun

FINAL = frozenset({JobState.DONE, JobState.CANCELLED})
RESUMABLE = frozenset({JobState.PAUSED, JobState.STOPPED, JobState.NEEDS_YOU})
RATE_FROM_S, RATE_FROM_SHARE = 10, 0.05
"""An estimate is told only after so long, and after so much of the job."""


def kind_word(one: JobView | PastRun) -> str:
    """Give the word of a job's kind; a pull and a read-back are listed beside the jobs."""
    if isinstance(one, PastRun):
        return tr("Pull") if one.kind == "pull" else tr("Read-back")
    if one.creates_by and one.kind is JobKind.BULK_WRITE_BACK:
        return tr("New records")
    return KIND_WORDS[one.kind]


def name_of(one: JobView | PastRun) -> str:
    """Give what a job is called: by its reason, what it was made of, else what it writes."""
    if isinstance(one, PastRun):
        if one.kind == "pull":
            return one.object
        return tr("Read-back of job {number}", number=one.job_number)
    if one.reason:
        return one.reason
    if one.other_number and one.kind is JobKind.UNDO:
        return tr("Undo of job {number}", number=one.other_number)
    if one.other_number and one.kind is JobKind.RETRY:
        return tr("Retry of job {number}", number=one.other_number)
    told = dict(one.source)
    made_of = told.get("file") or told.get("plan_file") or told.get("segment")
    return made_of or ", ".join(one.columns)


def origin_word(origin: Origin) -> str:
    """Give the surface that a job came from."""
    words = {
        Origin.PROFILE: tr("profile"),
        Origin.SEGMENT: tr("accounts"),
        Origin.INSIGHT_FORM: tr("insight form"),
        Origin.TASK: tr("task"),
        Origin.SUCCESS_PLAY: tr("SuccessPlay"),
        Origin.CAMPAIGN: tr("campaign"),
        Origin.FILE: tr("file"),
        Origin.CLI: tr("command line"),
        Origin.UNDO: tr("undo"),
    }
    return words[origin]


def state_word(job: JobView, *, now: datetime) -> str:
    """Give the word of where a job stands, with until when where that is known."""
    until = job.not_before
    if job.state is JobState.QUEUED and until is not None and until > now:
        return tr("Collecting until {time}", time=clock(until))
    if job.state is JobState.QUEUED and job.behind:
        return tr("Waits for job {number}", number=job.behind[0])
    if job.state is JobState.THROTTLED:
        if job.unreached:
            return tr("Queued until the CRM answers")
        if until is not None and until > now:
            is_held = job.stop is not None and job.stop.code == "schedule.blackout"
            words = mark("Held by a blackout until {time}") if is_held else mark("Throttled until {time}")
            return tr(words, time=clock(until)[:5])
    if job.state is JobState.STOPPED and job.stop is not None and job.stop.code.startswith("sign_in."):
        return tr("Stopped: sign-in needed")
    return job_word(job.state, job.counts)


def done_of(job: JobView) -> int:
    """Count the rows of which the end is known: an unknown outcome is not done."""
    return job.counts.rows - job.counts.open - job.counts.unknown


def share_of(job: JobView) -> str:
    """Give how much of a job is done; never rounded up to all of it."""
    if not job.counts.rows:
        return ""
    done = done_of(job)
    return tr("{share} %", share=number(100 * done // job.counts.rows))


def took(job: JobView, *, now: datetime) -> str:
    """Give for how long a job has been at work."""
    if job.started_at is None:
        return ""
    return duration(((job.finished_at or now) - job.started_at).total_seconds())


def progress_line(job: JobView, *, now: datetime, rate: float | None) -> str:
    """Give one line: done of total, not written, rate, calls, and what is left as a range.

    Args:
        job: The job.
        now: The present moment.
        rate: Rows a second, lately; None where that is not known.
    """
    counts, done = job.counts, done_of(job)
    missing = counts.rejected + counts.conflict + counts.blocked
    parts = [tr("{done} of {rows} rows done", done=number(done), rows=number(counts.rows))]
    if missing:
        parts.append(tr("{count} not written", count=number(missing)))
    if counts.unknown:  # they may have been
        parts.append(f"{number(counts.unknown)} {tr('unknown')}")
    waits = job.state in (JobState.THROTTLED, JobState.PAUSED)
    if rate and job.state is JobState.RUNNING:
        parts.append(tr("{rate} a second", rate=number(max(1, round(rate)))))
    parts.append(tr("{calls} API calls", calls=number(job.api_calls)))
    if waits and job.not_before is not None and job.not_before > now:
        parts.append(tr("until {time}", time=clock(job.not_before)[:5]))
    elif job.started_at is not None and rate and not waits and job.state is JobState.RUNNING:
        ran = (now - job.started_at).total_seconds()
        if ran >= RATE_FROM_S and done >= counts.rows * RATE_FROM_SHARE:
            parts.append(left_words(counts.open / rate))
    return " · ".join(parts)


def left_words(seconds: float) -> str:
    """Give what is left as a range, rounded to what is meaningful."""
    if seconds > 24 * 3600:
        return tr("more than a day left")
    low, high = seconds * 0.9, seconds * 1.2
    if high < 90:
        return tr("less than {minutes} min left", minutes=number(2 if high >= 50 else 1))
    unit, word = (60, tr("min")) if high < 2 * 3600 else (3600, tr("h"))
    first, last = max(1, int(low // unit)), -(-int(high) // unit)
    return tr("{first}–{last} {unit} left", first=number(first), last=number(max(first + 1, last)), unit=word)


def submitted(one: JobView | PastRun, *, now: datetime) -> str:
    """Give when a job was approved, or a run began."""
    return moment(one.at if isinstance(one, PastRun) else one.submitted_at, now=now)


def moment_of(one: JobView | PastRun) -> datetime | None:
    """Give the moment a list is ordered by."""
    return one.at if isinstance(one, PastRun) else one.submitted_at
