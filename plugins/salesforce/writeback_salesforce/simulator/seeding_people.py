"""People of the seeded org: contacts and their accounts, leads, users and groups."""

from writeback_salesforce.simulator import words
from writeback_salesforce.simulator.ids import Ids
from writeback_salesforce.simulator.seeding_makers import (
    ASCII,
    INACTIVE,
    INDUSTRIES,
    QUEUES,
    SAME_EMAIL,
    USERS,
    Sizes,
    account_name,
    address,
    always,
    full_name,
    number_in,
    owner_of,
    photo,
    pick,
    seeds_of,
    sometimes,
    street,
)
from writeback_salesforce.simulator.tables import Maker, Seeds


def contacts(sizes: Sizes) -> Seeds:
    """Make the contacts, two of which share an e-mail address."""
    accounts, users = Ids("001"), Ids("005")
    last = pick(words.LAST, 5, sizes.seed)
    first = pick(words.FIRST, 11, sizes.seed)
    parents = max(1, sizes.accounts)

    def email(row: int) -> str:
        return f"{str(first(row)).translate(ASCII).lower()}.{row}@client.example"

    makers: dict[str, Maker] = {
        "AccountId": lambda row: accounts.of(row % parents),
        "LastName": last,
        "FirstName": first,
        "Salutation": pick(("Ms.", "Mr.", "Dr.", None), 1),
        "Email": sometimes(email, 9),
        "Phone": lambda row: f"+49 30 {row * 7 % 1_000_000:06d}",
        "Title": pick(words.TITLES, 3),
        "Department": sometimes(pick(words.TEAMS, 3), 4),
        "LeadSource": pick(("Web", "Phone Inquiry", "Partner Referral", "Other"), 1),
        "Birthdate": sometimes(lambda row: f"{1950 + row % 50}-{1 + row % 12:02d}-{1 + row % 28:02d}", 3),
        "MailingStreet": sometimes(street, 5),
        "MailingCity": pick(words.CITIES, 5),
        "MailingCountry": pick(words.COUNTRIES, 3),
        "OwnerId": lambda row: users.of(owner_of(row)),
        "CleanStatus": always("Pending"),
        "External_Id__c": lambda row: f"C-{row:07d}",
    }
    seeds = seeds_of(sizes.contacts, makers)
    seeds.probes["Email"] = number_in(r"[^@]*\.(\d+)@client\.example")
    seeds.probes["External_Id__c"] = number_in(r"C-(\d{7})")
    seeds.computed |= {
        "Name": full_name,
        "MailingAddress": address("Mailing"),
        "OtherAddress": address("Other"),
        "PhotoUrl": photo,
    }
    seeds.children["AccountId"] = lambda parent: range(parent, sizes.contacts, parents)
    return seeds


def relations(sizes: Sizes) -> Seeds:
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
        "Roles": pick(roles, 1, sizes.seed),
        "IsDirect": lambda row: row < known,
        "IsActive": lambda row: row % 8 != 5,
        "StartDate": sometimes(lambda row: f"{2018 + row % 7}-{1 + row % 12:02d}-01", 4),
    }
    return seeds_of(known + known // 3, makers)


def leads(sizes: Sizes) -> Seeds:
    """Make the leads; some belong to queues."""
    users, queues = Ids("005"), Ids("00G")
    makers: dict[str, Maker] = {
        "LastName": pick(words.LAST, 7),
        "FirstName": pick(words.FIRST, 13),
        "Company": lambda row: account_name(row, 3),
        "Email": sometimes(lambda row: f"lead.{row}@prospect.example", 7),
        "Status": pick(("Open - Not Contacted", "Working - Contacted", "Closed - Not Converted"), 1),
        "LeadSource": pick(("Web", "Other", None), 1),
        "Industry": sometimes(pick(INDUSTRIES, 3), 5),
        "Rating": pick(("Hot", "Warm", "Cold", None), 1),
        "Title": pick(words.TITLES, 5),
        "Country": pick(words.COUNTRIES, 3),
        "City": pick(words.CITIES, 3),
        "NumberOfEmployees": sometimes(lambda row: 1 + row % 500, 3),
        "OwnerId": lambda row: queues.of(row % 3) if row % 3 == 0 else users.of(owner_of(row)),
        "CleanStatus": always("Pending"),
    }
    seeds = seeds_of(sizes.leads, makers)
    seeds.probes["Email"] = number_in(r"lead\.(\d+)@prospect\.example")
    seeds.computed |= {"Name": full_name, "Address": address(""), "PhotoUrl": photo}
    return seeds


def users() -> Seeds:
    """Make the users, one of whom is inactive."""
    own = Ids("005")

    def name(row: int) -> tuple[str, str]:
        if row == 0:
            return "Integration", "User"
        return words.FIRST[row * 3 % len(words.FIRST)], words.LAST[row * 5 % len(words.LAST)]

    def address(row: int) -> str:
        first, last = name(row)
        return f"{first}.{last}.{row}".translate(ASCII).lower()

    makers: dict[str, Maker] = {
        "Username": lambda row: f"{address(row)}@northwind.example.sim",
        "LastName": lambda row: name(row)[1],
        "FirstName": lambda row: name(row)[0],
        "CompanyName": always("Northwind Simulator"),
        "Department": pick(words.TEAMS, 1),
        "Title": pick(words.TITLES, 1),
        "Email": lambda row: f"{address(SAME_EMAIL[0] if row in SAME_EMAIL else row)}@northwind.example",
        "Alias": lambda row: f"user{row}",
        "IsActive": lambda row: row != INACTIVE,
        "UserType": always("Standard"),
        "ManagerId": lambda row: own.of(row // 6) if row else None,
        "FederationIdentifier": lambda row: f"sso-{row:04d}" if row % 2 else None,
    }
    seeds = seeds_of(USERS, makers)
    seeds.computed["Name"] = full_name
    return seeds


def groups() -> Seeds:
    """Make the queues."""
    makers: dict[str, Maker] = {
        "Name": lambda row: QUEUES[row],
        "DeveloperName": lambda row: QUEUES[row].replace(" ", "_"),
        "Type": always("Queue"),
    }
    return seeds_of(len(QUEUES), makers)
