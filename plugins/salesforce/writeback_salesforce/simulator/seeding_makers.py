"""What seeded rows are made of: sizes, moments, and makers of values that need no row before them."""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from writeback_salesforce.simulator import words
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.tables import Getter, Maker, Seeds

USERS = 40
SAME_EMAIL = (7, 8)  # two users share one e-mail address
INACTIVE = 39
QUEUES = ("Inbound Leads", "Support Queue", "Renewals Desk")
START = datetime(2024, 1, 1, tzinfo=UTC)
SPAN_S = 600 * 86400
ASCII = str.maketrans("áíúøöüñıëÁØŞå'", "aiuooungeAOSa-")
INDUSTRIES = words.listed(
    """
    Agriculture Apparel Banking Biotechnology Chemicals Communications Construction Consulting Education
    Electronics Energy Engineering Entertainment Environmental Finance Government Healthcare Hospitality
    Insurance Machinery Manufacturing Media Recreation Retail Shipping Technology Telecommunications
    Transportation Utilities Other
    """
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows each object starts with."""

    accounts: int
    seed: int

    @property
    def contacts(self) -> int:
        """Three contacts to four accounts, so that some accounts have none."""
        return self.accounts * 3 // 4

    @property
    def opportunities(self) -> int:
        """One for every second account."""
        return self.accounts // 2

    @property
    def leads(self) -> int:
        """One for every fifth account."""
        return self.accounts // 5

    @property
    def cases(self) -> int:
        """One for every tenth account."""
        return self.accounts // 10


def moment(at: datetime) -> str:
    """Give a moment the way the API shows it, to the second as the vendor stores it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def owner_of(row: int) -> int:
    """Give the user row that owns a record from the start (never the inactive one)."""
    return 1 + row * 13 % (USERS - 2)


def pick(values: abc.Sequence[object], step: int, shift: int = 0) -> Maker:
    """Take the values in turn, so many steps from row to row."""
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def stamped(rows: int, *, prefix_user: Ids) -> tuple[dict[str, Maker], abc.Callable[[str], int]]:
    """Make creation and change stamps that grow with the row, and find the first row at or after a moment."""
    step = max(1, min(3600, SPAN_S // max(rows, 1)))
    days: dict[int, str] = {}

    def stamp(row: int, back: int = 0) -> str:
        day, second = divmod(row * step, 86400)
        day -= back
        text = days.get(day)
        if text is None:
            text = days[day] = (START + timedelta(days=day)).strftime("%Y-%m-%d")
        return f"{text}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000+0000"

    def first_row_at(wanted: str) -> int:
        try:
            at = datetime.strptime(wanted, "%Y-%m-%dT%H:%M:%S.%f%z")
        except ValueError:
            return 0
        return max(0, -int(-(at - START).total_seconds() // step))

    makers: dict[str, Maker] = {
        "CreatedDate": lambda row: stamp(row, 200),
        "CreatedById": always(prefix_user.of(0)),
        "LastModifiedDate": stamp,
        "LastModifiedById": lambda row: prefix_user.of(owner_of(row)),
        "SystemModstamp": stamp,
    }
    return makers, first_row_at


def seeds_of(rows: int, makers: abc.Mapping[str, Maker]) -> Seeds:
    """Put makers and stamps together."""
    stamps, first_row_at = stamped(rows, prefix_user=Ids("005"))
    seeds = Seeds(rows, {"IsDeleted": never, **makers, **stamps})
    seeds.first_row_at = first_row_at
    return seeds


def never(_row: int) -> object:
    """Say no."""
    return False


def always(fact: object) -> Maker:
    """Say the same of every row."""

    def make(_row: int) -> object:
        return fact

    return make


def number_in(pattern: str) -> abc.Callable[[str], abc.Iterable[int]]:
    """Find the rows whose number stands in a text of this pattern."""
    shape = re.compile(pattern, re.IGNORECASE)

    def rows(wanted: str) -> abc.Iterable[int]:
        match = shape.fullmatch(wanted)
        return (int(match[1]),) if match else ()

    return rows


def full_name(get: Getter) -> object:
    """Join first and last name, as the org computes it."""
    return " ".join(str(part) for part in (get("FirstName"), get("LastName")) if part) or None


def photo(get: Getter) -> object:
    """Give the address of a picture."""
    return f"/services/images/photo/{get('Id')}"


def score(get: Getter) -> object:
    """Compute the formula field of tier and seats."""
    seats = get("Seats__c")
    return f"{get('Tier__c') or ''} / {int(seats) if isinstance(seats, float) else ''}".strip(" /") or None


def expected(get: Getter) -> object:
    """Compute what an opportunity is worth by its probability."""
    amount, probability = get("Amount"), get("Probability")
    if not isinstance(amount, float) or not isinstance(probability, float):
        return None
    return round(amount * probability / 100, 2)


def address(prefix: str) -> abc.Callable[[Getter], object]:
    """Put a compound address together of its fields."""
    parts = ("City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "Street")

    def compound(get: Getter) -> object:
        told = {part[0].lower() + part[1:]: get(prefix + part) for part in parts}
        return told if any(value is not None for value in told.values()) else None

    return compound


def account_name(row: int, shift: int) -> str:
    """Name an account; some names are hostile text."""
    if row % 40 == 7:
        return words.HOSTILE_NAMES[row // 40 % len(words.HOSTILE_NAMES)]
    place = words.PLACES[(row * 7 + shift) % 25]
    trade = words.TRADES[(row // 25 + row * 3 + shift) % 20]
    form = words.FORMS[(row // 500 + row) % 10]
    again = row // 5000
    return f"{place} {trade} {form}{f' {again + 1}' if again else ''}"


def street(row: int) -> str:
    """Give a street and number."""
    unit = f"\nUnit {row % 17}, {words.PLACES[row % 25]} Park" if row % 6 == 1 else ""
    return f"{1 + row * 7 % 240} {words.STREETS[row % 7]}{unit}"
