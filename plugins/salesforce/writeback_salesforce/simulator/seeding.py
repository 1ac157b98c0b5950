"""Make the rows of the simulated org from a seed and a row number.

Every function here is a function of the row number: nothing is stored, so a million accounts start at once.
Some rows hold hostile text on purpose (`words`).
"""

from datetime import timedelta

from writeback.sdk.simulator import mix
from writeback_salesforce.simulator import words
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.seeding_makers import (
    INDUSTRIES,
    START,
    Sizes,
    account_name,
    address,
    always,
    expected,
    moment,
    number_in,
    owner_of,
    photo,
    pick,
    score,
    seeds_of,
    sometimes,
    street,
)
from writeback_salesforce.simulator.seeding_people import contacts, groups, leads, relations, users
from writeback_salesforce.simulator.tables import Maker, Seeds

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


def seed_org(sizes: Sizes) -> dict[str, Seeds]:
    """Say how the rows of every object are made."""
    return {
        "Account": _accounts(sizes),
        "Contact": contacts(sizes),
        "AccountContactRelation": relations(sizes),
        "Opportunity": _opportunities(sizes),
        "Lead": leads(sizes),
        "Case": _cases(sizes),
        "User": users(),
        "Group": groups(),
        "Organization": _organization(sizes),
    }


def org_id(seed: int) -> str:
    """Give the org's id: another seed is another org."""
    return Ids("00D").of(_org_number(seed))


def _org_number(seed: int) -> int:
    return 1000 + mix(seed) % 900_000


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
        "Name": lambda row: account_name(row, shift),
        "Type": sometimes(
            pick(("Prospect", "Customer - Direct", "Customer - Channel", "Other"), 1, shift), 7
        ),
        "Industry": sometimes(pick(INDUSTRIES, 7, shift), 11),
        "AnnualRevenue": sometimes(lambda row: float(1000 * (row * 7919 % 99_991)), 9),
        "NumberOfEmployees": sometimes(lambda row: 1 + row * 31 % 9_000, 13),
        "Ownership": pick(("Public", "Private", "Subsidiary", "Other", None), 3, shift),
        "Rating": pick(("Hot", "Warm", "Cold", None), 3, shift),
        "Phone": sometimes(lambda row: f"+44 20 {row * 37 % 10_000:04d} {row % 10_000:04d}", 8),
        "Website": sometimes(lambda row: f"https://www.account{row}.example", 6),
        "BillingStreet": sometimes(street, 10),
        "BillingCity": pick(words.CITIES, 3, shift),
        "BillingPostalCode": lambda row: f"{row * 911 % 100_000:05d}",
        "BillingCountry": pick(words.COUNTRIES, 5, shift),
        "ShippingCity": sometimes(pick(words.CITIES, 7, shift), 2),
        "ShippingCountry": sometimes(pick(words.COUNTRIES, 7, shift), 2),
        "AccountNumber": lambda row: f"{row + 100_000}",
        "Site": sometimes(pick(words.TEAMS, 1, shift), 3),
        "Description": sometimes(pick(words.NOTES, 1), 3, 1),
        "AccountSource": sometimes(pick(("Web", "Phone Inquiry", "Partner Referral", "Other"), 5), 4),
        "CleanStatus": always("Pending"),
        "OwnerId": lambda row: users.of(owner_of(row)),
        "ParentId": lambda row: own.of(row // 10) if row % 10 == 3 else None,
        "Active__c": lambda row: row % 3 != 0,
        "Segments__c": _segments,
        "Contract_Value__c": sometimes(lambda row: (row * 104_729 % 10_000_000) / 100, 5, 2),
        "Seats__c": sometimes(lambda row: float(row * 17 % 5_000), 7, 3),
        "Health__c": sometimes(lambda row: (row * 53 % 10_001) / 100, 4, 1),
        "Renewal_Date__c": sometimes(
            lambda row: (START + timedelta(days=700 + row * 11 % 900)).strftime("%Y-%m-%d"), 6, 2
        ),
        "Last_Review__c": sometimes(
            lambda row: moment(START + timedelta(hours=row * 7 % 15_000, minutes=row % 60)), 5, 4
        ),
        "External_Id__c": lambda row: f"A-{row:07d}",
        "Tier__c": pick(("Gold", "Silver", "Bronze", None), 1, shift),
        "Notes__c": sometimes(pick(words.NOTES, 3), 2),
        "Success_Manager__c": sometimes(lambda row: users.of(owner_of(row + 5)), 4),
        "Primary_Contact__c": lambda row: contacts.of(row) if row % 4 == 0 and row < known_contacts else None,
    }
    seeds = seeds_of(sizes.accounts, makers)
    seeds.probes["External_Id__c"] = number_in(r"a-(\d{7})")
    seeds.computed |= {
        "BillingAddress": address("Billing"),
        "ShippingAddress": address("Shipping"),
        "PhotoUrl": photo,
        "Score_Text__c": score,
    }
    seeds.children["ParentId"] = lambda parent: (parent * 10 + 3,)
    return seeds


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
        "Amount": sometimes(lambda row: (row * 15_485_863 % 50_000_000) / 100, 6),
        "CloseDate": lambda row: (START + timedelta(days=row * 3 % 900)).strftime("%Y-%m-%d"),
        "Type": sometimes(pick(("Existing Customer - Upgrade", "New Customer"), 1), 4),
        "NextStep": sometimes(pick(words.NOTES, 1), 2),
        "LeadSource": pick(("Web", "Phone Inquiry", None), 1),
        "OwnerId": lambda row: users.of(owner_of(row)),
    }
    seeds = seeds_of(sizes.opportunities, makers)
    seeds.probes["Name"] = number_in(r"\w+ renewal (\d+)")
    seeds.computed |= {
        "ExpectedRevenue": expected,
        "IsClosed": lambda get: str(get("StageName")).startswith("Closed"),
        "IsWon": lambda get: get("StageName") == "Closed Won",
        "FiscalYear": lambda get: int(str(get("CloseDate"))[:4]),
        "FiscalQuarter": lambda get: (int(str(get("CloseDate"))[5:7]) + 2) // 3,
        "Fiscal": lambda get: f"{str(get('CloseDate'))[:4]} {(int(str(get('CloseDate'))[5:7]) + 2) // 3}",
    }
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.opportunities, parents)
    return seeds


def _cases(sizes: Sizes) -> Seeds:
    users, accounts, queues = Ids("005"), Ids("001"), Ids("00G")
    parents = max(1, sizes.accounts)
    makers: dict[str, Maker] = {
        "CaseNumber": lambda row: f"{row + 1000:08d}",
        "AccountId": lambda row: accounts.of(row % parents),
        "Status": pick(("New", "Working", "Escalated", "Closed"), 1),
        "Priority": pick(("High", "Medium", "Low"), 1),
        "Origin": pick(("Phone", "Email", "Web", None), 1),
        "Subject": lambda row: f"Delivery {row} late, please advise",
        "Description": sometimes(pick(words.NOTES, 1), 2),
        "OwnerId": lambda row: queues.of(1) if row % 4 == 0 else users.of(owner_of(row)),
    }
    seeds = seeds_of(sizes.cases, makers)
    seeds.probes["CaseNumber"] = lambda wanted: [int(wanted) - 1000] if wanted.isdecimal() else []
    seeds.computed["IsClosed"] = lambda get: get("Status") == "Closed"
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.cases, parents)
    return seeds


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
    seeds = seeds_of(1, {name: always(fact) for name, fact in facts.items()})
    seeds.first_id = _org_number(sizes.seed)
    return seeds
