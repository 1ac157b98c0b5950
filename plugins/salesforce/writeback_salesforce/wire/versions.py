"""Version tokens: a record's SystemModstamp, in one form whichever way it was read.

REST writes ``2022-03-17T15:37:35.000+0000``, Bulk ``2022-03-17T15:37:35.000Z``; the token is the latter, so
tokens sort as text and a token from a bulk pull equals the one from a single read.

The condition on a write, ``If-Unmodified-Since``, is compared with LastModifiedDate to the whole second.
SystemModstamp is never older than LastModifiedDate, so a condition made from it refuses no unchanged
record. Two edits within the base's own second are not told apart: Salesforce offers nothing finer, whoever
needs it compares fields.
"""

from datetime import UTC, datetime
from email.utils import format_datetime

from writeback.errors import ContractBrokenError


def token_of(text: str | None) -> str | None:
    """Give the version token of a stamp as Salesforce wrote it."""
    if not text:
        return None
    if text.endswith("+0000"):
        return text[:-5] + "Z"
    return text if text.endswith("Z") else wire_moment(moment_of(text))


def moment_of(token: str) -> datetime:
    """Give the moment a token stands for.

    Raises:
        ContractBrokenError: We never made such a token.
    """
    try:
        moment = datetime.fromisoformat(token)
    except ValueError:
        raise ContractBrokenError("salesforce.bad_version", given=token[:40]) from None
    if moment.tzinfo is None:
        raise ContractBrokenError("salesforce.bad_version", given=token[:40])
    return moment.astimezone(UTC)


def wire_moment(moment: datetime) -> str:
    """Write a moment the way both APIs read it: UTC, milliseconds, Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def http_date(token: str) -> str:
    """Give the token's second as an HTTP date, for `If-Unmodified-Since`."""
    return format_datetime(moment_of(token), usegmt=True)
