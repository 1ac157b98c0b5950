"""Designs that two people change at once: forms, plays, segments. The second one is told who was first.

Whoever saves says what they changed: the moment at which that was saved. The command line says nothing, and
takes the place of whatever is there.

Must not: know what a design says.
"""

from datetime import UTC, datetime
from typing import Final

from writeback.errors import ConfigurationError, Fact

NOT_THERE: Final = datetime.min.replace(tzinfo=UTC)
"""What somebody changed who makes a new one: none of that name is to be there."""


def guard_base(name: str, *, base: datetime | None, is_at: datetime | None = None, author: str = "") -> None:
    """Refuse to save over what somebody else made of a design meanwhile.

    Args:
        name: The design's.
        base: What was changed, by the moment at which it was saved; None: whatever is there.
        is_at: When what is there was saved; None: nothing is there.
        author: Who saved it.

    Raises:
        ConfigurationError: `design.changed_meanwhile`, `design.made_meanwhile`, `design.gone_meanwhile`; its
            fact *changed_at* is what to name to save all the same.
    """
    if base is None or base == (is_at or NOT_THERE):
        return
    facts: dict[str, Fact] = {"name": name[:80], "author": author[:80] or "\u2013"}
    facts["changed_at"] = (is_at or NOT_THERE).isoformat()
    if is_at is None:
        raise ConfigurationError("design.gone_meanwhile", **facts)
    code = "design.made_meanwhile" if base == NOT_THERE else "design.changed_meanwhile"
    raise ConfigurationError(code, **facts)


def base_after(error: Exception) -> datetime | None:
    """Give what to name to save all the same, after somebody was told once; None: it was another error."""
    if not isinstance(error, ConfigurationError):
        return None
    if error.code not in ("design.changed_meanwhile", "design.gone_meanwhile"):
        return None
    return datetime.fromisoformat(str(error.facts["changed_at"]))
