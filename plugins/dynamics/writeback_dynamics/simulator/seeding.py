"""Make the rows of the simulated environment from a seed and a row number.

Every function here is a function of the row number: nothing is stored, so a hundred thousand accounts start
at once. Some rows hold hostile text on purpose (`words`).
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from writeback.sdk.simulator import mix
from writeback_dynamics.simulator import words
from writeback_dynamics.simulator.catalogue import INDUSTRIES, SEGMENTS, TIERS
from writeback_dynamics.simulator.schema import Entity, Ref
from writeback_dynamics.simulator.tables import Getter, Ids, Maker, Seeds

USERS = 24
DISABLED = 23  # the user row that is disabled
TEAMS = ("Inside Sales", "Nordic Key Accounts", "Räumungsteam „Süd“")
CURRENCIES = (
    ("Euro", "EUR", "€", "1"),
    ("US Dollar", "USD", "$", "1.08"),
    ("Pound Sterling", "GBP", "£", "0.86"),
)
_START = datetime(2024, 1, 1, tzinfo=UTC)
_SPAN_S = 600 * 86400
_PLAIN = str.maketrans(
    "åöüßçéèêíñóúøæłžščřğıÅÖÜÇÉÍÑÓÚØŁŽŠČŘÞáäřőýě'", "aousceeeinouoalzscrgiAOUCEINOUOLZSCRTaaroye-"
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """How many rows each table starts with."""

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
    def projects(self) -> int:
        """One for every fourth account."""
        return self.accounts // 4

    @property
    def few(self) -> int:
        """One for every tenth account: leads and readings."""
        return self.accounts // 10


class Seeding:
    """Makes the seeds of every table."""

    def __init__(self, sizes: Sizes, entities: abc.Mapping[str, Entity]) -> None:
        self._sizes = sizes
        self._shift = mix(sizes.seed, 1) % 5000
        self._ids = {name: Ids(name, sizes.seed) for name in entities}
        self._messages = [
            (entity.name, message) for entity in entities.values() for message in entity.messages
        ]

    def seeds(self) -> dict[str, Seeds]:
        """Say how the rows of every table are made."""
        return {
            "account": self._accounts(),
            "contact": self._contacts(),
            "lead": self._leads(),
            "opportunity": self._opportunities(),
            "wb_project": self._projects(),
            "wb_reading": self._readings(),
            "systemuser": self._users(),
            "team": self._teams(),
            "businessunit": Seeds(1, {"name": _always("northwind")}),
            "transactioncurrency": self._currencies(),
            "sdkmessage": Seeds(4, {"name": lambda row: _MESSAGES[row]}),
            "sdkmessagefilter": self._filters(),
        }

    def _ref(self, entity: str, row: int) -> Ref:
        return Ref(entity, self._ids[entity].of(row))

    def _accounts(self) -> Seeds:
        shift, contacts = self._shift, self._sizes.contacts
        makers: dict[str, Maker] = {
            "name": lambda row: _account_name(row, shift),
            "accountnumber": lambda row: f"A-{row:07d}",
            "wb_externalid": lambda row: f"EXT{row:07d}",
            "wb_region": _pick(("NORTH", "SOUTH", "EAST", "WEST"), 1),
            "wb_localnumber": lambda row: row // 4 + 1,
            "telephone1": _sometimes(lambda row: f"+45 {row * 37 % 10_000:04d} {row % 10_000:04d}", 8),
            "emailaddress1": _sometimes(lambda row: f"office{row}@client.example", 7),
            "websiteurl": _sometimes(lambda row: f"https://www.account{row}.example", 6),
            "description": _sometimes(_pick(words.HOSTILE_NOTES, 1), 3, 1),
            "industrycode": _sometimes(_pick(tuple(INDUSTRIES), 7, shift), 11),
            "accountcategorycode": _pick((1, 2, None), 1, shift),
            "numberofemployees": _sometimes(lambda row: 1 + row * 31 % 9_000, 13),
            "revenue": _sometimes(lambda row: _amount(1000 * (row * 7919 % 99_991)), 9),
            "creditlimit": _sometimes(lambda row: _amount(50 * (row * 31 % 2_000)), 5, 2),
            "creditonhold": lambda row: row % 12 == 5,
            "primarycontactid": lambda row: (
                self._ref("contact", row) if row < contacts and row % 3 == 0 else None
            ),
            "parentaccountid": lambda row: self._ref("account", row // 10) if row % 10 == 3 else None,
            "wb_tier": _pick((100_000_000, 100_000_001, 100_000_002, None), 1, shift),
            "wb_segments": _segments,
            "wb_health": _sometimes(lambda row: Decimal(row * 53 % 10_001) / 100, 4, 1),
            "wb_growth": _sometimes(lambda row: (row * 71 % 4_000) / 16 - 100, 5, 3),
            "wb_renewaldate": _sometimes(lambda row: _day(700 + row * 11 % 900), 6, 2),
            "wb_lastreview": _sometimes(lambda row: _moment(row * 7 % 15_000 * 60), 5, 4),
            "wb_localopening": _sometimes(lambda row: _moment(row * 3 % 15_000 * 30), 7, 4),
            "wb_successmanager": _sometimes(lambda row: self._ref("systemuser", _owner(row + 5)), 4),
            "wb_securenote": _sometimes(lambda row: f"Note {row}", 3),
            **_address(shift),
        }
        seeds = self._owned("account", self._sizes.accounts, makers, money=("revenue", "creditlimit"))
        seeds.probes["accountnumber"] = _number_in(r"a-(\d{7})")
        seeds.probes["wb_externalid"] = _number_in(r"ext(\d{7})")
        seeds.children["parentaccountid"] = lambda parent: (parent * 10 + 3,)
        seeds.computed["wb_score"] = _score
        seeds.computed["wb_tiertext"] = _tier_text
        return seeds

    def _contacts(self) -> Seeds:
        accounts = max(1, self._sizes.accounts)
        rows = self._sizes.contacts

        def company(row: int) -> Ref | None:
            if row % 17 == 4:
                return self._ref("contact", row - 1)
            return None if row % 29 == 8 else self._ref("account", row % accounts)

        def email(row: int) -> str:
            name = str(words.FIRST[row * 11 % len(words.FIRST)]).translate(_PLAIN).lower()
            return f"{name}.{row}@client.example"

        makers: dict[str, Maker] = {
            "firstname": _pick(words.FIRST, 11),
            "lastname": _pick(words.LAST, 5, self._shift),
            "emailaddress1": _sometimes(email, 9),
            "telephone1": lambda row: f"+49 30 {row * 7 % 1_000_000:06d}",
            "jobtitle": _pick(words.TITLES, 3),
            "description": _sometimes(_pick(words.HOSTILE_NOTES, 2), 2),
            "gendercode": _pick((1, 2, None), 1),
            "preferredcontactmethodcode": _pick((1, 2, 3), 1),
            "donotemail": lambda row: row % 7 == 1,
            "birthdate": _sometimes(
                lambda row: f"{1950 + row % 50}-{1 + row % 12:02d}-{1 + row % 28:02d}", 3
            ),
            "parentcustomerid": company,
            "creditlimit": _sometimes(lambda row: _amount(row * 13 % 900), 2),
            "wb_interests": _segments,
            **_address(self._shift + 3),
        }
        seeds = self._owned("contact", rows, makers, money=("creditlimit",))
        seeds.probes["emailaddress1"] = _number_in(r".*\.(\d+)@client\.example")
        seeds.children["parentcustomerid"] = lambda parent: (parent, parent + 1)
        seeds.computed["fullname"] = _full_name
        return seeds

    def _leads(self) -> Seeds:
        makers: dict[str, Maker] = {
            "firstname": _pick(words.FIRST, 7),
            "lastname": _pick(words.LAST, 3),
            "subject": lambda row: f"Interested in {words.TRADES[row % 20]}",
            "companyname": lambda row: _account_name(row * 3, self._shift + 9),
            "emailaddress1": lambda row: f"lead{row}@prospect.example",
            "description": _sometimes(_pick(words.HOSTILE_NOTES, 1), 2),
            "leadqualitycode": _pick((1, 2, 3, None), 1),
        }
        seeds = self._owned("lead", self._sizes.few, makers)
        seeds.computed["fullname"] = _full_name
        return seeds

    def _opportunities(self) -> Seeds:
        accounts, contacts = max(1, self._sizes.accounts), max(1, self._sizes.contacts)
        states = ((0, 1), (0, 2), (0, 1), (1, 3), (2, 4), (2, 5))
        makers: dict[str, Maker] = {
            "name": lambda row: (
                f"{words.TRADES[row * 3 % 20]} – phase {row % 4 + 1} “{words.PLACES[row % 25]}”"
            ),
            "description": _sometimes(_pick(words.HOSTILE_NOTES, 1), 2),
            "opportunityratingcode": _pick((1, 2, 3), 1),
            "closeprobability": _sometimes(lambda row: row * 10 % 101, 6),
            "stepname": _pick(("1-Qualify", "2-Develop", "3-Propose", "4-Close"), 1),
            "estimatedclosedate": _sometimes(lambda row: _day(900 + row * 13 % 500), 8),
            "estimatedvalue": _sometimes(lambda row: _amount(250 * (row * 77 % 9_999)), 7),
            "totalamount": lambda row: _amount(row % 50),
            "customerid": lambda row: (
                self._ref("contact", row % contacts)
                if row % 5 == 2 and self._sizes.contacts
                else self._ref("account", row % accounts)
            ),
            "parentaccountid": lambda row: self._ref("account", row % accounts),
            "statecode": lambda row: states[row % 6][0],
            "statuscode": lambda row: states[row % 6][1],
        }
        money = ("estimatedvalue", "totalamount")
        seeds = self._owned("opportunity", self._sizes.opportunities, makers, money=money)
        seeds.children["parentaccountid"] = lambda parent: (parent,)
        seeds.children["customerid"] = lambda parent: (parent,)
        return seeds

    def _projects(self) -> Seeds:
        accounts = max(1, self._sizes.accounts)
        makers: dict[str, Maker] = {
            "wb_name": lambda row: f"{words.PLACES[row % 25]} {words.TRADES[row % 20]} roll-out {row}",
            "wb_code": lambda row: f"P{row:06d}",
            "wb_account": lambda row: self._ref("account", row * 4 % accounts),
            "wb_lead": lambda row: self._ref("systemuser", _owner(row)),
            "wb_budget": _sometimes(lambda row: _amount(1_000 + row * 37 % 100_000), 6),
            "wb_phase": _pick((1, 2, 3), 1),
            "wb_tags": _segments,
            "wb_start": lambda row: _day(row * 5 % 1000),
            "wb_isbillable": lambda row: row % 3 != 0,
            "wb_notes": _sometimes(_pick(words.HOSTILE_NOTES, 1), 3),
        }
        seeds = self._owned("wb_project", self._sizes.projects, makers, money=("wb_budget",))
        seeds.probes["wb_code"] = _number_in(r"p(\d{6})")
        seeds.children["wb_account"] = lambda parent: (parent // 4,)
        return seeds

    def _readings(self) -> Seeds:
        makers: dict[str, Maker] = {
            "wb_name": lambda row: f"Reading {row}",
            "wb_value": lambda row: row * 7 % 1000,
            "wb_note": _sometimes(_pick(words.HOSTILE_NOTES, 1), 2),
            "partitionid": lambda row: f"device-{row % 3}",
        }
        return self._owned("wb_reading", self._sizes.few, makers)

    def _users(self) -> Seeds:
        azure = Ids("azure", self._sizes.seed)
        makers: dict[str, Maker] = {
            "firstname": _pick(words.FIRST, 5),
            "lastname": _pick(words.LAST, 7),
            "internalemailaddress": lambda row: _user_email(
                min(row, 7) if row < 9 else row
            ),  # 7 and 8 share one
            "domainname": _user_email,
            "title": _pick(words.TITLES, 1),
            "isdisabled": lambda row: row == DISABLED,
            "azureactivedirectoryobjectid": azure.of,
            "businessunitid": lambda _row: self._ref("businessunit", 0),
        }
        seeds = Seeds(USERS, makers | self._stamps(USERS))
        seeds.computed["fullname"] = _full_name
        return seeds

    def _teams(self) -> Seeds:
        makers: dict[str, Maker] = {
            "name": lambda row: TEAMS[row],
            "teamtype": _always(0),
            "businessunitid": lambda _row: self._ref("businessunit", 0),
        }
        return Seeds(len(TEAMS), makers | self._stamps(len(TEAMS)))

    def _currencies(self) -> Seeds:
        makers: dict[str, Maker] = {
            "currencyname": lambda row: CURRENCIES[row][0],
            "isocurrencycode": lambda row: CURRENCIES[row][1],
            "currencysymbol": lambda row: CURRENCIES[row][2],
            "currencyprecision": _always(2),
            "exchangerate": lambda row: Decimal(CURRENCIES[row][3]),
        }
        return Seeds(len(CURRENCIES), makers)

    def _filters(self) -> Seeds:
        pairs = self._messages
        makers: dict[str, Maker] = {
            "primaryobjecttypecode": lambda row: pairs[row][0],
            "sdkmessageid": lambda row: self._ref("sdkmessage", _MESSAGES.index(pairs[row][1])),
        }
        return Seeds(len(pairs), makers)

    def _owned(
        self, name: str, rows: int, makers: abc.Mapping[str, Maker], *, money: abc.Sequence[str] = ()
    ) -> Seeds:
        whole: dict[str, Maker] = {
            "statecode": lambda row: 1 if row % 25 == 24 else 0,
            "statuscode": lambda row: 2 if row % 25 == 24 else 1,
            "ownerid": self._owner_of,
            "owningbusinessunit": lambda _row: self._ref("businessunit", 0),
            **self._stamps(rows),
            **makers,
        }
        if name == "lead":
            whole |= {"statecode": _always(0), "statuscode": _pick((1, 2), 1)}
        seeds = Seeds(rows, whole)
        seeds.computed["owninguser"] = lambda get: _owner_if(get, "systemuser")
        seeds.computed["owningteam"] = lambda get: _owner_if(get, "team")
        if money:
            currency = self._ref("transactioncurrency", 0), self._ref("transactioncurrency", 1)
            seeds.makers["transactioncurrencyid"] = lambda row: currency[row % 8 == 5]
            rates = {
                self._ids["transactioncurrency"].of(row): Decimal(rate)
                for row, (_name, _code, _sign, rate) in enumerate(CURRENCIES)
            }
            seeds.computed["exchangerate"] = lambda get: _rate(get, rates)
            for column in money:
                seeds.computed[f"{column}_base"] = _base(column, rates)
        return seeds

    def _owner_of(self, row: int) -> Ref:
        """One row in twenty belongs to a team."""
        if row % 20 == 6:
            return self._ref("team", row % len(TEAMS))
        return self._ref("systemuser", _owner(row))

    def _stamps(self, rows: int) -> dict[str, Maker]:
        step = max(1, min(3600, _SPAN_S // max(rows, 1)))
        return {
            "createdon": lambda row: _moment(row * step - 86400 * 200),
            "createdby": lambda _row: self._ref("systemuser", 0),
            "modifiedon": lambda row: _moment(row * step),
            "modifiedby": lambda row: self._ref("systemuser", _owner(row)),
        }


_MESSAGES = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple")


def moment_text(at: datetime) -> str:
    """Give a moment the way the API shows it, to the second as it is stored."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _owner(row: int) -> int:
    return 1 + row * 13 % (USERS - 2)  # neither the one signed in nor the disabled one


