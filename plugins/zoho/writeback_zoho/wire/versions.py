"""Version tokens: a record's Modified_Time in UTC, whole seconds, so that tokens sort as text.

Zoho writes ``2026-01-15T15:26:49+05:30`` in the zone of the user. It keeps no fraction: two edits within one
second are not told apart by Zoho's own check either; whoever needs it compares fields.
"""

from datetime import UTC, datetime

from writeback.errors import ContractBrokenError, InvalidRequestError


def token_of(text: object) -> str | None:
    """Give the version token of a stamp as Zoho wrote it; None where there is none.

    Raises:
        InvalidRequestError: The stamp is no moment with a zone.
    """
    if text is None or text == "":
        return None
    moment = stamp_of(text)
    if moment is None:
        raise InvalidRequestError("zoho.unreadable_value", kind="datetime", found=type(text).__name__)
    return wire_moment(moment).replace("+00:00", "Z")


def stamp_of(text: object) -> datetime | None:
    """Give the moment of a stamp as Zoho wrote it; None for what is none, where nothing hangs on it."""
    try:
        return moment_of(text) if isinstance(text, str) else None
    except ContractBrokenError:
        return None


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
