"""Zoho's numbers, each with the page it comes from. Numbers only: nothing here acts.

Pages: [records] Get Records; [update] Update Records; [coql] Query API; [coql-limits] Query API, Limitations;
[bulk] Bulk Write, limitations; [limits] API Limits; [users] Get Users. Addresses: README.
"""

from collections import abc
from typing import Final

FIELDS_MOST: Final = 50
"""Fields of one list read [records], columns of one query [coql]."""
PAGE_ROWS: Final = 200
"""Rows of one page of a list read, of users and of deleted records [records]."""
DISCRETE_ROWS: Final = 2_000
"""Rows that `page` reaches; further ones need `page_token` [records]."""
IDS_A_READ: Final = 100
"""Ours: ids in one address (19 digits each)."""

QUERY_ROWS: Final = 2_000
"""Rows of one query [coql]."""
QUERY_VALUES: Final = 50
"""Values of one `in` [coql-limits]."""
QUERY_CRITERIA: Final = 25
"""Comparisons of one query [coql-limits]."""
QUERY_JOINS: Final = 2
"""Relations of one query [coql-limits]."""

WRITE_ROWS: Final = 100
"""Rows of one PUT [update]."""
READ_TRIES: Final = 4
"""Ours: how often a query, which goes by POST, is asked; the transport repeats only GET."""
READ_PAUSE_S: Final = 0.5
"""Ours: before the second try; doubled before each further one."""
READ_PAUSE_MOST_S: Final = 20.0
"""Ours: a longer wait is not stood through; whoever asked is told of it."""
OVERLAP_S: Final = 300
"""How far before its watermark an incremental pull begins: rows may show later than stamped; ours."""
CHASE_KEPT: Final = 50_000
"""Records behind references that one read remembers; ours."""

UPLOAD_ROWS: Final = 25_000
"""Rows of one bulk write file [bulk]."""
UPLOAD_COLUMNS: Final = 200
"""Columns of one bulk write file [bulk]."""
UPLOAD_BYTES: Final = 25 * 1024 * 1024
"""Most bytes of the zip [bulk]."""
UPLOAD_PART_BYTES: Final = 24_000_000
"""Ours: CSV of this size is below the limit even where nothing can be compressed."""
RESULT_BYTES: Final = 256 * 1024 * 1024
"""Ours: a result zip, or the file inside, larger than this is none of ours."""

REFRESH_WAIT_S: Final = 60.0
"""Ours, after *too many requests* from the token server; it gives no number."""

QUERY_CREDITS: Final[tuple[tuple[int, int], ...]] = ((200, 1), (1_000, 2), (2_000, 3))
"""Most rows asked for → credits of a query [limits]."""
ROWS_A_CREDIT: Final = 10
"""Rows written for one credit [limits]."""
JOB_CREDITS: Final = 500
"""Credits of a bulk write job [limits]."""

DAILY_CREDITS: Final[abc.Mapping[str, tuple[int, int, int | None]]] = {
    "free": (5_000, 0, None),
    "standard": (50_000, 250, 100_000),
    "professional": (50_000, 500, 3_000_000),
    "enterprise": (50_000, 1_000, 5_000_000),
    "zohoone": (50_000, 1_000, 5_000_000),
    "ultimate": (50_000, 2_000, None),
}
"""Edition → credits in any 24 hours: base, more per user, at most [limits]. They changed between years."""
