"""The table of the inbox of conflicts."""

from collections import abc
from datetime import datetime

from writeback.gui.i18n import CONFLICT_WORDS, NOT_SET, absolute, moment, number, shown
from writeback.gui.models.tables import BlockModel, Spec
from writeback.gui.translating import Words, mark, tr
from writeback.model.integrations import ConflictRule
from writeback.model.types import AttributeType, Value
from writeback.runtime.disputing import ConflictRows, ConflictView
from writeback.store.inbox import MASTER, Place

ORIGINS = Words(
    {
        "profile": mark("profile"),
        "segment": mark("grid"),
        "file": mark("file"),
        "cli": mark("command line"),
        "undo": mark("undo"),
    }
)
SKIPPED, MINE, SETTLED = "skipped", "mine", "settled"
MARKS = Words({SKIPPED: mark("skipped"), MINE: mark("yours, to review"), SETTLED: mark("settled")})
TONES = {SKIPPED: "muted", MINE: "accent", SETTLED: "ok", "": "conflict"}


class InLine:
    """The inbox as a table reads it: its rows stay in their places while some are settled."""

    def __init__(self, source: ConflictRows) -> None:
        self.source = source
        self.rows = source.rows

    def block(self, place: int) -> abc.Sequence[ConflictView | None]:
        """Give at most 200 rows."""
        return self.source.in_line(place)

    def close(self) -> None:
        """Give its connection back."""
        self.source.close()


def conflicts_model(
    now: abc.Callable[[], datetime], mark_of: abc.Callable[[Place], str]
) -> BlockModel[ConflictView | None]:
    """Make the table; `mark_of` says what was done about a conflict here: '', or one of `MARKS`."""

    def told(text: abc.Callable[[ConflictView], str]) -> abc.Callable[[ConflictView | None], str]:
        return lambda row: "" if row is None else text(row)

    return BlockModel(
        (
            Spec(tr("Record"), told(lambda one: one.record), tip=told(lambda one: one.record_id), width=200),
            Spec(tr("Field"), told(lambda one: one.field), tip=told(lambda one: one.object), width=110),
            Spec(tr("CRM"), told(lambda one: one.connection or tr("several")), width=150),
            Spec(tr("Last read"), told(base_words), tone=lambda _row: "muted", width=110),
            Spec(tr("In the CRM now"), told(their_words), tip=told(lambda one: one.message), width=130),
            Spec(tr("Yours"), told(our_words), tip=told(by_words), width=130),
            Spec(
                tr("State"),
                lambda row: tr("settled") if row is None else MARKS.get(mark_of(row.place), tr("conflict")),
                chip=lambda row: TONES[SETTLED if row is None else mark_of(row.place)],
                width=112,
            ),
            Spec(tr("Rule"), told(rule_words), width=110),
            Spec(
                tr("Found"),
                told(lambda one: moment(one.found_at, now=now())),
                tip=told(lambda one: absolute(one.found_at)),
                width=150,
            ),
        )
    )


def base_words(one: ConflictView) -> str:
    """Say what was read before."""
    if one.place.kind == MASTER or not one.has_base:
        return ""
    return value_words(one.base, one.kind)


def their_words(one: ConflictView) -> str:
    """Say what the CRM holds now; of several, what each holds."""
    if one.is_gone:
        return tr("the record is gone")
    if one.held:
        return " · ".join(f"{held.connection}: {value_words(held.value, one.kind)}" for held in one.held)
    return value_words(one.theirs, one.kind)


def our_words(one: ConflictView) -> str:
    """Say what our person wants."""
    if one.place.kind == MASTER:
        return ""
    return tr("clear") if one.ours is None else value_words(one.ours, one.kind)


def by_words(one: ConflictView) -> str:
    """Say who wants it, since when, from where."""
    parts = [one.author, absolute(one.edited_at) if one.edited_at is not None else ""]
    parts.append(
        tr("job {job_number}", job_number=number(one.job_number))
        if one.job_number
        else ORIGINS.get(one.origin, one.origin)
    )
    return " · ".join(part for part in parts if part)


def rule_words(one: ConflictView) -> str:
    """Name the rule in force."""
    return tr("Ask me") if one.place.kind == MASTER else CONFLICT_WORDS[ConflictRule(one.rule)]


def value_words(value: Value, kind: AttributeType) -> str:
    """Say a value, or that there is none."""
    return shown(value, kind) or tr(NOT_SET)
