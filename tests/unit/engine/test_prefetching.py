"""The next piece is made while the present one is used, and nothing else changes."""

import threading

import pytest

from writeback.engine.prefetching import ahead


def test_pieces_come_in_their_order_and_all_of_them() -> None:
    assert list(ahead(iter(range(1, 50)))) == list(range(1, 50))


def test_the_next_piece_is_made_while_the_present_one_is_used() -> None:
    made = threading.Event()

    def pieces():
        yield 1
        made.set()
        yield 2

    stream = ahead(pieces())
    assert next(stream) == 1
    assert made.wait(10)
    assert list(stream) == [2]


def test_an_error_in_the_making_comes_where_the_piece_would() -> None:
    def pieces():
        yield 1
        raise ValueError("no second piece")

    stream = ahead(pieces())
    assert next(stream) == 1
    with pytest.raises(ValueError, match="no second piece"):
        next(stream)


def test_who_stops_early_closes_the_maker() -> None:
    closed = threading.Event()

    def pieces():
        try:
            yield from range(1, 100)
        finally:
            closed.set()

    stream = ahead(pieces())
    assert next(stream) == 1
    stream.close()
    assert closed.is_set()
