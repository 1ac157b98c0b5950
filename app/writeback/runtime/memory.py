"""Keep large blocks of memory instead of giving them back and asking anew for each piece of an upload.

Pieces of an upload are some hundred kilobytes, made and dropped a thousand times. glibc gives such a
block back to the system at once and gets it as fresh, untouched pages the next time: a tenth of a bulk
cycle goes into that (`writeback bench cycle`). Elsewhere nothing is done.

Source: mallopt(3), M_MMAP_THRESHOLD and M_TRIM_THRESHOLD.
"""

import ctypes
import os
import sys
from pathlib import Path
from typing import Final

_M_TRIM_THRESHOLD: Final = -1
_M_MMAP_THRESHOLD: Final = -3
KEPT_BYTES: Final = 32 * 1024 * 1024
"""At most so much stays with the process unused."""


def keep_large_blocks() -> bool:
    """Tell glibc's allocator; False where there is none."""
    if not sys.platform.startswith("linux"):
        return False
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:  # musl
        return False
    return bool(mallopt(_M_MMAP_THRESHOLD, KEPT_BYTES) and mallopt(_M_TRIM_THRESHOLD, KEPT_BYTES))


def resident_bytes() -> int:
    """Say how much memory this process holds now; 0 where the system does not tell."""
    place = Path("/proc/self/statm")
    if not place.exists():
        return 0
    return int(place.read_text("ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
