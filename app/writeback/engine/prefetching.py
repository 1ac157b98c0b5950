"""Have the next piece made in a thread while the present one is used.

Worth it where making a piece is the work of the database or of the network, which leave Python free.

Must not: know what the pieces are.
"""

import contextvars
from collections import abc
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

PieceT = TypeVar("PieceT")


def ahead(pieces: abc.Iterator[PieceT]) -> abc.Iterator[PieceT]:
    """Give the pieces in their order, always one ahead; what making one raises is raised here.

    Whoever stops early waits for the piece in the making; no other is begun, and the maker is closed.
    """
    context = contextvars.copy_context()

    def make() -> PieceT | None:
        return context.run(lambda: next(pieces, None))

    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as maker:
        coming = maker.submit(make)
        try:
            while (piece := coming.result()) is not None:
                coming = maker.submit(make)
                yield piece
        finally:
            coming.cancel()
            if isinstance(pieces, abc.Generator):
                maker.submit(pieces.close).result()
