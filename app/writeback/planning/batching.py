"""Cut a job's rows into batches: nothing lost, nothing twice, none over the limit.

A batch is a span of row numbers; together the spans cover every row of the job and never overlap. Rows
of a plan that are not sent have numbers too, so a span may hold numbers that no write has.

Must not: look at rows; only their numbers count.
"""

from collections import abc
from typing import NamedTuple

from writeback.errors import ContractBrokenError


class Span(NamedTuple):
    """Row numbers `first` to `last`, both within, that hold `rows` writes."""

    first: int
    last: int
    rows: int


def cut_rows(numbers: abc.Iterable[int], *, most: int) -> abc.Iterator[Span]:
    """Cut ascending row numbers into spans of at most `most` rows.

    Raises:
        ContractBrokenError: The limit is below one, or the numbers do not ascend.
    """
    _check(most)
    first = last = rows = 0
    for number in numbers:
        if rows and number <= last:
            raise ContractBrokenError("batching.order", given=number, after=last)
        if rows == most:
            yield Span(first, last, rows)
            rows = 0
        if not rows:
            first = number
        last = number
        rows += 1
    if rows:
        yield Span(first, last, rows)


def cut_range(first: int, last: int, *, most: int) -> abc.Iterator[Span]:
    """Cut numbers without a gap, as `cut_rows` would, without looking at each.

    Raises:
        ContractBrokenError: The limit is below one.
    """
    _check(most)
    for start in range(first, last + 1, most):
        end = min(start + most - 1, last)
        yield Span(start, end, end - start + 1)


def halves(numbers: abc.Sequence[int]) -> tuple[abc.Sequence[int], abc.Sequence[int]]:
    """Split the rows of a refused request, to find the one it was refused for.

    Raises:
        ContractBrokenError: A single row cannot be split.
    """
    if len(numbers) < 2:
        raise ContractBrokenError("batching.one_row", given=len(numbers))
    middle = len(numbers) // 2
    return numbers[:middle], numbers[middle:]


def runs(numbers: abc.Iterable[int]) -> list[int | list[int]]:
    """Write ascending numbers briefly: neighbours as [first, last], loners as themselves."""
    found: list[int | list[int]] = []
    first = last = None
    for number in numbers:
        if first is None or last is None:
            first = last = number
        elif number == last + 1:
            last = number
        else:
            found.append(first if first == last else [first, last])
            first = last = number
    if first is not None and last is not None:
        found.append(first if first == last else [first, last])
    return found


def _check(most: int) -> None:
    if most < 1:
        raise ContractBrokenError("batching.limit", most=most)
