import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import ContractBrokenError
from writeback.planning.batching import Span, cut_range, cut_rows, halves, runs

numbers = st.sets(st.integers(1, 400)).map(sorted)
limits = st.integers(1, 50)


@given(numbers, limits)
def test_nothing_is_lost_nothing_stands_twice_and_no_batch_is_over_the_limit(
    found: list[int], most: int
) -> None:
    spans = list(cut_rows(found, most=most))
    inside = [number for span in spans for number in found if span.first <= number <= span.last]
    assert inside == found
    assert all(1 <= span.rows <= most for span in spans)
    assert [span.rows for span in spans] == [
        sum(span.first <= number <= span.last for number in found) for span in spans
    ]


@given(numbers, limits)
def test_only_the_last_batch_may_be_short(found: list[int], most: int) -> None:
    assert all(span.rows == most for span in list(cut_rows(found, most=most))[:-1])


@given(st.integers(1, 1000), st.integers(0, 300), limits)
def test_a_range_is_cut_as_its_numbers_would_be(first: int, length: int, most: int) -> None:
    last = first + length
    assert list(cut_range(first, last, most=most)) == list(cut_rows(range(first, last + 1), most=most))


def test_no_rows_make_no_batch() -> None:
    assert list(cut_rows([], most=5)) == []


@pytest.mark.parametrize("found", [[2, 1], [1, 1]])
def test_numbers_that_do_not_ascend_are_refused(found: list[int]) -> None:
    with pytest.raises(ContractBrokenError):
        list(cut_rows(found, most=5))


@pytest.mark.parametrize("most", [0, -1])
def test_a_limit_below_one_is_refused(most: int) -> None:
    with pytest.raises(ContractBrokenError):
        list(cut_rows([1], most=most))
    with pytest.raises(ContractBrokenError):
        list(cut_range(1, 2, most=most))


def test_a_span_tells_first_last_and_rows() -> None:
    assert list(cut_rows([1, 4, 9], most=2)) == [Span(1, 4, 2), Span(9, 9, 1)]


@given(st.lists(st.integers(), min_size=2))
def test_halves_hold_every_row_once_and_neither_is_empty(found: list[int]) -> None:
    left, right = halves(found)
    assert [*left, *right] == found
    assert left
    assert right


def test_a_single_row_cannot_be_halved() -> None:
    with pytest.raises(ContractBrokenError):
        halves([1])


@given(numbers)
def test_runs_name_the_same_numbers(found: list[int]) -> None:
    told: list[int] = []
    for run in runs(found):
        told += [run] if isinstance(run, int) else list(range(run[0], run[1] + 1))
    assert told == found
