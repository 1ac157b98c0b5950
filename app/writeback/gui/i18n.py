"""Numbers, moments and the words of the product: what a person reads for a state.

Enum names never reach the screen; this is where each one's word stands.
"""

from collections import abc
from datetime import UTC, date, datetime
from decimal import Decimal

from PySide6.QtCore import QLocale

from writeback.model.connections import Environment, Safety
from writeback.model.filters import Operator
from writeback.model.histories import HistoryKind
from writeback.model.integrations import BlankRule, ConflictRule, EmptyRule, ReferenceMode
from writeback.model.jobs import BatchState, Counts, JobKind, JobState, Outcome, RemoteState, Route
from writeback.model.types import AttributeType
from writeback.model.value_rules import UnknownRule

NOT_SET = "(not set)"
BLANK = "(blank text)"

OUTCOME_WORDS: abc.Mapping[Outcome, str] = {
    Outcome.APPLIED: "Written",
    Outcome.UNCHANGED: "Already so",
    Outcome.REJECTED: "Refused",
    Outcome.CONFLICT: "Conflict",
    Outcome.UNKNOWN: "Outcome unknown",
    Outcome.CANCELLED: "Not sent",
}
JOB_WORDS: abc.Mapping[JobState, str] = {
    JobState.PREPARING: "Preparing",
    JobState.QUEUED: "Queued",
    JobState.RUNNING: "Sending",
    JobState.THROTTLED: "Throttled",
    JobState.PAUSED: "Paused",
    JobState.CANCELLING: "Cancelling",
    JobState.CHECKING: "Checking outcome",
    JobState.NEEDS_YOU: "Needs you",
    JobState.STOPPED: "Stopped",
    JobState.DONE: "Done",
    JobState.CANCELLED: "Cancelled",
}
KIND_WORDS: abc.Mapping[JobKind, str] = {
    JobKind.REAL_TIME: "Real time",
    JobKind.BULK_WRITE_BACK: "Bulk Write-Back",
    JobKind.UNDO: "Undo",
    JobKind.RETRY: "Retry",
}
HISTORY_WORDS: abc.Mapping[HistoryKind, str] = {
    HistoryKind.DRAFT: "Typed",
    HistoryKind.DISCARDED: "Discarded",
    HistoryKind.WRITTEN: "Sent",
    HistoryKind.PULLED: "Pulled",
    HistoryKind.READ_BACK: "Read back",
    HistoryKind.AUTOMATION: "Changed by the CRM",
    HistoryKind.DECIDED: "Conflict settled",
}
ROUTE_WORDS: abc.Mapping[Route, str] = {
    Route.SINGLE: "one by one",
    Route.BATCH: "in batches",
    Route.BULK: "bulk upload",
}
BATCH_WORDS: abc.Mapping[str, str] = {
    BatchState.QUEUED: "queued",
    BatchState.CLAIMED: "sending",
    BatchState.SENT: "waiting for the CRM",
    BatchState.CHECKING: "checking outcome",
    BatchState.SETTLED: "done",
}
REMOTE_WORDS: abc.Mapping[str, str] = {
    RemoteState.OPEN: "open",
    RemoteState.QUEUED: "queued",
    RemoteState.RUNNING: "running",
    RemoteState.COMPLETE: "done",
    RemoteState.FAILED: "failed",
    RemoteState.ABORTED: "cancelled",
    RemoteState.GONE: "not known there",
    RemoteState.UNTOLD: "not told",
}
REFERENCE_WORDS: abc.Mapping[ReferenceMode, str] = {
    ReferenceMode.REPOINT: "Update the reference object",
    ReferenceMode.EDIT_TARGET: "Edit the value of the referenced object",
}
CONFLICT_WORDS: abc.Mapping[ConflictRule, str] = {
    ConflictRule.ASK: "Ask me",
    ConflictRule.OURS: "Ours wins",
    ConflictRule.CRM: "CRM wins",
    ConflictRule.NEWEST: "The newest wins",
}
SAFETY_WORDS: abc.Mapping[Safety, str] = {
    Safety.SILENT: "Silent",
    Safety.ASK: "Ask",
    Safety.TYPE_NAME: "Type the org's name",
}
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
COLOUR_WORDS: abc.Mapping[str, str] = {
    "": "as the environment",
    "red": "Red",
    "amber": "Amber",
    "green": "Green",
    "blue": "Blue",
    "violet": "Violet",
    "grey": "Grey",
}
EMPTY_WORDS: abc.Mapping[EmptyRule, str] = {
    EmptyRule.CLEAR: "Ours becomes empty too",
    EmptyRule.KEEP: "Ours stays as it is",
    EmptyRule.DEFAULT: "Ours becomes a default",
}
UNKNOWN_WORDS: abc.Mapping[UnknownRule, str] = {
    UnknownRule.HOLD: "Are held back",
    UnknownRule.PASS: "Are taken as they are",
    UnknownRule.DEFAULT: "Count as",
}
BLANK_WORDS: abc.Mapping[BlankRule, str] = {
    BlankRule.KEEP: "Keeps what is there",
    BlankRule.CLEAR: "Clears the field",
}
OPERATOR_WORDS: abc.Mapping[Operator, str] = {
    Operator.EQUALS: "is",
    Operator.DIFFERS: "is not",
    Operator.LESS: "is less than",
    Operator.AT_MOST: "is at most",
    Operator.GREATER: "is more than",
    Operator.AT_LEAST: "is at least",
    Operator.ONE_OF: "is one of",
    Operator.NONE_OF: "is none of",
    Operator.CONTAINS: "contains",
    Operator.STARTS_WITH: "starts with",
    Operator.IS_BLANK: "is blank",
    Operator.IS_FILLED: "is filled",
}
TYPE_WORDS: abc.Mapping[AttributeType, str] = {
    AttributeType.TEXT: "Text",
    AttributeType.LONG_TEXT: "Long text",
    AttributeType.BOOLEAN: "Yes / no",
    AttributeType.INTEGER: "Whole number",
    AttributeType.NUMBER: "Number",
    AttributeType.CURRENCY: "Currency",
    AttributeType.DATE: "Date",
    AttributeType.DATETIME: "Date and time",
    AttributeType.LIST: "List",
    AttributeType.MULTI_LIST: "List, several",
    AttributeType.LIFECYCLE: "Lifecycle",
    AttributeType.USER_REF: "Person",
    AttributeType.EMAIL: "E-mail",
    AttributeType.URL: "Web address",
    AttributeType.NPS: "NPS score",
    AttributeType.CSAT: "CSAT score",
}


