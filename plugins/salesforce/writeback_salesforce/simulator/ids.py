"""Record ids: 15 case-sensitive characters, and 3 of checksum that make 18 case-insensitive ones.

Row number n of an object has the n-th id, so that either can be computed from the other, and ids sort
(as text) in the order of row numbers.
"""

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_SUFFIX = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
_VALUE = {digit: value for value, digit in enumerate(DIGITS)}
_UPPER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
_POD = "5fSim"  # characters 4 to 8: instance and what is reserved
_TWO = [a + b for a in DIGITS for b in DIGITS]
_TWO_MASK = [a.isupper() + 2 * b.isupper() for a in DIGITS for b in DIGITS]


def checksum(short: str) -> str:
    """Give the three characters that belong to an id of 15."""
    suffix = ""
    for start in (0, 5, 10):
        bits = sum(1 << place for place, sign in enumerate(short[start : start + 5]) if "A" <= sign <= "Z")
        suffix += _SUFFIX[bits]
    return suffix


class Ids:
    """The ids of one object."""

    def __init__(self, prefix: str, *, first: int = 0) -> None:
        self.prefix = prefix
        self._first = first
        self._head = prefix + _POD + "00"
        whole = checksum(self._head + "00000")
        self._first_two = whole[:2]

    def of(self, row: int) -> str:
        """Give the id of a row number, 18 characters."""
        rest, low = divmod(row + self._first, 3844)
        first, high = divmod(rest, 3844)
        last = (DIGITS[first] in _UPPER) + 2 * _TWO_MASK[high] + 8 * _TWO_MASK[low]
        return f"{self._head}{DIGITS[first]}{_TWO[high]}{_TWO[low]}{self._first_two}{_SUFFIX[last]}"

    def row(self, given: str) -> int | None:
        """Give the row number of an id of 15 or 18 characters, or None when it cannot be one of these."""
        short = given[:15] if len(given) == 15 else _short(given)
        if short is None or not short.startswith(self._head):
            return None
        row = 0
        for sign in short[10:]:
            row = row * 62 + _VALUE[sign]
        return row - self._first if row >= self._first else None


def is_id(given: object) -> bool:
    """Say whether a text has the form of an id."""
    return isinstance(given, str) and given.isascii() and given.isalnum() and len(given) in (15, 18)


def lengthened(given: str) -> str:
    """Give the 18 characters of an id; what is no id is given back."""
    short = given if len(given) == 15 else _short(given)
    return given if short is None else short + checksum(short)


def _short(given: str) -> str | None:
    """Give the 15 characters of 18, with the case the checksum tells."""
    if len(given) != 18 or not given.isalnum() or not given.isascii():
        return None
    if checksum(given[:15]) == given[15:]:
        return given[:15]
    out = []
    for part in range(3):
        bits = _SUFFIX.find(given[15 + part].upper())
        if bits < 0:
            return None
        for place, sign in enumerate(given[part * 5 : part * 5 + 5]):
            out.append(sign.upper() if bits >> place & 1 else sign.lower())
    short = "".join(out)
    return short if checksum(short) == given[15:].upper() else None
