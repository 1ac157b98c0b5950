"""Choose some of many rows by chance, each as likely as any other."""

from collections import abc
from typing import Protocol


class Dice(Protocol):
    """What `random.Random` offers of chance."""

    def randrange(self, stop: int, /) -> int:
        """Give a number from 0 to below `stop`."""


def sample(numbers: abc.Iterable[int], most: int, *, rng: Dice) -> tuple[int, ...]:
    """Give at most so many numbers of a stream, ascending; the stream is read once and never held.

    Source: algorithm R of J. Vitter, "Random Sampling with a Reservoir" (ACM TOMS 11, 1985).
    """
    kept: list[int] = []
    for place, number in enumerate(numbers):
        if place < most:
            kept.append(number)
            continue
        at = rng.randrange(place + 1)
        if at < most:
            kept[at] = number
    return tuple(sorted(kept))
