"""Numbers that look random and are a function of their arguments.

Simulators repeat themselves to the byte for a seed, and answer for row 900,000 without having made
the rows before it. So nothing here keeps a state.
"""

from collections import abc
from typing import TypeVar

T = TypeVar("T")

_MASK = (1 << 64) - 1


def mix(*numbers: int) -> int:
    """Stir whole numbers into 64 bits (splitmix64, one round a number)."""
    state = 0x9E3779B97F4A7C15
    for number in numbers:
        state = (state + number * 0xBF58476D1CE4E5B9 + 0x9E3779B97F4A7C15) & _MASK
        state = ((state ^ (state >> 30)) * 0xBF58476D1CE4E5B9) & _MASK
        state = ((state ^ (state >> 27)) * 0x94D049BB133111EB) & _MASK
        state ^= state >> 31
    return state


def shuffled(items: abc.Sequence[T], seed: int) -> list[T]:
    """Give the items in another order, the same one for the same seed and length."""
    order = sorted(range(len(items)), key=lambda place: mix(seed, len(items), place))
    return [items[place] for place in order]
