"""Make the rows of the simulated org from a seed and a row number.

Every value is a function of the row number: nothing is stored, so a hundred thousand accounts start at once.
Some rows hold hostile text on purpose (`words`).
"""

from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from writeback.sdk.simulator import mix
from writeback_zoho.simulator import catalogue as known
from writeback_zoho.simulator import words
from writeback_zoho.simulator.ids import Ids
from writeback_zoho.simulator.stamps import Zone
from writeback_zoho.simulator.tables import Getter, Maker, Seeds

USERS = 40
INACTIVE = (17, 39)
NAMESAKES = (7, 8)  # two users share one full name
_START = datetime(2024, 1, 1, tzinfo=UTC)
_SPAN_S = 600 * 86400
_ASCII = str.maketrans(
    "ÁÉÍÓÚáéíóúàèöøüäëçÇÜÖÎîÑñłŁšŠžŽćřčąęńśźżýÝŘåÅïô'âêû",
    "AEIOUaeiouaeooua" + "ecCUOIiNnlLsSzZcrcaenszzyYRaAio-aeu",
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows each module starts with."""

    accounts: int
    seed: int

    @property
    def org(self) -> int:
        """Give the 7 digits that ids start with: another seed is another org."""
        return 3_000_000 + mix(self.seed, 5) % 6_000_000

    @property
    def contacts(self) -> int:
        """Three contacts to four accounts, so that some accounts have none."""
        return self.accounts * 3 // 4

    @property
    def deals(self) -> int:
        """One for every second account."""
        return self.accounts // 2

    @property
    def plans(self) -> int:
        """One for every fourth account."""
        return self.accounts // 4


class Seeding:
    """The makers of one org."""

    def __init__(self, sizes: Sizes, zone: Zone, ids: abc.Mapping[str, Ids]) -> None:
        self._sizes = sizes
        self._zone = zone
        self._ids = ids
        self._shift = mix(sizes.seed, 1) % 5000

    def seeds(self) -> dict[str, Seeds]:
        """Say how the rows of every module are made."""
        return {
            "Accounts": self._accounts(),
            "Contacts": self._contacts(),
            "Deals": self._deals(),
            "Service_Plans": self._plans(),
            "Users": self._users(),
        }

    def _users(self) -> Seeds:
        def name(row: int) -> int:
            return NAMESAKES[0] if row == NAMESAKES[1] else row

        def first(row: int) -> str:
            return words.FIRST[name(row) % 26]

        def last(row: int) -> str:
            return words.LAST[(name(row) * 3 + name(row) // 26 + self._shift) % 26]

        makers: dict[str, Maker] = {
            "first_name": first,
            "last_name": last,
            "full_name": lambda row: f"{first(row)} {last(row)}",
            "email": lambda row: f"{plain(first(row))}.{plain(last(row))}.{row}@fjordline.example",
            "status": lambda row: "inactive" if row in INACTIVE else "active",
        }
        return Seeds(USERS, makers)

    def _stamps(self, rows: int) -> dict[str, Maker]:
        step = max(1, min(3600, _SPAN_S // max(rows, 1)))
        days: dict[int, str] = {}
        start = _START.replace(tzinfo=self._zone.tz)
        user = self._ids["Users"].of

        def stamp(row: int, back: int = 0) -> str:
            day, second = divmod(row * step, 86400)
            text = days.get(day - back)
            if text is None:
                text = days[day - back] = (start + timedelta(days=day - back)).strftime("%Y-%m-%d")
            return f"{text}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}{self._zone.offset}"

        return {
            "Owner": lambda row: user(owner_of(row)),
            "Created_By": _always(user(0)),
            "Modified_By": lambda row: user(owner_of(row)),
            "Created_Time": lambda row: stamp(row, 200),
            "Modified_Time": stamp,
        }

    def _accounts(self) -> Seeds:
        shift, own, sizes = self._shift, self._ids["Accounts"].of, self._sizes
        user, contact = self._ids["Users"].of, self._ids["Contacts"].of
        makers: dict[str, Maker] = {
            "Account_Name": lambda row: _account_name(row, shift),
            "Account_Site": _sometimes(_pick(words.TEAMS, 1, shift), 3),
            "Parent_Account": lambda row: own(row // 10) if row % 10 == 3 else None,
            "Account_Number": lambda row: str(row + 100_000),
            "Account_Type": _sometimes(_pick(known.ACCOUNT_TYPES, 1, shift), 7),
            "Industry": _sometimes(_pick(known.INDUSTRIES, 7, shift), 11),
            "Annual_Revenue": _sometimes(lambda row: 1000 * (row * 7919 % 99_991), 9),
            "Rating": _pick((*known.RATINGS, None), 3, shift),
            "Ownership": _pick((*known.OWNERSHIPS, None), 5, shift),
            "Phone": _sometimes(lambda row: f"+44 20 {row * 37 % 10_000:04d} {row % 10_000:04d}", 8),
            "Website": _sometimes(lambda row: f"https://www.account{row}.example", 6),
            "Employees": _sometimes(lambda row: 1 + row * 31 % 9_000, 13),
            "SIC_Code": _sometimes(lambda row: 1000 + row % 8999, 4),
            **_address("Billing", every=10),
            **_address("Shipping", every=2),
            "Description": _sometimes(_pick(words.NOTES, 1), 3, 1),
            "Account_Code": lambda row: f"ACC-{row + 1:06d}",
            "Active": lambda row: row % 3 != 0,
            "Segments": _segments,
            "Tier": _pick((*known.TIERS, None), 1, shift),
            "Contract_Value": _sometimes(lambda row: (row * 104_729 % 10_000_000) / 100, 5, 2),
            "Seats": _sometimes(lambda row: row * 17 % 5_000, 7, 3),
            "Usage_Index": _sometimes(lambda row: (row * 977 % 100_000) / 1000, 6),
            "Health": _sometimes(lambda row: (row * 53 % 10_001) / 100, 4, 1),
            "Renewal_Date": _sometimes(lambda row: _date(700 + row * 11 % 900), 6, 2),
            "Last_Review": _sometimes(self._review, 5, 4),
            "External_Id": lambda row: f"A-{row:07d}",
            "Notes_Text": _sometimes(_pick(words.NOTES, 3), 2),
            "Success_Manager": _sometimes(lambda row: user(owner_of(row + 5)), 4),
            "Primary_Contact": lambda row: contact(row) if row % 4 == 0 and row < sizes.contacts else None,
            **self._stamps(sizes.accounts),
        }
        return Seeds(sizes.accounts, makers, {"Value_per_Seat": _value_per_seat})

    def _review(self, row: int) -> str:
        at = _START + timedelta(hours=row * 7 % 15_000, minutes=row % 60)
        return self._zone.show(at)

    def _contacts(self) -> Seeds:
        first, last = _pick(words.FIRST, 11, self._sizes.seed), _pick(words.LAST, 5, self._sizes.seed)
        account, parents = self._ids["Accounts"].of, max(1, self._sizes.accounts)
        makers: dict[str, Maker] = {
            "Salutation": _pick(("Ms.", "Mr.", "Dr.", None), 1),
            "First_Name": _sometimes(first, 17),
            "Last_Name": last,
            "Email": _sometimes(lambda row: f"{plain(str(first(row)))}.{row}@client.example", 9),
            "Account_Name": lambda row: account(row % parents),
            "Title": _pick(words.TITLES, 3),
            "Department": _sometimes(_pick(words.TEAMS, 3), 4),
            "Phone": lambda row: f"+49 30 {row * 7 % 1_000_000:06d}",
            "Lead_Source": _pick((*known.SOURCES, None), 1),
            "Date_of_Birth": _sometimes(
                lambda row: f"{1950 + row % 50}-{1 + row % 12:02d}-{1 + row % 28:02d}", 3
            ),
            "Email_Opt_Out": lambda row: row % 5 == 2,
            "Account_Role": _pick((*known.ACCOUNT_ROLES, None), 1),
            "Mailing_Street": _sometimes(_street, 5),
            "Mailing_City": _pick(words.CITIES, 5),
            "Mailing_Zip": lambda row: f"{row * 911 % 100_000:05d}",
            "Mailing_Country": _pick(words.COUNTRIES, 3),
            "Description": _sometimes(_pick(words.NOTES, 1), 2),
            "Languages_Known": lambda row: tuple(
                known.LANGUAGES[place] for place in sorted({row % 6, row // 6 % 6})
            ),
            **self._stamps(self._sizes.contacts),
        }
        return Seeds(self._sizes.contacts, makers, {"Full_Name": _full_name})

    def _deals(self) -> Seeds:
        account, parents = self._ids["Accounts"].of, max(1, self._sizes.accounts)
        contact, contacts = self._ids["Contacts"].of, self._sizes.contacts

        def stage(row: int) -> tuple[str, int]:
            return known.STAGES[(row * 3 + self._sizes.seed) % 7]

        makers: dict[str, Maker] = {
            "Deal_Name": lambda row: f"{words.PLACES[row % 25]} renewal {row}",
            "Stage": lambda row: stage(row)[0],
            "Probability": lambda row: stage(row)[1],
            "Amount": _sometimes(lambda row: (row * 15_485_863 % 50_000_000) / 100, 6),
            "Closing_Date": lambda row: _date(row * 3 % 900),
            "Account_Name": lambda row: account(row % parents),
            "Contact_Name": lambda row: contact(row % contacts) if contacts and row % 3 else None,
            "Type": _sometimes(_pick(("Existing Business", "New Business"), 1), 4),
            "Next_Step": _sometimes(lambda row: words.HOSTILE_NAMES[row % 12], 2),
            "Lead_Source": _pick((*known.SOURCES, None), 1),
            "Reason_For_Loss": lambda row: known.LOSSES[row % 4] if stage(row)[0] == "Closed Lost" else None,
            "Description": _sometimes(_pick(words.NOTES, 1), 3),
            **self._stamps(self._sizes.deals),
        }
        return Seeds(self._sizes.deals, makers, {"Expected_Revenue": _expected})

    def _plans(self) -> Seeds:
        account, parents = self._ids["Accounts"].of, max(1, self._sizes.accounts)
        makers: dict[str, Maker] = {
            "Name": lambda row: f"Plan {row + 1} – {words.PLACES[row % 25]}",
            "Account": lambda row: account(row % parents),
            "Plan_Level": _pick(known.LEVELS, 1),
            "Monthly_Fee": lambda row: (row * 8_191 % 100_000) / 100,
            "Starts_On": lambda row: _date(row * 5 % 800),
            "Renewed_At": _sometimes(self._review, 3),
            "Auto_Renew": lambda row: row % 2 == 0,
            "Add_Ons": lambda row: () if row % 4 == 0 else (known.ADD_ONS[row % 4],),
            "Terms": _sometimes(_pick(words.NOTES, 1), 2),
            **self._stamps(self._sizes.plans),
        }
        return Seeds(self._sizes.plans, makers)


def owner_of(row: int) -> int:
    """Give the user row that owns a record from the start (never an inactive one)."""
    owner = 1 + row * 13 % (USERS - 2)
    return owner + 1 if owner in INACTIVE else owner


def plain(text: str) -> str:
    """Give a name in letters an e-mail address may have."""
    return text.translate(_ASCII).encode("ascii", "ignore").decode().lower()


def _always(value: object) -> Maker:
    return lambda _row: value


def _pick(values: abc.Sequence[object], step: int, shift: int = 0) -> Maker:
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def _sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def _date(days: int) -> str:
    return (_START + timedelta(days=days)).strftime("%Y-%m-%d")


def _account_name(row: int, shift: int) -> str:
    if row % 40 == 7:
        return words.HOSTILE_NAMES[row // 40 % len(words.HOSTILE_NAMES)]
    place = words.PLACES[(row * 7 + shift) % 25]
    trade = words.TRADES[(row // 25 + row * 3 + shift) % 20]
    form = words.FORMS[(row // 500 + row) % 10]
    again = row // 5000
    return f"{place} {trade} {form}{f' {again + 1}' if again else ''}"


def _street(row: int) -> str:
    unit = f", Unit {row % 17}" if row % 6 == 1 else ""
    return f"{1 + row * 7 % 240} {words.STREETS[row % 7]}{unit}"


def _address(prefix: str, *, every: int) -> dict[str, Maker]:
    return {
        f"{prefix}_Street": _sometimes(_street, every),
        f"{prefix}_City": _sometimes(_pick(words.CITIES, 3), every),
        f"{prefix}_Code": _sometimes(lambda row: f"{row * 911 % 100_000:05d}", every),
        f"{prefix}_Country": _sometimes(_pick(words.COUNTRIES, 5), every),
    }


def _segments(row: int) -> tuple[str, ...]:
    if row % 5 == 0:
        return ()
    return tuple(known.SEGMENTS[place] for place in sorted({row % 6, row // 6 % 6}))


def _value_per_seat(get: Getter) -> object:
    value, seats = get("Contract_Value"), get("Seats")
    if not isinstance(value, int | float) or not isinstance(seats, int) or not seats:
        return None
    return round(value / seats, 2)


def _full_name(get: Getter) -> object:
    return " ".join(str(part) for part in (get("First_Name"), get("Last_Name")) if part)


def _expected(get: Getter) -> object:
    amount, probability = get("Amount"), get("Probability")
    if not isinstance(amount, int | float) or not isinstance(probability, int):
        return None
    return round(amount * probability / 100, 2)
