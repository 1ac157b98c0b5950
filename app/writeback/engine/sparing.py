"""Spare long work the looking through everything that was there before it began.

Python's collector of cycles looks through all objects again and again while many are made; of those that a
program stands on none is ever garbage. A plan of a million rows spent a third of its time so.
"""

import contextlib
import gc
from collections import abc
from typing import Final

RARE: Final = (50_000, 20, 20)
"""Thresholds of the collector meanwhile: a piece of rows is some ten thousand objects, and no cycle."""


@contextlib.contextmanager
def spared() -> abc.Iterator[None]:
    """Leave what there is out of the collector's sight until the work is done; it is collected afterwards.

    What is made meanwhile it looks through rarely. Work beside other such work leaves the thresholds to that.
    """
    usual = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(*RARE)
    try:
        yield
    finally:
        if usual != RARE:
            gc.set_threshold(*usual)
        gc.unfreeze()
