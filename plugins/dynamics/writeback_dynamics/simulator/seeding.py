"""Make the rows of the simulated environment from a seed and a row number.

Every function here is a function of the row number: nothing is stored, so a hundred thousand accounts start
at once. Some rows hold hostile text on purpose (`words`).
"""

from collections import abc
from dataclasses import dataclass
from decimal import Decimal

from writeback.sdk.simulator import mix
from writeback_dynamics.simulator import words
from writeback_dynamics.simulator.catalogue import INDUSTRIES
from writeback_dynamics.simulator.makers import (
    USERS,
    account_name,
    address_makers,
    always,
    amount,
    base_of,
    day,
    four_rows,
    full_name,
    mail_name,
    moment,
    number_in,
    owner_if,
    owner_row,
    pick,
    rate_of,
    score,
    segments,
    sometimes,
    tier_text,
    user_email,
)
from writeback_dynamics.simulator.schema import Entity, Ref
from writeback_dynamics.simulator.tables import Ids, Maker, Seeds

DISABLED = 23  # the user row that is disabled
TEAMS = ("Inside Sales", "Nordic Key Accounts", "Räumungsteam „Süd“")
CURRENCIES = (
    ("Euro", "EUR", "€", "1"),
    ("US Dollar", "USD", "$", "1.08"),
    ("Pound Sterling", "GBP", "£", "0.86"),
)
_SPAN_S = 600 * 86400


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
            "businessunit": Seeds(1, {"name": always("northwind")}),
            "transactioncurrency": self._currencies(),
            "sdkmessage": Seeds(4, {"name": lambda row: _MESSAGES[row]}),
            "sdkmessagefilter": self._filters(),
        }

    def _ref(self, entity: str, row: int) -> Ref:
        return Ref(entity, self._ids[entity].of(row))

    def _accounts(self) -> Seeds:
        shift, contacts = self._shift, self._sizes.contacts
        makers: dict[str, Maker] = {
            "name": lambda row: account_name(row, shift),
            "accountnumber": lambda row: f"A-{row:07d}",
            "wb_externalid": lambda row: f"EXT{row:07d}",
            "wb_region": pick(("NORTH", "SOUTH", "EAST", "WEST"), 1),
            "wb_localnumber": lambda row: row // 4 + 1,
            "telephone1": sometimes(lambda row: f"+45 {row * 37 % 10_000:04d} {row % 10_000:04d}", 8),
            "emailaddress1": sometimes(lambda row: f"office{row}@client.example", 7),
            "websiteurl": sometimes(lambda row: f"https://www.account{row}.example", 6),
            "description": sometimes(pick(words.NOTES, 1), 3, 1),
            "industrycode": sometimes(pick(tuple(INDUSTRIES), 7, shift), 11),
            "accountcategorycode": pick((1, 2, None), 1, shift),
            "numberofemployees": sometimes(lambda row: 1 + row * 31 % 9_000, 13),
            "revenue": sometimes(lambda row: amount(1000 * (row * 7919 % 99_991)), 9),
            "creditlimit": sometimes(lambda row: amount(50 * (row * 31 % 2_000)), 5, 2),
            "creditonhold": lambda row: row % 12 == 5,
            "primarycontactid": lambda row: (
                self._ref("contact", row) if row < contacts and row % 3 == 0 else None
            ),
            "parentaccountid": lambda row: self._ref("account", row // 10) if row % 10 == 3 else None,
            "wb_tier": pick((100_000_000, 100_000_001, 100_000_002, None), 1, shift),
            "wb_segments": segments,
            "wb_health": sometimes(lambda row: Decimal(row * 53 % 10_001) / 100, 4, 1),
            "wb_growth": sometimes(lambda row: (row * 71 % 4_000) / 16 - 100, 5, 3),
            "wb_renewaldate": sometimes(lambda row: day(700 + row * 11 % 900), 6, 2),
            "wb_lastreview": sometimes(lambda row: moment(row * 7 % 15_000 * 60), 5, 4),
            "wb_localopening": sometimes(lambda row: moment(row * 3 % 15_000 * 30), 7, 4),
            "wb_successmanager": sometimes(lambda row: self._ref("systemuser", owner_row(row + 5)), 4),
            "wb_securenote": sometimes(lambda row: f"Note {row}", 3),
            **address_makers(shift),
        }
        seeds = self._owned("account", self._sizes.accounts, makers, money=("revenue", "creditlimit"))
        seeds.probes["accountnumber"] = number_in(r"a-(\d{7})")
        seeds.probes["wb_localnumber"] = four_rows
        seeds.probes["wb_externalid"] = number_in(r"ext(\d{7})")
        seeds.children["parentaccountid"] = lambda parent: (parent * 10 + 3,)
        seeds.computed["wb_score"] = score
        seeds.computed["wb_tiertext"] = tier_text
        return seeds

    def _contacts(self) -> Seeds:
        accounts = max(1, self._sizes.accounts)
        rows = self._sizes.contacts

        def company(row: int) -> Ref | None:
            if row % 17 == 4:
                return self._ref("contact", row - 1)
            return None if row % 29 == 8 else self._ref("account", row % accounts)

        def email(row: int) -> str:
            name = mail_name(words.FIRST[row * 11 % len(words.FIRST)])
            return f"{name}.{row}@client.example"

        makers: dict[str, Maker] = {
            "firstname": pick(words.FIRST, 11),
            "lastname": pick(words.LAST, 5, self._shift),
            "emailaddress1": sometimes(email, 9),
            "telephone1": lambda row: f"+49 30 {row * 7 % 1_000_000:06d}",
            "jobtitle": pick(words.TITLES, 3),
            "description": sometimes(pick(words.NOTES, 2), 2),
            "accountrolecode": pick((1, 2, 3, None), 1),
            "gendercode": pick((1, 2, None), 1),
            "preferredcontactmethodcode": pick((1, 2, 3), 1),
            "donotemail": lambda row: row % 7 == 1,
            "birthdate": sometimes(lambda row: f"{1950 + row % 50}-{1 + row % 12:02d}-{1 + row % 28:02d}", 3),
            "parentcustomerid": company,
            "creditlimit": sometimes(lambda row: amount(row * 13 % 900), 2),
            "wb_interests": segments,
            **address_makers(self._shift + 3),
        }
        seeds = self._owned("contact", rows, makers, money=("creditlimit",))
        seeds.probes["emailaddress1"] = number_in(r".*\.(\d+)@client\.example")
        seeds.children["parentcustomerid"] = lambda parent: (parent, parent + 1)
        seeds.computed["fullname"] = full_name
        return seeds

    def _leads(self) -> Seeds:
        makers: dict[str, Maker] = {
            "firstname": pick(words.FIRST, 7),
            "lastname": pick(words.LAST, 3),
            "subject": lambda row: f"Interested in {words.TRADES[row % 20]}",
            "companyname": lambda row: account_name(row * 3, self._shift + 9),
            "emailaddress1": lambda row: f"lead{row}@prospect.example",
            "description": sometimes(pick(words.NOTES, 1), 2),
            "leadqualitycode": pick((1, 2, 3, None), 1),
        }
        seeds = self._owned("lead", self._sizes.few, makers)
        seeds.computed["fullname"] = full_name
        return seeds

    def _opportunities(self) -> Seeds:
        accounts, contacts = max(1, self._sizes.accounts), max(1, self._sizes.contacts)
        states = ((0, 1), (0, 2), (0, 1), (1, 3), (2, 4), (2, 5))
        makers: dict[str, Maker] = {
            "name": lambda row: (
                f"{words.TRADES[row * 3 % 20]} – phase {row % 4 + 1} “{words.PLACES[row % 25]}”"
            ),
            "description": sometimes(pick(words.NOTES, 1), 2),
            "opportunityratingcode": pick((1, 2, 3), 1),
            "closeprobability": sometimes(lambda row: row * 10 % 101, 6),
            "stepname": pick(("1-Qualify", "2-Develop", "3-Propose", "4-Close"), 1),
            "estimatedclosedate": sometimes(lambda row: day(900 + row * 13 % 500), 8),
            "estimatedvalue": sometimes(lambda row: amount(250 * (row * 77 % 9_999)), 7),
            "totalamount": lambda row: amount(row % 50),
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
            "wb_lead": lambda row: self._ref("systemuser", owner_row(row)),
            "wb_budget": sometimes(lambda row: amount(1_000 + row * 37 % 100_000), 6),
            "wb_phase": pick((1, 2, 3), 1),
            "wb_tags": segments,
            "wb_start": lambda row: day(row * 5 % 1000),
            "wb_isbillable": lambda row: row % 3 != 0,
            "wb_notes": sometimes(pick(words.NOTES, 1), 3),
        }
        seeds = self._owned("wb_project", self._sizes.projects, makers, money=("wb_budget",))
        seeds.probes["wb_code"] = number_in(r"p(\d{6})")
        seeds.children["wb_account"] = lambda parent: (parent // 4,)
        return seeds

    def _readings(self) -> Seeds:
        makers: dict[str, Maker] = {
            "wb_name": lambda row: f"Reading {row}",
            "wb_value": lambda row: row * 7 % 1000,
            "wb_note": sometimes(pick(words.NOTES, 1), 2),
            "partitionid": lambda row: f"device-{row % 3}",
        }
        return self._owned("wb_reading", self._sizes.few, makers)

    def _users(self) -> Seeds:
        azure = Ids("azure", self._sizes.seed)
        makers: dict[str, Maker] = {
            "firstname": pick(words.FIRST, 5),
            "lastname": pick(words.LAST, 7),
            "internalemailaddress": lambda row: user_email(
                min(row, 7) if row < 9 else row
            ),  # 7 and 8 share one
            "domainname": user_email,
            "title": pick(words.TITLES, 1),
            "isdisabled": lambda row: row == DISABLED,
            "azureactivedirectoryobjectid": azure.of,
            "businessunitid": lambda _row: self._ref("businessunit", 0),
        }
        seeds = Seeds(USERS, makers | self._stamps(USERS))
        seeds.computed["fullname"] = full_name
        return seeds

    def _teams(self) -> Seeds:
        makers: dict[str, Maker] = {
            "name": lambda row: TEAMS[row],
            "teamtype": always(0),
            "businessunitid": lambda _row: self._ref("businessunit", 0),
        }
        return Seeds(len(TEAMS), makers | self._stamps(len(TEAMS)))

    def _currencies(self) -> Seeds:
        makers: dict[str, Maker] = {
            "currencyname": lambda row: CURRENCIES[row][0],
            "isocurrencycode": lambda row: CURRENCIES[row][1],
            "currencysymbol": lambda row: CURRENCIES[row][2],
            "currencyprecision": always(2),
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
            whole |= {"statecode": always(0), "statuscode": pick((1, 2), 1)}
        seeds = Seeds(rows, whole)
        seeds.computed["owninguser"] = lambda get: owner_if(get, "systemuser")
        seeds.computed["owningteam"] = lambda get: owner_if(get, "team")
        if money:
            currency = self._ref("transactioncurrency", 0), self._ref("transactioncurrency", 1)
            seeds.makers["transactioncurrencyid"] = lambda row: currency[row % 8 == 5]
            rates = {
                self._ids["transactioncurrency"].of(row): Decimal(rate)
                for row, (_name, _code, _sign, rate) in enumerate(CURRENCIES)
            }
            seeds.computed["exchangerate"] = lambda get: rate_of(get, rates)
            for column in money:
                seeds.computed[f"{column}_base"] = base_of(column, rates)
        return seeds

    def _owner_of(self, row: int) -> Ref:
        """One row in twenty belongs to a team."""
        if row % 20 == 6:
            return self._ref("team", row % len(TEAMS))
        return self._ref("systemuser", owner_row(row))

    def _stamps(self, rows: int) -> dict[str, Maker]:
        step = max(1, min(3600, _SPAN_S // max(rows, 1)))
        return {
            "createdon": lambda row: moment(row * step - 86400 * 200),
            "createdby": lambda _row: self._ref("systemuser", 0),
            "modifiedon": lambda row: moment(row * step),
            "modifiedby": lambda row: self._ref("systemuser", owner_row(row)),
        }


_MESSAGES = ("CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple")
