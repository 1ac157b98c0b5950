"""Tables of jobs and what hangs on them: list, rows, causes, batches, exchanges, plan rows, drafts."""

from collections import abc
from datetime import datetime

from writeback.gui.i18n import (
    BATCH_WORDS,
    BLANK,
    NOT_SET,
    ROUTE_WORDS,
    clock,
    counts_line,
    lap,
    moment,
    number,
    shown,
)
from writeback.gui.models.tables import BlockModel, ListModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.jobs import Outcome, Route
from writeback.model.types import AttributeType
from writeback.runtime.facade import JobView
from writeback.runtime.job_views import BatchView, Cause, ExchangeView, JobRow, PlanRow
from writeback.runtime.sentences import sentence_of
from writeback.runtime.views import DraftView

OUTCOME_TONES = {
    Outcome.APPLIED.value: "ok",
    Outcome.UNCHANGED.value: "muted",
    Outcome.REJECTED.value: "refused",
    Outcome.CONFLICT.value: "conflict",
    Outcome.UNKNOWN.value: "unknown",
    Outcome.CANCELLED.value: "muted",
    "blocked": "draft",
    "open": "accent",
    "send": "accent",
    "create": "accent",
    "left_out": "muted",
}
OUTCOME_TEXTS = Words(
    {
        Outcome.APPLIED.value: mark("written"),
        Outcome.UNCHANGED.value: mark("already so"),
        Outcome.REJECTED.value: mark("refused"),
        Outcome.CONFLICT.value: mark("conflict"),
        Outcome.UNKNOWN.value: mark("outcome unknown"),
        Outcome.CANCELLED.value: mark("not sent"),
        "blocked": mark("blocked"),
        "open": mark("open"),
        "send": mark("send"),
        "create": mark("create"),
        "left_out": mark("left out"),
    }
)
STAGE_WORDS = Words(
    {
        "created": mark("opened"),
        "uploading": mark("being uploaded"),
        "uploaded": mark("uploaded"),
        "closed": mark("the CRM works on it"),
        "results": mark("its results are read"),
        "done": mark("done"),
        "aborted": mark("cancelled"),
    }
)
"""How far an upload came (`store.remote_jobs.Stage`)."""
_PLAIN_CAUSES = Words(
    {
        Outcome.CONFLICT.value: mark("It changed in the CRM since you last saw it."),
        Outcome.UNCHANGED.value: mark("The CRM already holds this value."),
    }
)


def rows_model() -> BlockModel[JobRow]:
    """Make the rows of a job."""
    return BlockModel(
        (
            Spec(tr("Row"), lambda row: number(row.seq), is_number=True, width=64),
            Spec(tr("Record"), lambda row: row.record, tip=lambda row: row.record_id, width=180),
            Spec(tr("Field"), lambda row: row.fields, width=112),
            Spec(tr("In the CRM before"), lambda row: row.old or tr(NOT_SET), width=120),
            Spec(tr("Sent"), lambda row: row.new or tr(NOT_SET), width=120),
            Spec(
                tr("Outcome"),
                lambda row: OUTCOME_TEXTS.get(row.outcome, row.outcome),
                chip=lambda row: OUTCOME_TONES.get(row.outcome, "muted"),
                width=130,
            ),
            Spec(tr("In the CRM"), lambda row: row.theirs, width=150),
            Spec(tr("The CRM's answer"), _answer, width=320),
            Spec(tr("By hand"), _by_hand, tip=_by_hand, width=150),
            Spec(tr("Code"), lambda row: row.code, tone=lambda _row: "muted", width=260),
        )
    )


def causes_model() -> ListModel[Cause]:
    """Make the groups of rows that were not written."""
    return ListModel(
        (
            Spec(tr("Rows"), lambda cause: number(cause.rows), is_number=True, width=80),
            Spec(
                tr("Outcome"),
                lambda cause: OUTCOME_TEXTS.get(cause.outcome, cause.outcome),
                chip=lambda cause: OUTCOME_TONES.get(cause.outcome, "muted"),
                width=130,
            ),
            Spec(tr("What happened"), _cause, width=330),
            Spec(tr("What to do"), _remedy, width=330),
            Spec(tr("Field"), lambda cause: cause.field, width=130),
            Spec(tr("Code"), lambda cause: cause.code, tone=lambda _cause: "muted", width=280),
        )
    )


def batches_model() -> ListModel[BatchView]:
    """Make the batches of a job."""
    return ListModel(
        (
            Spec(tr("Batch"), lambda batch: number(batch.no), is_number=True, width=80),
            Spec(tr("Rows"), lambda batch: number(batch.rows), is_number=True, width=90),
            Spec(tr("State"), lambda batch: BATCH_WORDS.get(batch.state, batch.state), width=150),
            Spec(
                tr("Outcome"),
                lambda batch: OUTCOME_TEXTS.get(batch.outcome, "") if batch.outcome else "",
                chip=lambda batch: OUTCOME_TONES.get(batch.outcome, "") if batch.outcome else "",
                width=130,
            ),
            Spec(tr("Route"), _route, width=110),
            Spec(tr("Tries"), _tries, is_number=True, width=80),
            Spec(tr("Job at the CRM"), lambda batch: batch.remote_id, width=220),
            Spec(
                tr("Its state"),
                lambda batch: STAGE_WORDS.get(batch.remote_state, batch.remote_state),
                width=140,
            ),
        )
    )


