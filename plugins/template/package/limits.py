"""Numbers of Acme, each with the page it comes from (here: made up)."""

from typing import Final

BATCH_ROWS: Final = 50
"""Most records of one batch: Acme API guide, *Batch*."""
LOOKUP_VALUES: Final = 50
"""Most values of one look-up: Acme API guide, *Lookup*."""
