"""Record ids: decimal strings of 18 digits, beyond what a float holds exactly.

Row number n of a module has the n-th id, so that either can be computed from the other, and ids sort in the
order of row numbers.
"""

LENGTH = 18
_ROWS = 10**9


class Ids:
    """The ids of one module: 7 digits for the org, 2 for the module, 9 for the row."""

    def __init__(self, org: int, module: int) -> None:
        self._first = (org * 100 + module) * _ROWS + 1_001

    def of(self, row: int) -> str:
        """Give the id of a row number."""
        return str(self._first + row)

    def row(self, given: object) -> int | None:
        """Give the row number of an id (text or number), or None when it cannot be one of these."""
        number = as_number(given)
        if number is None:
            return None
        row = number - self._first
        return row if 0 <= row < _ROWS - 1_001 else None

    def bound(self, number: int) -> int:
        """Give the row number a value would have, however far outside."""
        return number - self._first


def as_number(given: object) -> int | None:
    """Read an id that came as text or as a JSON number (Zoho's own Python SDK sends numbers)."""
    if isinstance(given, bool):
        return None
    if isinstance(given, int):
        return given
    if isinstance(given, str) and given.isascii() and given.isdigit():
        return int(given)
    return None
