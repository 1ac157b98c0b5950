"""Make the rows of the simulated org from a seed and a row number.

Every function here is a function of the row number: nothing is stored, so a million accounts start at once.
Some rows hold hostile text on purpose (`words`).
"""

import re
from collections import abc
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from writeback.sdk.simulator import mix
from writeback_salesforce.simulator import words
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.tables import Getter, Maker, Seeds

USERS = 40
SAME_EMAIL = (7, 8)  # two users share one e-mail address
INACTIVE = 39
QUEUES = ("Inbound Leads", "Support Queue", "Renewals Desk")
_START = datetime(2024, 1, 1, tzinfo=UTC)
_SPAN_S = 600 * 86400
_INDUSTRIES = words.listed(
    """
    Agriculture Apparel Banking Biotechnology Chemicals Communications Construction Consulting Education
    Electronics Energy Engineering Entertainment Environmental Finance Government Healthcare Hospitality
    Insurance Machinery Manufacturing Media Recreation Retail Shipping Technology Telecommunications
    Transportation Utilities Other
    """
)
_STAGES = (
    ("Prospecting", 10, "Pipeline"),
    ("Qualification", 10, "Pipeline"),
    ("Needs Analysis", 20, "Pipeline"),
    ("Value Proposition", 50, "Pipeline"),
    ("Negotiation/Review", 90, "Pipeline"),
    ("Closed Won", 100, "Closed"),
    ("Closed Lost", 0, "Omitted"),
)
_SEGMENTS = ("Retail", "Wholesale", "Public sector", "Food & Drink", "R&D", "Export")
_ASCII = str.maketrans("áíúøöüñıëÁØŞå'", "aiuooungeAOSa-")


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


def seed_org(sizes: Sizes) -> dict[str, Seeds]:
    """Say how the rows of every object are made."""
    return {
        "Account": _accounts(sizes),
        "Contact": _contacts(sizes),
        "AccountContactRelation": _relations(sizes),
        "Opportunity": _opportunities(sizes),
        "Lead": _leads(sizes),
        "Case": _cases(sizes),
        "User": _users(),
        "Group": _groups(),
        "Organization": _organization(sizes),
    }


def moment(at: datetime) -> str:
    """Give a moment the way the API shows it, to the second as the vendor stores it."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000+0000")


def org_id(seed: int) -> str:
    """Give the org's id: another seed is another org."""
    return Ids("00D").of(_org_number(seed))


def _org_number(seed: int) -> int:
    return 1000 + mix(seed) % 900_000


def owner_of(row: int) -> int:
    """Give the user row that owns a record from the start (never the inactive one)."""
    return 1 + row * 13 % (USERS - 2)


def _pick(values: abc.Sequence[object], step: int, shift: int = 0) -> Maker:
    count = len(values)
    return lambda row: values[(row * step + shift) % count]


def _sometimes(make: Maker, every: int, empty: int = 0) -> Maker:
    """Leave every n-th row without a value."""
    return lambda row: None if row % every == empty else make(row)


