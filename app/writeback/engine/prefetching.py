"""Have the next piece made in a thread while the present one is used.

Worth it where making a piece is the database's work, which leaves Python free.

Must not: know what the pieces are.
"""

from collections import abc
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

PieceT = TypeVar("PieceT")


def ahead(pieces: abc.Iterator[PieceT]) -> abc.Iterator[PieceT]:
    """Give the pieces in their order, always one ahead; what making one raises is raised here.

    Whoever stops early waits for the piece in the making, and no other is begun.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(next, pieces, None)
        while (piece := coming.result()) is not None:
            coming = maker.submit(next, pieces, None)
            yield piece
