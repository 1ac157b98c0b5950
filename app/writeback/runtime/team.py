"""The workspace's people as a window sees them: who has which permission level, and what waits for a word."""

from dataclasses import dataclass

from writeback.model.permissions import Approval, Level, Permission, Right
from writeback.planning.permitting import may, refusal_facts
from writeback.runtime.sentences import sentence_of


@dataclass(frozen=True, slots=True)
class TeamView:
    """People with their permission levels, and plans that wait for another person's word."""

    people: tuple[Permission, ...] = ()
    """Nobody: one person, who may do everything."""
    waiting: tuple[Approval, ...] = ()

    @property
    def levels(self) -> dict[str, Level]:
        """Give the levels by name."""
        return {one.author: one.level for one in self.people}

    def lacks(self, author: str, right: Right) -> str:
        """Say why somebody may not do a thing, and who can grant it; '' when they may."""
        levels = self.levels
        if may(levels, author, right):
            return ""
        told = sentence_of("permission.missing", refusal_facts(levels, author, right))
        return f"{told.happened} {told.advice}"
