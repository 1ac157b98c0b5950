"""Numbers, moments and the words of the product: what a person reads for a state.

Enum names never reach the screen; this is where each one's word stands.
"""

import re
from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QDate, QLocale, QTime

from writeback.gui.translating import Words, mark, tr
from writeback.gui.translating import number as number  # noqa: PLC0414  formats are asked for here
from writeback.model.connections import Environment, Safety
from writeback.model.filters import Operator
from writeback.model.histories import HistoryKind
from writeback.model.integrations import BlankRule, ConflictRule, EmptyRule, ReferenceMode
from writeback.model.jobs import BatchState, Counts, JobKind, JobState, Route
from writeback.model.types import AttributeType
from writeback.model.value_rules import UnknownRule

_WEEKDAY: Final = re.compile(r"dddd[,،]? ?|[,،]? ?dddd$")
NOT_SET = mark("(not set)")
BLANK = mark("(blank text)")

JOB_WORDS: abc.Mapping[JobState, str] = Words(
    {
        JobState.PREPARING: mark("Preparing"),
        JobState.QUEUED: mark("Queued"),
        JobState.RUNNING: mark("Sending"),
        JobState.THROTTLED: mark("Throttled"),
        JobState.PAUSED: mark("Paused"),
        JobState.CANCELLING: mark("Cancelling"),
        JobState.CHECKING: mark("Checking outcome"),
        JobState.NEEDS_YOU: mark("Needs you"),
        JobState.STOPPED: mark("Stopped"),
        JobState.DONE: mark("Done"),
        JobState.CANCELLED: mark("Cancelled"),
    }
)
KIND_WORDS: abc.Mapping[JobKind, str] = Words(
    {
        JobKind.REAL_TIME: mark("Real time"),
        JobKind.BULK_WRITE_BACK: mark("Bulk Write-Back"),
        JobKind.UNDO: mark("Undo"),
        JobKind.RETRY: mark("Retry"),
    }
)
HISTORY_WORDS: abc.Mapping[HistoryKind, str] = Words(
    {
        HistoryKind.DRAFT: mark("Typed"),
        HistoryKind.DISCARDED: mark("Discarded"),
        HistoryKind.WRITTEN: mark("Sent"),
        HistoryKind.PULLED: mark("Pulled"),
        HistoryKind.READ_BACK: mark("Read back"),
        HistoryKind.AUTOMATION: mark("Changed by the CRM"),
        HistoryKind.DECIDED: mark("Conflict settled"),
    }
)
ROUTE_WORDS: abc.Mapping[Route, str] = Words(
    {
        Route.SINGLE: mark("one by one"),
        Route.BATCH: mark("in batches"),
        Route.BULK: mark("bulk upload"),
    }
)
BATCH_WORDS: abc.Mapping[str, str] = Words(
    {
        BatchState.QUEUED: mark("queued"),
        BatchState.CLAIMED: mark("sending"),
        BatchState.SENT: mark("waiting for the CRM"),
        BatchState.CHECKING: mark("checking outcome"),
        BatchState.SETTLED: mark("done"),
    }
)
REFERENCE_WORDS: abc.Mapping[ReferenceMode, str] = Words(
    {
        ReferenceMode.REPOINT: mark("Update the reference object"),
        ReferenceMode.EDIT_TARGET: mark("Edit the value of the referenced object"),
    }
)
CONFLICT_WORDS: abc.Mapping[ConflictRule, str] = Words(
    {
        ConflictRule.ASK: mark("Ask me"),
        ConflictRule.OURS: mark("Ours wins"),
        ConflictRule.CRM: mark("CRM wins"),
        ConflictRule.NEWEST: mark("The newest wins"),
    }
)
SAFETY_WORDS: abc.Mapping[Safety, str] = Words(
    {
        Safety.SILENT: mark("Silent"),
        Safety.ASK: mark("Ask"),
        Safety.TYPE_NAME: mark("Type the org's name"),
    }
)
ENVIRONMENT_TONES: abc.Mapping[Environment, str] = {
    Environment.PRODUCTION: "refused",
    Environment.UAT: "draft",
    Environment.TEST: "accent",
    Environment.DEVELOPMENT: "ok",
    Environment.UNKNOWN: "muted",
}
COLOUR_TONES: abc.Mapping[str, str] = {
    "red": "refused",
    "amber": "draft",
    "green": "ok",
    "blue": "accent",
    "violet": "conflict",
    "grey": "muted",
}
COLOUR_WORDS: abc.Mapping[str, str] = Words(
    {
        "": mark("as the environment"),
        "red": mark("Red"),
        "amber": mark("Amber"),
        "green": mark("Green"),
        "blue": mark("Blue"),
        "violet": mark("Violet"),
        "grey": mark("Grey"),
    }
)
EMPTY_WORDS: abc.Mapping[EmptyRule, str] = Words(
    {
        EmptyRule.CLEAR: mark("Ours becomes empty too"),
        EmptyRule.KEEP: mark("Ours stays as it is"),
        EmptyRule.DEFAULT: mark("Ours becomes a default"),
    }
)
UNKNOWN_WORDS: abc.Mapping[UnknownRule, str] = Words(
    {
        UnknownRule.HOLD: mark("Are held back"),
        UnknownRule.PASS: mark("Are taken as they are"),
        UnknownRule.DEFAULT: mark("Count as"),
    }
)
BLANK_WORDS: abc.Mapping[BlankRule, str] = Words(
    {
        BlankRule.KEEP: mark("Keeps what is there"),
        BlankRule.CLEAR: mark("Clears the field"),
    }
)
OPERATOR_WORDS: abc.Mapping[Operator, str] = Words(
    {
        Operator.EQUALS: mark("is"),
        Operator.DIFFERS: mark("is not"),
        Operator.LESS: mark("is less than"),
        Operator.AT_MOST: mark("is at most"),
        Operator.GREATER: mark("is more than"),
        Operator.AT_LEAST: mark("is at least"),
        Operator.ONE_OF: mark("is one of"),
        Operator.NONE_OF: mark("is none of"),
        Operator.CONTAINS: mark("contains"),
        Operator.STARTS_WITH: mark("starts with"),
        Operator.IS_BLANK: mark("is blank"),
        Operator.IS_FILLED: mark("is filled"),
    }
)
TYPE_WORDS: abc.Mapping[AttributeType, str] = Words(
    {
        AttributeType.TEXT: mark("Text"),
        AttributeType.LONG_TEXT: mark("Long text"),
        AttributeType.BOOLEAN: mark("Yes / no"),
        AttributeType.INTEGER: mark("Whole number"),
        AttributeType.NUMBER: mark("Number"),
        AttributeType.CURRENCY: mark("Currency"),
        AttributeType.DATE: mark("Date"),
        AttributeType.DATETIME: mark("Date and time"),
        AttributeType.LIST: mark("List"),
        AttributeType.MULTI_LIST: mark("List, several"),
        AttributeType.LIFECYCLE: mark("Lifecycle"),
        AttributeType.USER_REF: mark("Person"),
        AttributeType.EMAIL: mark("E-mail"),
        AttributeType.URL: mark("Web address"),
        AttributeType.NPS: mark("NPS score"),
        AttributeType.CSAT: mark("CSAT score"),
    }
)