def _pick(values: abc.Sequence[object], step: int, shift: int = 0) -> Maker:
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def _sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def _always(value: object) -> Maker:
    return lambda _row: value


def _amount(whole: int) -> Decimal:
    return Decimal(whole).quantize(Decimal("1.0000"))


def _day(days: int) -> str:
    return (_START + timedelta(days=days)).strftime("%Y-%m-%d")


def _moment(seconds: int) -> str:
    return moment_text(_START + timedelta(seconds=seconds))


def _account_name(row: int, shift: int) -> str:
    if row % 40 == 7:
        return words.HOSTILE_NAMES[row // 40 % len(words.HOSTILE_NAMES)]
    place = words.PLACES[(row * 7 + shift) % 25]
    trade = words.TRADES[(row // 25 + row * 3 + shift) % 20]
    form = words.FORMS[(row // 500 + row) % 10]
    again = row // 5000
    return f"{place} {trade} {form}{f' {again + 1}' if again else ''}"


def _address(shift: int) -> dict[str, Maker]:
    def street(row: int) -> str:
        unit = f"\nUnit {row % 17}" if row % 6 == 1 else ""
        return f"{words.STREETS[row % 7]} {1 + row * 7 % 240}{unit}"

    return {
        "address1_line1": _sometimes(street, 10),
        "address1_city": _pick(words.CITIES, 3, shift),
        "address1_postalcode": lambda row: f"{row * 911 % 100_000:05d}",
        "address1_country": _pick(words.COUNTRIES, 5, shift),
    }


def _segments(row: int) -> str | None:
    if row % 5 == 0:
        return None
    known = tuple(SEGMENTS)
    chosen = sorted({known[row % 6], known[row // 6 % 6]})
    return ",".join(map(str, chosen))


def _user_email(row: int) -> str:
    first = words.FIRST[row * 5 % len(words.FIRST)].translate(_PLAIN).lower()
    last = words.LAST[row * 7 % len(words.LAST)].translate(_PLAIN).lower()
    return f"{first}.{last}.{row}@northwind.example"


def _full_name(get: Getter) -> object:
    return " ".join(str(part) for part in (get("firstname"), get("lastname")) if part) or None


def _owner_if(get: Getter, entity: str) -> object:
    owner = get("ownerid")
    return owner if isinstance(owner, Ref) and owner.entity == entity else None


def _rate(get: Getter, rates: abc.Mapping[str, Decimal]) -> Decimal | None:
    currency = get("transactioncurrencyid")
    return rates.get(currency.id) if isinstance(currency, Ref) else None


def _base(column: str, rates: abc.Mapping[str, Decimal]) -> abc.Callable[[Getter], object]:
    def compute(get: Getter) -> object:
        amount, rate = get(column), _rate(get, rates)
        if not isinstance(amount, Decimal) or rate is None:
            return None
        return (amount / rate).quantize(Decimal("1.0000"))

    return compute


def _score(get: Getter) -> object:
    people = get("numberofemployees")
    return people // 10 if isinstance(people, int) else None


def _tier_text(get: Getter) -> object:
    tier = get("wb_tier")
    return TIERS.get(tier) if isinstance(tier, int) else None


def _number_in(pattern: str) -> abc.Callable[[str], abc.Iterable[int]]:
    found = re.compile(pattern, re.IGNORECASE)

    def probe(wanted: str) -> abc.Iterable[int]:
        match = found.fullmatch(wanted)
        return () if match is None else (int(match[1]),)

    return probe