def use_locale(name: str = "") -> None:
    """Format like this locale, else like the system; where the system says nothing, as in en_US."""
    wanted = QLocale(name) if name else QLocale.system()
    QLocale.setDefault(QLocale("en_US") if wanted.language() is QLocale.Language.C else wanted)


def number(count: float) -> str:
    """Give a number with the separators of the person's language."""
    locale = QLocale()
    if isinstance(count, int):
        return locale.toString(count)
    return locale.toString(float(count), "f", 1)


def counted(count: int, one: str, many: str) -> str:
    """Give a count with its noun: `1 row`, `12 rows`."""
    return f"{number(count)} {one if count == 1 else many}"


def moment(at: datetime | None, *, now: datetime) -> str:
    """Give a moment relative to now under 24 h, else with its date."""
    if at is None:
        return "never"
    seconds = (now - at).total_seconds()
    if -60 < seconds < 60:
        return "just now"
    if 0 <= seconds < 3600:
        return f"{counted(int(seconds // 60), 'minute', 'minutes')} ago"
    if 0 <= seconds < 86400:
        return f"{counted(int(seconds // 3600), 'hour', 'hours')} ago"
    return absolute(at)


def absolute(at: datetime | None) -> str:
    """Give a moment in full, in local time."""
    if at is None:
        return "never"
    local = at.astimezone()
    return f"{day(local.date())}, {local:%H:%M}"


def clock(at: datetime | None) -> str:
    """Give the time of day of a moment."""
    return "" if at is None else f"{at.astimezone():%H:%M:%S}"


def day(value: date) -> str:
    """Give a date as the person's language writes it, with a four-digit year."""
    return f"{value.day} {value:%b %Y}"


def duration(seconds: float) -> str:
    """Give a length of time in its two largest units."""
    if seconds < 1:
        return "under 1 s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60} s"
    return f"{whole // 3600} h {whole % 3600 // 60} min"


def shown(value: object, kind: AttributeType, labels: abc.Mapping[str, str] | None = None) -> str:
    """Give a canonical value as a person reads it."""
    if value is None:
        return ""
    match value:
        case bool():
            text = "Yes" if value else "No"
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
            text = (labels or {}).get(str(value), str(value)) or BLANK
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
        (counts.applied, "written"),
        (counts.unchanged, "already so"),
        (counts.rejected, "refused"),
        (counts.conflict, "in conflict"),
        (counts.unknown, "unknown"),
        (counts.blocked, "blocked"),
        (counts.cancelled, "not sent"),
        (counts.open, "open"),
    )
    told = [f"{number(count)} {word}" for count, word in parts if count]
    return " · ".join(told) if told else "no rows"


def job_word(state: JobState, counts: Counts) -> str:
    """Give the word of a job's state; a finished job says what was not written."""
    missing = counts.rejected + counts.conflict + counts.unknown + counts.blocked
    if state is JobState.DONE and missing:
        return f"Done, {number(missing)} not written"
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