def exchanges_model() -> ListModel[ExchangeView]:
    """Make the recorded exchanges of a job."""
    return ListModel(
        (
            Spec(tr("Time"), lambda one: clock(one.at), width=90),
            Spec(tr("Request"), lambda one: f"{one.method} {one.url}", width=560),
            Spec(
                tr("Answer"),
                lambda one: tr("no answer") if one.status is None else str(one.status),
                tone=lambda one: "" if one.status is not None and one.status < 400 else "refused",
                is_number=True,
                width=90,
            ),
            Spec(tr("Took"), lambda one: lap(one.seconds), is_number=True, width=90),
        )
    )


def plan_model() -> BlockModel[PlanRow]:
    """Make the fields of a plan."""
    return BlockModel(
        (
            Spec(tr("Send"), _tick, tip=_tick_words, width=52),
            Spec(tr("Record"), lambda row: row.record, tip=lambda row: row.record_id, width=165),
            Spec(tr("CRM"), lambda row: row.connection, tone=lambda _row: "muted", width=140),
            Spec(tr("Field"), _fields, tip=lambda row: ", ".join((row.field, *row.others)), width=140),
            Spec(
                tr("In the CRM now"),
                lambda row: row.theirs or tr(NOT_SET),
                tone=lambda row: "" if row.theirs else "muted",
                struck=lambda row: row.verdict == "send" and row.clears,
                width=126,
            ),
            Spec(
                tr("Yours"),
                lambda row: tr("clear") if row.clears and row.verdict == "send" else row.yours or tr(NOT_SET),
                tone=lambda row: "refused" if row.clears and row.verdict == "send" else "",
                tip=lambda row: row.difference,
                width=126,
            ),
            Spec(
                tr("Verdict"),
                lambda row: OUTCOME_TEXTS.get(_verdict(row), row.verdict),
                chip=lambda row: OUTCOME_TONES.get(row.verdict, "muted"),
                width=96,
            ),
            Spec(tr("Why"), _why, width=180),
        )
    )


def drafts_model(now: abc.Callable[[], datetime]) -> ListModel[DraftView]:
    """Make the list of drafts."""
    return ListModel(
        (
            Spec(tr("Record"), lambda draft: draft.title, width=200),
            Spec(tr("Attribute"), lambda draft: draft.attribute_title, width=140),
            Spec(tr("Was"), lambda draft: shown(draft.old, AttributeType.TEXT) or tr(NOT_SET), width=150),
            Spec(
                tr("Yours"),
                lambda draft: (
                    tr("clear") if draft.new is None else shown(draft.new, AttributeType.TEXT) or tr(BLANK)
                ),
                tone=lambda draft: "refused" if draft.new is None else "",
                picture=lambda _draft: "pencil",
                width=150,
            ),
            Spec(tr("By"), lambda draft: draft.author, width=90),
            Spec(tr("When"), lambda draft: moment(draft.at, now=now()), width=150),
        )
    )


def _route(batch: BatchView) -> str:
    return ROUTE_WORDS[Route(batch.route)] if batch.route else ""


def _tries(batch: BatchView) -> str:
    return number(len(batch.attempts) or batch.tries)


def _verdict(row: PlanRow) -> str:
    return "create" if row.makes and row.verdict == "send" else row.verdict


def _tick(row: PlanRow) -> str:
    return {"send": "☑", "left_out": "☐"}.get(row.verdict, "")


def _tick_words(row: PlanRow) -> str:
    words = {
        "send": tr("To be sent. Enter or Space leaves it out."),
        "left_out": tr("Left out. Enter puts it back."),
    }
    return words.get(row.verdict, tr("It is not sent, so there is nothing to tick."))


def _fields(row: PlanRow) -> str:
    return f"{row.field} +{number(len(row.others))}" if row.others else row.field


def _why(row: PlanRow) -> str:
    if row.reason is not None:
        told = sentence_of(row.reason.code, dict(row.reason.facts))
        words = f"{told.happened} {told.advice}"
        if row.others:
            waits = tr("With it wait: {fields}.", fields=", ".join(row.others))
            return f"{words} {waits}"
        return words
    return _PLAIN_CAUSES.get(row.verdict, "")


def _answer(row: JobRow) -> str:
    return row.message or said(row.code, row.facts)


def _by_hand(row: JobRow) -> str:
    return "" if row.note is None else tr("{note} – {author}", note=row.note.note, author=row.note.author)


def _cause(cause: Cause) -> str:
    return cause.message or said(cause.code, cause.facts) or _PLAIN_CAUSES.get(cause.outcome, "")


def _remedy(cause: Cause) -> str:
    return advice(cause.code, cause.facts)


def said(code: str, facts: abc.Iterable[tuple[str, object]]) -> str:
    """Give what happened for a code; '' for none."""
    return sentence_of(code, {name: str(value) for name, value in facts}).happened if code else ""


def advice(code: str, facts: abc.Iterable[tuple[str, object]]) -> str:
    """Give what to do for a code; '' for none."""
    return sentence_of(code, {name: str(value) for name, value in facts}).advice if code else ""


def totals(job: JobView) -> str:
    """Give the totals of a job in one line."""
    return counts_line(job.counts)