def use_locale(name: str = "") -> None:
    """Format like this locale, else like the system; where the system says nothing, as in en_US."""
    wanted = QLocale(name) if name else QLocale.system()
    QLocale.setDefault(QLocale("en_US") if wanted.language() is QLocale.Language.C else wanted)


def moment(at: datetime | None, *, now: datetime) -> str:
    """Give a moment relative to now under 24 h, else with its date."""
    if at is None:
        return tr("never")
    seconds = (now - at).total_seconds()
    if -60 < seconds < 60:
        return tr("just now")
    if 0 <= seconds < 3600:
        return tr("%n minutes ago", int(seconds // 60))
    if 0 <= seconds < 86400:
        return tr("%n hours ago", int(seconds // 3600))
    return absolute(at)


def absolute(at: datetime | None) -> str:
    """Give a moment in full, in local time."""
    if at is None:
        return tr("never")
    local = at.astimezone()
    clock_format = QLocale().timeFormat(QLocale.FormatType.ShortFormat)
    return f"{day(local.date())}, {QLocale().toString(QTime(local.hour, local.minute), clock_format)}"


def exact(at: datetime) -> str:
    """Give a moment to the second, in local time, for logs: its day as elsewhere."""
    return f"{day(at.astimezone().date())}, {clock(at)}"


def clock(at: datetime | None) -> str:
    """Give the time of day of a moment, to the second; the same form everywhere, for logs."""
    return "" if at is None else f"{at.astimezone():%H:%M:%S}"


def day(value: date) -> str:
    """Give a date as the person's settings write it: month by name, so that no day is taken for one."""
    form = _WEEKDAY.sub("", QLocale().dateFormat(QLocale.FormatType.LongFormat)).replace("MMMM", "MMM")
    return QLocale().toString(QDate(value.year, value.month, value.day), form)


def duration(seconds: float) -> str:
    """Give a length of time in its two largest units."""
    if seconds < 1:
        return tr("under 1 s")
    whole = round(seconds)
    if whole < 60:
        return tr("{seconds} s", seconds=whole)
    if whole < 3600:
        return tr("{minutes} min {seconds} s", minutes=whole // 60, seconds=whole % 60)
    return tr("{hours} h {minutes} min", hours=number(whole // 3600), minutes=whole % 3600 // 60)


def lap(seconds: float) -> str:
    """Give how long one request took: to the millisecond below a second, else to a tenth."""
    if seconds < 1:
        return tr("{count} ms", count=number(round(seconds * 1000)))
    return tr("{seconds} s", seconds=number(round(seconds, 1))) if seconds < 60 else duration(seconds)


def shown(value: object, kind: AttributeType, labels: abc.Mapping[str, str] | None = None) -> str:
    """Give a canonical value as a person reads it."""
    if value is None:
        return ""
    match value:
        case bool():
            text = tr("Yes") if value else tr("No")
        case Decimal():
            text = _decimal(value, kind)
        case int():
            text = number(value)
        case datetime():
            text = absolute(value if value.tzinfo else value.replace(tzinfo=UTC))
        case date():
            text = day(value)
        case tuple():
            text = ", ".join((labels or {}).get(str(option), str(option)) for option in value)
        case _:
            text = (labels or {}).get(str(value), str(value)) or tr(BLANK)
    return text


def _decimal(value: Decimal, kind: AttributeType) -> str:
    places = max(0, -int(value.as_tuple().exponent)) if value.is_finite() else 0
    if kind is AttributeType.CURRENCY:
        places = max(2, places)
    whole, _, rest = f"{abs(value):.{places}f}".partition(".")
    locale = QLocale()
    grouped = locale.toString(int(whole))
    sign = "-" if value < 0 else ""
    return f"{sign}{grouped}{locale.decimalPoint()}{rest}" if rest else f"{sign}{grouped}"


def counts_line(counts: Counts) -> str:
    """Give the seven ends of a job in one line; they add up to the approved rows."""
    parts = (
        (counts.applied, tr("written")),
        (counts.unchanged, tr("already so")),
        (counts.rejected, tr("refused")),
        (counts.conflict, tr("in conflict")),
        (counts.unknown, tr("unknown")),
        (counts.blocked, tr("blocked")),
        (counts.cancelled, tr("not sent")),
        (counts.open, tr("open")),
    )
    told = [f"{number(count)} {word}" for count, word in parts if count]
    return " · ".join(told) if told else tr("no rows")


def job_word(state: JobState, counts: Counts) -> str:
    """Give the word of a job's state; a finished job says what was not written."""
    missing = counts.rejected + counts.conflict + counts.unknown + counts.blocked
    if state is JobState.DONE and missing:
        return tr("Done, {missing} not written", missing=number(missing))
    return JOB_WORDS[state]


def job_tone(state: JobState, counts: Counts) -> str:
    """Give the colour token that goes with a job's word."""
    match state:
        case JobState.DONE:
            return "draft" if counts.rejected + counts.conflict + counts.unknown + counts.blocked else "ok"
        case JobState.STOPPED | JobState.NEEDS_YOU:
            return "refused"
        case JobState.CHECKING:
            return "unknown"
        case JobState.THROTTLED | JobState.PAUSED | JobState.CANCELLING:
            return "draft"
        case JobState.CANCELLED:
            return "muted"
        case _:
            return "accent"
