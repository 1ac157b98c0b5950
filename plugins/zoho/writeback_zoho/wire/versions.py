"""Version tokens: a record's Modified_Time in UTC, whole seconds, so that tokens sort as text.

Zoho writes ``2026-01-15T15:26:49+05:30`` in the zone of the user. It keeps no fraction: two edits within one
second are not told apart by Zoho's own check either; whoever needs it compares fields.
"""

from datetime import UTC, datetime

from writeback.errors import ContractBrokenError


def token_of(text: object) -> str | None:
    """Give the version token of a stamp as Zoho wrote it."""
    if not isinstance(text, str) or not text:
        return None
    return wire_moment(moment_of(text)).replace("+00:00", "Z")


def moment_of(token: str) -> datetime:
    """Give the moment a token, or a stamp of Zoho's, stands for.

    Raises:
        ContractBrokenError: It is no moment with a zone.
    """
    try:
        moment = datetime.fromisoformat(token)
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    raise ContractBrokenError("zoho.bad_version", given=token[:40])


def wire_moment(moment: datetime) -> str:
    """Write a moment the way Zoho reads it: whole seconds, with an offset."""
    return moment.astimezone(UTC).replace(microsecond=0).isoformat()
