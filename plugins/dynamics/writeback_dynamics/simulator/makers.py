"""Small pieces the invented rows are made of: each a function of the row number, or of other columns."""

import re
from collections import abc
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from writeback_dynamics.simulator import words
from writeback_dynamics.simulator.catalogue import SEGMENTS, TIERS
from writeback_dynamics.simulator.schema import Ref
from writeback_dynamics.simulator.tables import Getter, Maker

USERS = 24
_START = datetime(2024, 1, 1, tzinfo=UTC)
_PLAIN = str.maketrans(
    "åöüßçéèêíñóúøæłžščřğıÅÖÜÇÉÍÑÓÚØŁŽŠČŘÞáäřőýě'", "aousceeeinouoalzscrgiAOUCEINOUOLZSCRTaaroye-"
)


def moment_text(at: datetime) -> str:
    """Give a moment the way the API shows it, to the second as it is stored."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def owner_row(row: int) -> int:
    """Give the user row that owns a row: neither the one signed in nor the disabled one."""
    return 1 + row * 13 % (USERS - 2)


def pick(values: abc.Sequence[object], step: int, shift: int = 0) -> Maker:
    """Go through values in steps."""
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def always(value: object) -> Maker:
    """Give every row the same."""
    return lambda _row: value


def amount(whole: int) -> Decimal:
    """Give an amount of money, with four decimals as it is stored."""
    return Decimal(whole).quantize(Decimal("1.0000"))


def day(days: int) -> str:
    """Give a date so many days after the start."""
    return (_START + timedelta(days=days)).strftime("%Y-%m-%d")


def moment(seconds: int) -> str:
    """Give a moment so many seconds after the start."""
    return moment_text(_START + timedelta(seconds=seconds))


def account_name(row: int, shift: int) -> str:
    """Name an account; every fortieth is hostile."""
    if row % 40 == 7:
        return words.HOSTILE_NAMES[row // 40 % len(words.HOSTILE_NAMES)]
    place = words.PLACES[(row * 7 + shift) % 25]
    trade = words.TRADES[(row // 25 + row * 3 + shift) % 20]
    form = words.FORMS[(row // 500 + row) % 10]
    again = row // 5000
    return f"{place} {trade} {form}{f' {again + 1}' if again else ''}"


def address_makers(shift: int) -> dict[str, Maker]:
    """Make the columns of an address."""

    def street(row: int) -> str:
        unit = f"\nUnit {row % 17}" if row % 6 == 1 else ""
        return f"{words.STREETS[row % 7]} {1 + row * 7 % 240}{unit}"

    return {
        "address1_line1": sometimes(street, 10),
        "address1_city": pick(words.CITIES, 3, shift),
        "address1_postalcode": lambda row: f"{row * 911 % 100_000:05d}",
        "address1_country": pick(words.COUNTRIES, 5, shift),
    }


def segments(row: int) -> str | None:
    """Choose up to two segments."""
    if row % 5 == 0:
        return None
    known = tuple(SEGMENTS)
    chosen = sorted({known[row % 6], known[row // 6 % 6]})
    return ",".join(map(str, chosen))


def mail_name(word: str) -> str:
    """Give a name without its accents, for an e-mail address."""
    return word.translate(_PLAIN).lower()


def user_email(row: int) -> str:
    """Give a user's address."""
    first = mail_name(words.FIRST[row * 5 % len(words.FIRST)])
    last = mail_name(words.LAST[row * 7 % len(words.LAST)])
    return f"{first}.{last}.{row}@northwind.example"


def full_name(get: Getter) -> object:
    """Join first and last name."""
    return " ".join(str(part) for part in (get("firstname"), get("lastname")) if part) or None


def owner_if(get: Getter, entity: str) -> object:
    """Give the owner if it is of that table."""
    owner = get("ownerid")
    return owner if isinstance(owner, Ref) and owner.entity == entity else None


def rate_of(get: Getter, rates: abc.Mapping[str, Decimal]) -> Decimal | None:
    """Give the exchange rate of a row's currency."""
    currency = get("transactioncurrencyid")
    return rates.get(currency.id) if isinstance(currency, Ref) else None


def base_of(column: str, rates: abc.Mapping[str, Decimal]) -> abc.Callable[[Getter], object]:
    """Make the amount in the organisation's currency."""

    def compute(get: Getter) -> object:
        amount, rate = get(column), rate_of(get, rates)
        if not isinstance(amount, Decimal) or rate is None:
            return None
        return (amount / rate).quantize(Decimal("1.0000"))

    return compute


def score(get: Getter) -> object:
    """Compute the score from the number of people."""
    people = get("numberofemployees")
    return people // 10 if isinstance(people, int) else None


def tier_text(get: Getter) -> object:
    """Give the tier as text."""
    tier = get("wb_tier")
    return TIERS.get(tier) if isinstance(tier, int) else None


def number_in(pattern: str) -> abc.Callable[[str], abc.Iterable[int]]:
    """Make a probe that reads a row number out of a value."""
    found = re.compile(pattern, re.IGNORECASE)

    def probe(wanted: str) -> abc.Iterable[int]:
        match = found.fullmatch(wanted)
        return () if match is None else (int(match[1]),)

    return probe


def four_rows(number: str) -> abc.Iterable[int]:
    """Give the four rows (one a region) that have a local number from the start."""
    first = (int(number) - 1) * 4 if number.isdigit() else -4
    return range(first, first + 4)