def _stamped(rows: int, *, prefix_user: Ids) -> tuple[dict[str, Maker], abc.Callable[[str], int]]:
    step = max(1, min(3600, _SPAN_S // max(rows, 1)))
    days: dict[int, str] = {}

    def stamp(row: int, back: int = 0) -> str:
        day, second = divmod(row * step, 86400)
        day -= back
        text = days.get(day)
        if text is None:
            text = days[day] = (_START + timedelta(days=day)).strftime("%Y-%m-%d")
        return f"{text}T{second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}.000+0000"

    def first_row_at(wanted: str) -> int:
        try:
            at = datetime.strptime(wanted, "%Y-%m-%dT%H:%M:%S.%f%z")
        except ValueError:
            return 0
        return max(0, -int(-(at - _START).total_seconds() // step))

    makers: dict[str, Maker] = {
        "CreatedDate": lambda row: stamp(row, 200),
        "CreatedById": _always(prefix_user.of(0)),
        "LastModifiedDate": stamp,
        "LastModifiedById": lambda row: prefix_user.of(owner_of(row)),
        "SystemModstamp": stamp,
    }
    return makers, first_row_at


def _seeds(rows: int, makers: abc.Mapping[str, Maker]) -> Seeds:
    stamps, first_row_at = _stamped(rows, prefix_user=Ids("005"))
    seeds = Seeds(rows, {"IsDeleted": _never, **makers, **stamps})
    seeds.first_row_at = first_row_at
    return seeds


def _account_name(row: int, shift: int) -> str:
    if row % 40 == 7:
        return words.HOSTILE_NAMES[row // 40 % len(words.HOSTILE_NAMES)]
    place = words.PLACES[(row * 7 + shift) % 25]
    trade = words.TRADES[(row // 25 + row * 3 + shift) % 20]
    form = words.FORMS[(row // 500 + row) % 10]
    again = row // 5000
    return f"{place} {trade} {form}{f' {again + 1}' if again else ''}"


def _street(row: int) -> str:
    unit = f"\nUnit {row % 17}, {words.PLACES[row % 25]} Park" if row % 6 == 1 else ""
    return f"{1 + row * 7 % 240} {words.STREETS[row % 7]}{unit}"


def _segments(row: int) -> str | None:
    if row % 5 == 0:
        return None
    first, second = row % 6, (row // 6) % 6
    return ";".join(_SEGMENTS[place] for place in sorted({first, second}))


def _accounts(sizes: Sizes) -> Seeds:
    shift = mix(sizes.seed, 1) % 5000
    users, own, contacts = Ids("005"), Ids("001"), Ids("003")
    known_contacts = sizes.contacts
    makers: dict[str, Maker] = {
        "Name": lambda row: _account_name(row, shift),
        "Type": _sometimes(
            _pick(("Prospect", "Customer - Direct", "Customer - Channel", "Other"), 1, shift), 7
        ),
        "Industry": _sometimes(_pick(_INDUSTRIES, 7, shift), 11),
        "AnnualRevenue": _sometimes(lambda row: float(1000 * (row * 7919 % 99_991)), 9),
        "NumberOfEmployees": _sometimes(lambda row: 1 + row * 31 % 9_000, 13),
        "Ownership": _pick(("Public", "Private", "Subsidiary", "Other", None), 3, shift),
        "Rating": _pick(("Hot", "Warm", "Cold", None), 3, shift),
        "Phone": _sometimes(lambda row: f"+44 20 {row * 37 % 10_000:04d} {row % 10_000:04d}", 8),
        "Website": _sometimes(lambda row: f"https://www.account{row}.example", 6),
        "BillingStreet": _sometimes(_street, 10),
        "BillingCity": _pick(words.CITIES, 3, shift),
        "BillingPostalCode": lambda row: f"{row * 911 % 100_000:05d}",
        "BillingCountry": _pick(words.COUNTRIES, 5, shift),
        "ShippingCity": _sometimes(_pick(words.CITIES, 7, shift), 2),
        "ShippingCountry": _sometimes(_pick(words.COUNTRIES, 7, shift), 2),
        "AccountNumber": lambda row: f"{row + 100_000}",
        "Site": _sometimes(_pick(words.TEAMS, 1, shift), 3),
        "Description": _sometimes(_pick(words.HOSTILE_NOTES, 1), 3, 1),
        "AccountSource": _sometimes(_pick(("Web", "Phone Inquiry", "Partner Referral", "Other"), 5), 4),
        "CleanStatus": _always("Pending"),
        "OwnerId": lambda row: users.of(owner_of(row)),
        "ParentId": lambda row: own.of(row // 10) if row % 10 == 3 else None,
        "Active__c": lambda row: row % 3 != 0,
        "Segments__c": _segments,
        "Contract_Value__c": _sometimes(lambda row: (row * 104_729 % 10_000_000) / 100, 5, 2),
        "Seats__c": _sometimes(lambda row: float(row * 17 % 5_000), 7, 3),
        "Health__c": _sometimes(lambda row: (row * 53 % 10_001) / 100, 4, 1),
        "Renewal_Date__c": _sometimes(
            lambda row: (_START + timedelta(days=700 + row * 11 % 900)).strftime("%Y-%m-%d"), 6, 2
        ),
        "Last_Review__c": _sometimes(
            lambda row: moment(_START + timedelta(hours=row * 7 % 15_000, minutes=row % 60)), 5, 4
        ),
        "External_Id__c": lambda row: f"A-{row:07d}",
        "Tier__c": _pick(("Gold", "Silver", "Bronze", None), 1, shift),
        "Notes__c": _sometimes(_pick(words.HOSTILE_NOTES, 3), 2),
        "Success_Manager__c": _sometimes(lambda row: users.of(owner_of(row + 5)), 4),
        "Primary_Contact__c": lambda row: contacts.of(row) if row % 4 == 0 and row < known_contacts else None,
    }
    seeds = _seeds(sizes.accounts, makers)
    seeds.probes["External_Id__c"] = _number_in(r"a-(\d{7})")
    seeds.computed |= {
        "BillingAddress": _address("Billing"),
        "ShippingAddress": _address("Shipping"),
        "PhotoUrl": _photo,
        "Score_Text__c": _score,
    }
    seeds.children["ParentId"] = lambda parent: (parent * 10 + 3,)
    return seeds


def _contacts(sizes: Sizes) -> Seeds:
    accounts, users = Ids("001"), Ids("005")
    last = _pick(words.LAST, 5, sizes.seed)
    first = _pick(words.FIRST, 11, sizes.seed)
    parents = max(1, sizes.accounts)

    def email(row: int) -> str:
        return f"{str(first(row)).translate(_ASCII).lower()}.{row}@client.example"

    makers: dict[str, Maker] = {
        "AccountId": lambda row: accounts.of(row % parents),
        "LastName": last,
        "FirstName": first,
        "Salutation": _pick(("Ms.", "Mr.", "Dr.", None), 1),
        "Email": _sometimes(email, 9),
        "Phone": lambda row: f"+49 30 {row * 7 % 1_000_000:06d}",
        "Title": _pick(words.TITLES, 3),
        "Department": _sometimes(_pick(words.TEAMS, 3), 4),
        "LeadSource": _pick(("Web", "Phone Inquiry", "Partner Referral", "Other"), 1),
        "Birthdate": _sometimes(lambda row: f"{1950 + row % 50}-{1 + row % 12:02d}-{1 + row % 28:02d}", 3),
        "MailingStreet": _sometimes(_street, 5),
        "MailingCity": _pick(words.CITIES, 5),
        "MailingCountry": _pick(words.COUNTRIES, 3),
        "OwnerId": lambda row: users.of(owner_of(row)),
        "CleanStatus": _always("Pending"),
    }
    seeds = _seeds(sizes.contacts, makers)
    seeds.probes["Email"] = _number_in(r"[^@]*\.(\d+)@client\.example")
    seeds.computed |= {
        "Name": _full_name,
        "MailingAddress": _address("Mailing"),
        "OtherAddress": _address("Other"),
        "PhotoUrl": _photo,
    }
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.contacts, parents)
    return seeds


def _relations(sizes: Sizes) -> Seeds:
    """Relate each contact to its own account, and every third one to the next account as well."""
    accounts, contacts = Ids("001"), Ids("003")
    known, parents = sizes.contacts, max(1, sizes.accounts)
    roles = ("Decision Maker", "Evaluator;Influencer", "Business User", None)

    def ends(row: int) -> tuple[int, int]:
        if row < known:
            return row % parents, row
        return (3 * (row - known) + 1) % parents, 3 * (row - known)

    makers: dict[str, Maker] = {
        "AccountId": lambda row: accounts.of(ends(row)[0]),
        "ContactId": lambda row: contacts.of(ends(row)[1]),
        "Roles": _pick(roles, 1, sizes.seed),
        "IsDirect": lambda row: row < known,
        "IsActive": lambda row: row % 8 != 5,
        "StartDate": _sometimes(lambda row: f"{2018 + row % 7}-{1 + row % 12:02d}-01", 4),
    }
    return _seeds(known + known // 3, makers)


def _opportunities(sizes: Sizes) -> Seeds:
    accounts, users = Ids("001"), Ids("005")
    parents = max(1, sizes.accounts)
    makers: dict[str, Maker] = {
        "AccountId": lambda row: accounts.of(row % parents),
        "Name": lambda row: f"{words.PLACES[row % 25]} renewal {row}",
        "StageName": lambda row: _STAGES[(row * 3 + sizes.seed) % 7][0],
        "Probability": lambda row: float(_STAGES[(row * 3 + sizes.seed) % 7][1]),
        "ForecastCategory": lambda row: _STAGES[(row * 3 + sizes.seed) % 7][2],
        "ForecastCategoryName": lambda row: _STAGES[(row * 3 + sizes.seed) % 7][2],
        "Amount": _sometimes(lambda row: (row * 15_485_863 % 50_000_000) / 100, 6),
        "CloseDate": lambda row: (_START + timedelta(days=row * 3 % 900)).strftime("%Y-%m-%d"),
        "Type": _sometimes(_pick(("Existing Customer - Upgrade", "New Customer"), 1), 4),
        "NextStep": _sometimes(_pick(words.HOSTILE_NOTES, 1), 2),
        "LeadSource": _pick(("Web", "Phone Inquiry", None), 1),
        "OwnerId": lambda row: users.of(owner_of(row)),
    }
    seeds = _seeds(sizes.opportunities, makers)
    seeds.probes["Name"] = _number_in(r"\w+ renewal (\d+)")
    seeds.computed |= {
        "ExpectedRevenue": _expected,
        "IsClosed": lambda get: str(get("StageName")).startswith("Closed"),
        "IsWon": lambda get: get("StageName") == "Closed Won",
        "FiscalYear": lambda get: int(str(get("CloseDate"))[:4]),
        "FiscalQuarter": lambda get: (int(str(get("CloseDate"))[5:7]) + 2) // 3,
        "Fiscal": lambda get: f"{str(get('CloseDate'))[:4]} {(int(str(get('CloseDate'))[5:7]) + 2) // 3}",
    }
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.opportunities, parents)
    return seeds


def _leads(sizes: Sizes) -> Seeds:
    users, queues = Ids("005"), Ids("00G")
    makers: dict[str, Maker] = {
        "LastName": _pick(words.LAST, 7),
        "FirstName": _pick(words.FIRST, 13),
        "Company": lambda row: _account_name(row, 3),
        "Email": _sometimes(lambda row: f"lead.{row}@prospect.example", 7),
        "Status": _pick(("Open - Not Contacted", "Working - Contacted", "Closed - Not Converted"), 1),
        "LeadSource": _pick(("Web", "Other", None), 1),
        "Industry": _sometimes(_pick(_INDUSTRIES, 3), 5),
        "Rating": _pick(("Hot", "Warm", "Cold", None), 1),
        "Title": _pick(words.TITLES, 5),
        "Country": _pick(words.COUNTRIES, 3),
        "City": _pick(words.CITIES, 3),
        "NumberOfEmployees": _sometimes(lambda row: 1 + row % 500, 3),
        "OwnerId": lambda row: queues.of(row % 3) if row % 3 == 0 else users.of(owner_of(row)),
        "CleanStatus": _always("Pending"),
    }
    seeds = _seeds(sizes.leads, makers)
    seeds.probes["Email"] = _number_in(r"lead\.(\d+)@prospect\.example")
    seeds.computed |= {"Name": _full_name, "Address": _address(""), "PhotoUrl": _photo}
    return seeds


def _cases(sizes: Sizes) -> Seeds:
    users, accounts, queues = Ids("005"), Ids("001"), Ids("00G")
    parents = max(1, sizes.accounts)
    makers: dict[str, Maker] = {
        "CaseNumber": lambda row: f"{row + 1000:08d}",
        "AccountId": lambda row: accounts.of(row % parents),
        "Status": _pick(("New", "Working", "Escalated", "Closed"), 1),
        "Priority": _pick(("High", "Medium", "Low"), 1),
        "Origin": _pick(("Phone", "Email", "Web", None), 1),
        "Subject": lambda row: f"Delivery {row} late, please advise",
        "Description": _sometimes(_pick(words.HOSTILE_NOTES, 1), 2),
        "OwnerId": lambda row: queues.of(1) if row % 4 == 0 else users.of(owner_of(row)),
    }
    seeds = _seeds(sizes.cases, makers)
    seeds.probes["CaseNumber"] = lambda wanted: [int(wanted) - 1000] if wanted.isdecimal() else []
    seeds.computed["IsClosed"] = lambda get: get("Status") == "Closed"
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.cases, parents)
    return seeds


def _users() -> Seeds:
    own = Ids("005")

    def name(row: int) -> tuple[str, str]:
        if row == 0:
            return "Integration", "User"
        return words.FIRST[row * 3 % len(words.FIRST)], words.LAST[row * 5 % len(words.LAST)]

    def address(row: int) -> str:
        first, last = name(row)
        return f"{first}.{last}.{row}".translate(_ASCII).lower()

    makers: dict[str, Maker] = {
        "Username": lambda row: f"{address(row)}@northwind.example.sim",
        "LastName": lambda row: name(row)[1],
        "FirstName": lambda row: name(row)[0],
        "CompanyName": _always("Northwind Simulator"),
        "Department": _pick(words.TEAMS, 1),
        "Title": _pick(words.TITLES, 1),
        "Email": lambda row: f"{address(SAME_EMAIL[0] if row in SAME_EMAIL else row)}@northwind.example",
        "Alias": lambda row: f"user{row}",
        "IsActive": lambda row: row != INACTIVE,
        "UserType": _always("Standard"),
        "ManagerId": lambda row: own.of(row // 6) if row else None,
        "FederationIdentifier": lambda row: f"sso-{row:04d}" if row % 2 else None,
    }
    seeds = _seeds(USERS, makers)
    seeds.computed["Name"] = _full_name
    return seeds


def _groups() -> Seeds:
    makers: dict[str, Maker] = {
        "Name": lambda row: QUEUES[row],
        "DeveloperName": lambda row: QUEUES[row].replace(" ", "_"),
        "Type": _always("Queue"),
    }
    return _seeds(len(QUEUES), makers)


def _organization(sizes: Sizes) -> Seeds:
    facts: dict[str, object] = {
        "Name": "Northwind Simulator",
        "Country": "GB",
        "PrimaryContact": "Integration User",
        "DefaultLocaleSidKey": "en_GB",
        "TimeZoneSidKey": "Europe/London",
        "LanguageLocaleKey": "en_US",
        "OrganizationType": "Enterprise Edition",
        "InstanceName": "SIM1",
        "IsSandbox": True,
    }
    seeds = _seeds(1, {name: _always(fact) for name, fact in facts.items()})
    seeds.first_id = _org_number(sizes.seed)
    return seeds


def _never(_row: int) -> object:
    return False


def _always(fact: object) -> Maker:
    def make(_row: int) -> object:
        return fact

    return make


def _number_in(pattern: str) -> abc.Callable[[str], abc.Iterable[int]]:
    shape = re.compile(pattern, re.IGNORECASE)

    def rows(wanted: str) -> abc.Iterable[int]:
        match = shape.fullmatch(wanted)
        return (int(match[1]),) if match else ()

    return rows


def _full_name(get: Getter) -> object:
    return " ".join(str(part) for part in (get("FirstName"), get("LastName")) if part) or None


def _photo(get: Getter) -> object:
    return f"/services/images/photo/{get('Id')}"


def _score(get: Getter) -> object:
    seats = get("Seats__c")
    return f"{get('Tier__c') or ''} / {int(seats) if isinstance(seats, float) else ''}".strip(" /") or None


def _expected(get: Getter) -> object:
    amount, probability = get("Amount"), get("Probability")
    if not isinstance(amount, float) or not isinstance(probability, float):
        return None
    return round(amount * probability / 100, 2)


def _address(prefix: str) -> abc.Callable[[Getter], object]:
    parts = ("City", "Country", "GeocodeAccuracy", "Latitude", "Longitude", "PostalCode", "State", "Street")

    def compound(get: Getter) -> object:
        told = {part[0].lower() + part[1:]: get(prefix + part) for part in parts}
        return told if any(value is not None for value in told.values()) else None

    return compound
