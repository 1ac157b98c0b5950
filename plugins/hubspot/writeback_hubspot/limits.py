"""HubSpot's numbers, each with the page it comes from. Numbers only: nothing here acts.

Pages: [search] *Search the CRM*; [errors] *Error handling*; [versions] *Date-based API versioning*.
Addresses: README.
"""

from typing import Final

API_VERSIONS: Final = ("2026-03", "2026-09", "v3")
"""What the connector speaks, the default first [versions]. 2026-09 enforces admin write validation."""
API_VERSION: Final = API_VERSIONS[0]
API_ORIGIN: Final = "https://api.hubapi.com"

BATCH_ROWS: Final = 100
"""Inputs of one batch call [errors]; of one association batch we send no more either."""
HISTORY_ROWS: Final = 50
"""Inputs of one batch read with history (contract, sections 6 and 10)."""
HISTORY_KEPT: Final = 20
"""A property with fewer values than these has forgotten none; one with more may have, unless it still tells a
value older than the version asked about. Unverified."""
LIST_ROWS: Final = 100
"""Records on one page of a list."""
SEARCH_ROWS: Final = 200
"""Records on one page of a search [search]."""
SEARCH_BODY: Final = 3_000
"""Most characters of a search [search]; ours counts the filters alone."""
SEARCH_GROUPS: Final = 5
SEARCH_GROUP_FILTERS: Final = 6
SEARCH_FILTERS: Final = 18
"""The smaller of the two sets of limits that HubSpot's pages name [search]."""
SEARCH_OWN_FILTERS: Final = 2
"""Filters of our own in every group: changed since, and where the last page ended."""
SEARCH_PAUSE_S: Final = 0.22
"""Between two searches of one session: five a second for the whole account [search]."""
LIST_ADDRESS: Final = 6_000
"""Ours: a longer query of a list (414) is asked as a batch read instead."""

OVERLAP_S: Final = 300
"""How far before its watermark an incremental pull begins: the search index lags behind writes. Ours."""
OWNERS_KEPT_S: Final = 300
"""How long the list of owners is taken for true; ours."""
LINKED_KEPT: Final = 50_000
"""Records reached through references that one pull remembers; ours."""

READ_TRIES: Final = 4
"""How often a read that HubSpot takes by POST is asked; the transport repeats only GET."""
READ_PAUSE_S: Final = 0.5
READ_PAUSE_MOST_S: Final = 20.0
"""A longer wait is not stood through: whoever asked is told of it."""
TEXT_CHARACTERS: Final = 65_536
"""Most characters of a text value; unverified."""
TOKEN_LIFE_S: Final = 1_800
"""Life of an access token that does not tell its own."""
