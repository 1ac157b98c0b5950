"""Spare long work the looking through everything that was there before it began.

Python's collector of cycles looks through all objects again and again while many are made; of those that a
program stands on none is ever garbage. A plan of a million rows spent a third of its time so.
"""

import contextlib
import gc
from collections import abc


@contextlib.contextmanager
def spared() -> abc.Iterator[None]:
    """Leave what there is out of the collector's sight until the work is done; it is collected afterwards."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
