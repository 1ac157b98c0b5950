"""Guards: what a plan may do to a CRM before somebody has to say its name.

A guard measures one figure of a plan (`Figure`) and strikes above its limit (`Limits`). A struck guard
refuses the plan until somebody with the right to override guards overrides it, each by its name.
"""

import enum
from dataclasses import dataclass, field, fields
from typing import Final

from writeback.model.wording import mark


class Guard(enum.StrEnum):
    """What is measured. The value is the name by which a guard is overridden."""

    ROWS = "rows"
    """Records that would be written."""
    BLANKS = "blanks"
    """Percent of them that lose the value of some field."""
    CHANGED = "changed"
    """Percent of all records of the object, or of the integration, that would be written."""
    EMPTY = "empty"
    """The source has no rows, or a column that is to clear every record."""
    ECHO_LOOP = "echo_loop"
    """How often the same value was written over the same other value: two automations undo each other."""


def _limit(default: float | None, title: str, *, unit: str = "", floor: float = 0) -> float | None:
    told = {"title": title, "unit": unit, "floor": floor}
    made: float | None = field(default=default, metadata=told)
    return made


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a plan may do without being asked about it; None switches a guard off.

    The defaults are for a file of corrections or a day's edits; they strike what would rewrite an org.
    """

    rows: float | None = _limit(100_000, mark("Most records of one plan"), unit="records", floor=1)
    blanks: float | None = _limit(50, mark("Most records that lose a value"), unit="%")
    blanks_from: float | None = _limit(
        100, mark("… counted from so many records on"), unit="records", floor=1
    )
    changed: float | None = _limit(50, mark("Most of an object's records"), unit="%")
    changed_from: float | None = _limit(
        10_000, mark("… counted from so many records on"), unit="records", floor=1
    )
    empty: float | None = _limit(10, mark("A column that clears everything, from"), unit="records", floor=1)
    echo: float | None = _limit(5, mark("A value written again over the same other"), unit="times", floor=1)
    echo_hours: float | None = _limit(24, mark("… within"), unit="hours", floor=0.01)
    reserve: float | None = _limit(20, mark("Share of the daily quota kept for people"), unit="%")
    bulk: float | None = _limit(
        1_000, mark("Most records without the right to bulk"), unit="records", floor=1
    )
    approval: float | None = _limit(None, mark("Most records without approval"), unit="records", floor=1)


LIMIT_NAMES: Final = tuple(one.name for one in fields(Limits))
PERCENT_MOST: Final = 100.0


def title_of(limit: str) -> str:
    """Say in words what a limit is about."""
    return str(_facts(limit)["title"])


def unit_of(limit: str) -> str:
    """Give what a limit is counted in."""
    return str(_facts(limit)["unit"])


def is_allowed(limit: str, value: float) -> bool:
    """Say whether a limit may have this value."""
    floor = float(str(_facts(limit)["floor"]))
    most = PERCENT_MOST if unit_of(limit) == "%" else float("inf")
    return floor <= value <= most


def _facts(limit: str) -> dict[str, object]:
    return next(dict(one.metadata) for one in fields(Limits) if one.name == limit)


@dataclass(frozen=True, slots=True)
class Figure:
    """What one guard measured of one job-to-be."""

    guard: Guard
    figure: float
    of: int = 0
    """How many records the figure is about."""
    facts: tuple[tuple[str, str], ...] = ()
    """What the sentence names beside the figure: the column, the values that alternate."""
    overridden_by: str = ""


@dataclass(frozen=True, slots=True)
class Strike:
    """A guard whose figure is above its limit."""

    guard: Guard
    figure: float
    limit: float
    facts: tuple[tuple[str, str], ...] = ()
    overridden_by: str = ""
    """Who overrode it; '' nobody: the plan is refused."""
