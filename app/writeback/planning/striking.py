"""Which guards a plan strikes: measured figures against limits, nothing else.

Asked when the plan is shown, again when it is submitted, and again by the worker before every batch.
"""

from collections import abc

from writeback.model.guards import Figure, Guard, Limits, Strike


def strikes(figures: abc.Iterable[Figure], limits: Limits) -> tuple[Strike, ...]:
    """Give the guards that are struck, overridden ones included, in the order of `Guard`."""
    found = {one.guard: struck for one in figures if (struck := _strike(one, limits)) is not None}
    return tuple(found[guard] for guard in Guard if guard in found)


def in_force(struck: abc.Iterable[Strike]) -> tuple[Strike, ...]:
    """Give the struck guards that nobody overrode: they refuse the plan."""
    return tuple(one for one in struck if not one.overridden_by)


def sentence_facts(strike: Strike) -> dict[str, str]:
    """Give what the sentence `guard.<name>` of a struck guard needs."""
    told = {"figure": plain_figure(strike.figure), "limit": plain_figure(strike.limit)}
    return told | dict(strike.facts)


def plain_figure(value: float) -> str:
    """Write a figure as people read it: whole numbers without a point, percent with one digit.

    A percentage just above its limit is rounded up, so that it never reads as if it were within.
    """
    if value == int(value):
        return f"{int(value):,}"
    return f"{-int(-value * 10 // 1) / 10:,.1f}"


def _strike(figure: Figure, limits: Limits) -> Strike | None:
    limit = _limit(figure, limits)
    if limit is None or figure.figure <= limit:
        return None
    return Strike(figure.guard, figure.figure, limit, figure.facts, figure.overridden_by)


def _limit(figure: Figure, limits: Limits) -> float | None:
    """Give the limit of a figure; None where the guard is off, or too few records are concerned."""
    match figure.guard:
        case Guard.ROWS:
            return limits.rows
        case Guard.BLANKS:
            return limits.blanks if figure.of >= (limits.blanks_from or 0) else None
        case Guard.CHANGED:
            return limits.changed if figure.of >= (limits.changed_from or 0) else None
        case Guard.EMPTY:  # the figure is 0 or 1; the column needs enough rows to be called empty
            return None if limits.empty is None or 0 < figure.of < limits.empty else 0.0
        case Guard.ECHO_LOOP:
            return None if limits.echo is None else limits.echo - 1
