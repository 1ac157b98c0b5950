"""Where somebody has been, as in a browser: back, forward, and a new way forgets what was ahead."""

from typing import Generic, TypeVar

PlaceT = TypeVar("PlaceT")
LONGEST = 100


class Trail(Generic[PlaceT]):
    """Places in the order in which they were visited, and where on this trail one stands."""

    def __init__(self) -> None:
        self._places: list[PlaceT] = []
        self._at = -1

    def visit(self, place: PlaceT) -> None:
        """Go somewhere; standing still is no step."""
        if self._at >= 0 and self._places[self._at] == place:
            return
        self._places = [*self._places[: self._at + 1], place][-LONGEST:]
        self._at = len(self._places) - 1

    def can_step(self, step: int) -> bool:
        """Say whether there is anything that way."""
        return 0 <= self._at + step < len(self._places)

    def step(self, step: int) -> PlaceT | None:
        """Go back (-1) or forward (1); None where there is nothing that way."""
        if not self.can_step(step):
            return None
        self._at += step
        return self._places[self._at]
