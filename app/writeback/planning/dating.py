"""Say which side of a conflict is newer: what our person wrote, or what somebody wrote in the CRM.

Two clocks are held against each other, so a difference within what they may be apart tells nothing. Who
cannot be told newer is asked for, never guessed.

Must not: read a clock; decide what newer means for a row (`sorting` does).
"""

import enum
from collections import abc
from datetime import datetime, timedelta
from typing import Final

GRAIN: Final = timedelta(seconds=2)
"""So far may two clocks still be apart once their difference is known: answers tell whole seconds."""
UNMEASURED: Final = timedelta(minutes=2)
"""So far may they be apart where nobody measured (*test connection* calls more than that a fault)."""
CLOCKS_MOST: Final = timedelta(minutes=5)
"""Clocks further apart are a fault that people are told of. What one of them said earlier, such as the
moment of an edit, may have been said before or after somebody set it: nothing is concluded from it."""


class Newer(enum.Enum):
    """Whose value is the newer one."""

    OURS = "ours"
    CRM = "crm"
    UNTOLD = "untold"
    """Equal as far as the clocks tell, one of the moments is not known, or a clock is wrong."""


Newest = abc.Callable[[int], Newer]
"""Says it for one place of a row."""


def newer_of(
    ours: datetime | None,
    *,
    record: datetime | None,
    value: datetime | None = None,
    ahead: timedelta | None = None,
) -> Newer:
    """Compare the moment of an edit of ours with when the CRM's value was written.

    A record's moment is no earlier than that of any of its values: an edit that is later than it is later
    than the value too. The other way round the value's own moment decides, where the CRM tells it; else the
    record's stands for it, and what the CRM holds is kept.

    Args:
        ours: When our person edited, by our clock.
        record: When the record was last written, by the CRM's clock.
        value: When the value that stands there was written, by the CRM's clock.
        ahead: How far the CRM's clock is ahead of ours; None: nobody measured it.
    """
    theirs = value or record
    if ours is None or theirs is None or (ahead is not None and abs(ahead) > CLOCKS_MOST):
        return Newer.UNTOLD
    margin = UNMEASURED if ahead is None else GRAIN
    difference = ours + (ahead or timedelta()) - theirs
    if abs(difference) <= margin:
        return Newer.UNTOLD
    return Newer.OURS if difference > timedelta() else Newer.CRM
