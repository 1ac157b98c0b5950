"""Dataverse's numbers, each with the page it comes from. Numbers only: nothing here acts.

Pages: [page-results], [execute-batch-operations], [bulk-operations], [api-limits], [join-tables], [query]
*Use the Microsoft Dataverse Web API*. Addresses: README.
"""

from typing import Final

SERVICE_ROOT: Final = "/api/data/v9.2/"
"""The path of the Web API below an environment's address; the version is part of it."""

PAGE_ROWS: Final = 5_000
"""Most rows of one page [page-results]; also where `@odata.count` stops."""
MOST_EXPANDS: Final = 15
"""Most `$expand`s of one query [join-tables]."""

BATCH_PARTS: Final = 100
"""Ours: 10 to 100 parts in one $batch are advised; 1000 are the most [execute-batch-operations]."""
MULTIPLE_ROWS: Final = 200
"""Ours: rows in one UpdateMultiple, whose message has to end within two minutes [bulk-operations]."""

ADDRESS_BYTES: Final = 8_000
"""Ours. Longest query that we put into an address; longer ones go inside $batch with up to 64 KB [query]."""
KEYS_A_QUERY: Final = 100
"""Ours: most values of one `or` chain."""
OVERLAP_S: Final = 300
"""How far before its moment a pull by `modifiedon` begins: rows commit later than they are stamped."""
READ_TRIES: Final = 4
"""Ours: how often a read that goes by POST is asked; the transport repeats only GET."""
READ_PAUSE_S: Final = 0.5
"""Ours: before the second try, where no wait is stated [api-limits]; doubled before each further one."""
READ_PAUSE_MOST_S: Final = 20.0
"""Ours: a longer wait is not stood through; whoever asked is told of it."""
TARGETS_ASKED: Final = 5
"""Ours: so many tables of a polymorphic lookup are followed; `regardingobjectid` has dozens."""
