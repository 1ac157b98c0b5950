"""Moments as the API shows them: ISO 8601 with the offset of the user's zone, whole seconds.

All stamps of one org carry one offset, so they compare as texts.
"""

import re
from datetime import UTC, datetime, timedelta, timezone

from writeback.errors import ConfigurationError

_FORM = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?(\.\d{1,6})?(Z|[+-]\d{2}:?\d{2})")


class Zone:
    """The zone of the signed-in user; a fixed offset, so that no date is ambiguous."""

    def __init__(self, offset: str) -> None:
        found = re.fullmatch(r"([+-])(\d{2}):(\d{2})", offset)
        if found is None:
            raise ConfigurationError("simulator.bad_option", option="utc_offset", value=offset)
        minutes = int(found[2]) * 60 + int(found[3])
        self.offset = offset
        self.tz = timezone(timedelta(minutes=-minutes if found[1] == "-" else minutes))

    def show(self, at: datetime) -> str:
        """Give a moment as a text, to the second."""
        return at.astimezone(self.tz).strftime("%Y-%m-%dT%H:%M:%S") + self.offset

    def read(self, given: str) -> str | None:
        """Give the same moment in this zone, or None when the text is no moment with an offset."""
        at = parse(given)
        try:
            return None if at is None else self.show(at)
        except OverflowError:  # the user's own clock would show a year that there is none of
            return None


def parse(given: str) -> datetime | None:
    """Read an ISO 8601 moment that names its offset."""
    if not _FORM.fullmatch(given):
        return None
    try:
        return datetime.fromisoformat(given).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def is_date(given: str) -> bool:
    """Say whether a text is a calendar date."""
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        return False
    try:
        datetime.strptime(given, "%Y-%m-%d").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True
