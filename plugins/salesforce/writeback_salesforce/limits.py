"""Salesforce's numbers, each with the page it comes from. Numbers only: nothing here acts.

Pages: [collections] REST guide, *Update Multiple Records with Fewer Round-Trips*; [composite] *Composite*;
[query] *Query*; [errors] *Status Codes and Error Responses*; [bulk] *Bulk API limits*; [csv] *Prepare CSV
Files*; [conditional] *Conditional Requests*. Addresses: README.
"""

from typing import Final

API_VERSION: Final = "67.0"
OLDEST_API_VERSION: Final = 59.0
NEWEST_API_VERSION: Final = 68.0

COLLECTION_ROWS: Final = 200
"""Records in one PATCH of composite/sobjects [collections]."""
COMPOSITE_ROWS: Final = 25
"""Subrequests in one composite [composite]."""
RETRIEVE_IDS: Final = 2_000
"""Ids in one POST of composite/sobjects/X [collections]."""

URI_BYTES: Final = 12_000
"""Ours. URI and headers together end at 16,384 bytes (414, 431) [errors]; a token may take 2,000 of them."""
READ_TRIES: Final = 4
"""Ours: how often a read that goes by POST is asked; the transport repeats only GET."""
READ_PAUSE_S: Final = 0.5
"""Ours: before the second try; doubled before each further one."""
READ_PAUSE_MOST_S: Final = 20.0
"""Ours: a longer wait is not stood through; whoever asked is told of it."""
OVERLAP_S: Final = 300
"""How far before its watermark an incremental pull begins: rows commit later than they are stamped."""

BULK_READ_FROM: Final = 50_000
"""Rows from which a pull goes by Bulk API 2.0 query; ours, an option of the connection."""
BULK_READ_PAGE: Final = 50_000
"""Rows asked for in one page of a bulk query's results [bulk]."""
BULK_POLL_FIRST_S: Final = 0.5
BULK_POLL_MOST_S: Final = 10.0
BULK_READ_WAIT_S: Final = 7_200.0
"""How long a pull waits for its bulk query before it gives up; ours."""

BULK_PART_BYTES: Final = 90_000_000
"""Ours: one upload ends at 150 MB after base64, which is 100 MB raw [bulk]."""
BULK_CELL_CHARACTERS: Final = 32_000
"""Most characters of one cell of an upload [csv]."""
