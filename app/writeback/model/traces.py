"""What is kept in the workspace of who changed a value in the CRM: sentences that are told anew later."""

from collections import abc
from typing import Final

from writeback.model.wording import mark

TELLS: Final[abc.Mapping[tuple[bool, bool], str]] = {
    (False, False): mark("Changed in the CRM at {at} UTC."),
    (False, True): mark("Changed in the CRM by {by} at {at} UTC."),
    (True, False): mark("Written, then changed in the CRM at {at} UTC."),
    (True, True): mark("Written, then changed in the CRM by {by} at {at} UTC."),
}
"""By whether it was ours and whether somebody is named; kept in the workspace as they stand here."""
