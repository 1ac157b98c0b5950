"""The tables of the simulated environment: a subset of the vendor's, with columns of its own added.

Nothing here is data; rows are made in `seeding`.
"""

from collections import abc

from writeback_dynamics.simulator.columns import (
    choice,
    choices,
    computed,
    custom,
    customer,
    date,
    decimal,
    double,
    lookup,
    memo,
    moment,
    money,
    moneyed,
    number,
    primary,
    standard,
    text,
    yes_no,
)
from writeback_dynamics.simulator.schema import LOOKUPS, Column, Entity, Key, Navigation

_ACTIVE = (("Active", {1: "Active"}), ("Inactive", {2: "Inactive"}))
INDUSTRIES = dict(
    enumerate(
        (
            "Accounting",
            "Agriculture and Non-petrol Natural Resource Extraction",
            "Broadcasting Printing and Publishing",
            "Brokers",
            "Building Supply Retail",
            "Business Services",
            "Consulting",
            "Consumer Services",
            "Design, Direction and Creative Management",
            "Distributors, Dispatchers and Processors",
            "Financial",
            "Food and Tobacco Processing",
        ),
        1,
    )
)
ACCOUNT_ROLES = {1: "Decision Maker", 2: "Employee", 3: "Influencer"}
SEGMENTS = {1: "Retail", 2: "Wholesale", 3: "Public sector", 4: "Food & Drink", 5: "R&D", 9: "Export"}
TIERS = {100_000_000: "Gold", 100_000_001: "Silver", 100_000_002: "Bronze"}
_ADDRESS = (
    text("address1_line1", "Address 1: Street 1", 250),
    text("address1_city", "Address 1: City", 80),
    text("address1_postalcode", "Address 1: ZIP/Postal Code", 20),
    text("address1_country", "Address 1: Country/Region", 80),
)


def _account() -> Entity:
    own = custom(
        text("wb_externalid", "External Id", 40),
        text("wb_region", "Region", 20, is_unicode=False),
        number("wb_localnumber", "Local Number"),
        choice("wb_tier", "Tier", TIERS),
        choices("wb_segments", "Segments", SEGMENTS),
        decimal("wb_health", "Health", 0, 100),
        double("wb_growth", "Growth", -1000, 1000, precision=5),
        date("wb_renewaldate", "Renewal Date"),
        moment("wb_lastreview", "Last Review"),
        moment("wb_localopening", "Local Opening", behavior="TimeZoneIndependent"),
        lookup("wb_successmanager", "Success Manager", "systemuser", navigation="wb_SuccessManager"),
        text("wb_securenote", "Secure Note", 200, is_secured=True),
        computed(Column("wb_contract", "File", "Signed Contract")),
        computed(number("wb_score", "Score", is_calculated=True)),
        computed(text("wb_tiertext", "Tier Text", 200, is_calculated=True)),
    )
    columns = (
        primary("accountid", "Account"),
        text("name", "Account Name", 160, required="ApplicationRequired", is_primary_name=True),
        text("accountnumber", "Account Number", 20),
        text("telephone1", "Main Phone", 50, format="Phone"),
        text("emailaddress1", "Email", 100, format="Email"),
        text("websiteurl", "Website", 200, format="Url"),
        memo("description", "Description"),
        choice("industrycode", "Industry", INDUSTRIES),
        choice("accountcategorycode", "Category", {1: "Preferred Customer", 2: "Standard"}),
        number("numberofemployees", "Number of Employees"),
        *money("revenue", "Annual Revenue"),
        *money("creditlimit", "Credit Limit"),
        yes_no("creditonhold", "Credit Hold"),
        lookup("primarycontactid", "Primary Contact", "contact", collection="account_primary_contact"),
        lookup("parentaccountid", "Parent Account", "account", collection="account_parent_account"),
        Column("entityimage", "Image", "Default Image"),
        Column("industrycodename", "Virtual", attribute_of="industrycode", creatable=False, updatable=False),
        Column("primarycontactidname", "String", attribute_of="primarycontactid", updatable=False),
        Column("wb_segmentsname", "Virtual", attribute_of="wb_segments", creatable=False, updatable=False),
        *_ADDRESS,
        *own,
        *moneyed(),
        *standard("account", _ACTIVE),
    )
    keys = (
        Key("wb_AccountNumber", ("accountnumber",)),
        Key("wb_ExternalId", ("wb_externalid",)),
        Key("wb_RegionNumber", ("wb_region", "wb_localnumber")),
        Key("wb_ParentNumber", ("parentaccountid", "wb_localnumber")),
        Key("wb_Phone", ("telephone1",), status="Pending"),
    )
    return _entity("account", "accounts", ("Account", "Accounts"), columns, keys=keys, code=1)


def _contact() -> Entity:
    columns = (
        primary("contactid", "Contact"),
        computed(text("fullname", "Full Name", 160, is_primary_name=True)),
        text("firstname", "First Name", 50, required="Recommended"),
        text("lastname", "Last Name", 50, required="ApplicationRequired"),
        text("emailaddress1", "Email", 100, format="Email"),
        text("telephone1", "Business Phone", 50, format="Phone"),
        text("jobtitle", "Job Title", 100),
        memo("description", "Description"),
        choice("accountrolecode", "Role", ACCOUNT_ROLES),
        choice("gendercode", "Gender", {1: "Male", 2: "Female"}),
        choice("preferredcontactmethodcode", "Preferred Method", {1: "Any", 2: "Email", 3: "Phone"}),
        yes_no("donotemail", "Do not allow Emails"),
        date("birthdate", "Birthday"),
        customer(
            "parentcustomerid", "Company Name", ("contact_customer_accounts", "contact_customer_contacts")
        ),
        Column("parentcustomeridtype", "EntityName", attribute_of="parentcustomerid"),
        Column("parentcustomeridname", "String", attribute_of="parentcustomerid", updatable=False),
        *_ADDRESS,
        *money("creditlimit", "Credit Limit"),
        *custom(choices("wb_interests", "Interests", SEGMENTS)),
        *moneyed(),
        *standard("contact", _ACTIVE),
    )
    keys = (Key("wb_Email", ("emailaddress1",)),)
    return _entity("contact", "contacts", ("Contact", "Contacts"), columns, keys=keys, code=2)


def _lead() -> Entity:
    states = (
        ("Open", {1: "New", 2: "Contacted"}),
        ("Qualified", {3: "Qualified"}),
        ("Disqualified", {4: "Lost", 5: "Cannot Contact", 6: "No Longer Interested", 7: "Canceled"}),
    )
    columns = (
        primary("leadid", "Lead"),
        computed(text("fullname", "Name", 160, is_primary_name=True)),
        text("firstname", "First Name", 50),
        text("lastname", "Last Name", 50, required="ApplicationRequired"),
        text("subject", "Topic", 300, required="ApplicationRequired"),
        text("companyname", "Company Name", 100),
        text("emailaddress1", "Email", 100, format="Email"),
        memo("description", "Description"),
        choice("leadqualitycode", "Rating", {1: "Hot", 2: "Warm", 3: "Cold"}),
        customer("customerid", "Customer", ("lead_customer_accounts", "lead_customer_contacts")),
        *standard("lead", states),
    )
    return _entity("lead", "leads", ("Lead", "Leads"), columns, code=4)


def _opportunity() -> Entity:
    states = (
        ("Open", {1: "In Progress", 2: "On Hold"}),
        ("Won", {3: "Won"}),
        ("Lost", {4: "Canceled", 5: "Out-Sold"}),
    )
    columns = (
        primary("opportunityid", "Opportunity"),
        text("name", "Topic", 300, required="ApplicationRequired", is_primary_name=True),
        memo("description", "Description"),
        choice("opportunityratingcode", "Rating", {1: "Hot", 2: "Warm", 3: "Cold"}),
        number("closeprobability", "Probability", 0, 100),
        text("stepname", "Pipeline Phase", 200),
        date("estimatedclosedate", "Est. Close Date"),
        *money("estimatedvalue", "Est. Revenue"),
        *computed_money("totalamount", "Total Amount"),
        customer(
            "customerid",
            "Potential Customer",
            ("opportunity_customer_accounts", "opportunity_customer_contacts"),
        ),
        lookup("parentaccountid", "Account", "account", collection="opportunity_parent_account"),
        lookup("parentcontactid", "Contact", "contact", collection="opportunity_parent_contact"),
        *moneyed(),
        *standard("opportunity", states),
    )
    labels = ("Opportunity", "Opportunities")
    return _entity("opportunity", "opportunities", labels, columns, code=3)


def computed_money(name: str, label: str) -> tuple[Column, ...]:
    """Make an amount the server computes."""
    return tuple(computed(column) for column in money(name, label))


def _project() -> Entity:
    columns = custom(
        primary("wb_projectid", "Project"),
        text("wb_name", "Name", 100, required="ApplicationRequired", is_primary_name=True),
        text("wb_code", "Code", 30),
        lookup(
            "wb_account",
            "Account",
            "account",
            navigation="wb_Account",
            collection="wb_project_Account_wb_account",
        ),
        lookup("wb_lead", "Project Lead", "systemuser", navigation="wb_Lead"),
        *money("wb_budget", "Budget", is_custom=True),
        choice("wb_phase", "Phase", {1: "Planned", 2: "Running", 3: "Done"}),
        choices("wb_tags", "Tags", SEGMENTS),
        date("wb_start", "Start"),
        yes_no("wb_isbillable", "Billable"),
        memo("wb_notes", "Notes", 4000),
    )
    keys = (Key("wb_Code", ("wb_code",)),)
    return _entity(
        "wb_project",
        "wb_projects",
        ("Project", "Projects"),
        (*columns, *moneyed(), *standard("wb_project", _ACTIVE)),
        keys=keys,
        code=10_101,
        is_custom=True,
    )


def _reading() -> Entity:
    columns = custom(
        primary("wb_readingid", "Reading"),
        text("wb_name", "Name", 100, is_primary_name=True),
        number("wb_value", "Value", 0, 1000),
        text("wb_note", "Note", 200),
        number("ttlinseconds", "Time to live"),
        text("partitionid", "Partition Id", 100, updatable=False),
    )
    keys = (Key("KeyForNoSqlEntityWithPKPartitionId", ("wb_readingid", "partitionid")),)
    return _entity(
        "wb_reading",
        "wb_readings",
        ("Reading", "Readings"),
        (*columns, *standard("wb_reading", _ACTIVE)),
        keys=keys,
        code=10_102,
        is_custom=True,
        is_elastic=True,
        has_versions=False,
        has_tracking=False,
        messages=("CreateMultiple", "UpdateMultiple", "UpsertMultiple", "DeleteMultiple"),
    )


def _people() -> abc.Iterator[Entity]:
    user = (
        primary("systemuserid", "User"),
        computed(text("fullname", "Full Name", 200, is_primary_name=True)),
        text("firstname", "First Name", 64),
        text("lastname", "Last Name", 64),
        text("internalemailaddress", "Primary Email", 100, format="Email"),
        text("domainname", "User Name", 1024),
        text("title", "Title", 128),
        computed(yes_no("isdisabled", "Status")),
        Column(
            "azureactivedirectoryobjectid",
            "Uniqueidentifier",
            "Microsoft Entra ID Object ID",
            updatable=False,
        ),
        lookup("businessunitid", "Business Unit", "businessunit", required="SystemRequired"),
        *standard("systemuser", _ACTIVE, is_owned=False)[:7],
    )
    team = (
        primary("teamid", "Team"),
        text("name", "Team Name", 160, required="SystemRequired", is_primary_name=True),
        choice("teamtype", "Team Type", {0: "Owner", 1: "Access", 2: "Security Group"}, updatable=False),
        memo("description", "Description"),
        lookup("businessunitid", "Business Unit", "businessunit", required="SystemRequired"),
        *standard("team", _ACTIVE, is_owned=False)[:7],
    )
    few: abc.Sequence[str] = ()
    yield _entity(
        "systemuser", "systemusers", ("User", "Users"), user, code=8, named_key="ownerid", messages=few
    )
    yield _entity("team", "teams", ("Team", "Teams"), team, code=9, named_key="ownerid", messages=few)


def _system() -> abc.Iterator[Entity]:
    unit = (
        primary("businessunitid", "Business Unit"),
        text("name", "Name", 160, is_primary_name=True),
        Column("versionnumber", "BigInt", updatable=False, creatable=False),
    )
    currency = (
        primary("transactioncurrencyid", "Transaction Currency"),
        text("currencyname", "Currency Name", 100, is_primary_name=True),
        text("isocurrencycode", "Currency Code", 5),
        text("currencysymbol", "Currency Symbol", 13),
        number("currencyprecision", "Currency Precision", 0, 4),
        decimal("exchangerate", "Exchange Rate", 0.000001, 100_000_000_000, precision=12),
        Column("versionnumber", "BigInt", updatable=False, creatable=False),
    )
    message = (primary("sdkmessageid", "Message"), computed(text("name", "Name", is_primary_name=True)))
    filters = (
        primary("sdkmessagefilterid", "Filter"),
        computed(Column("primaryobjecttypecode", "EntityName", "Primary Object Type Code")),
        computed(lookup("sdkmessageid", "Message", "sdkmessage")),
    )
    tables = (
        ("businessunit", "businessunits", ("Business Unit", "Business Units"), unit, 10),
        ("transactioncurrency", "transactioncurrencies", ("Currency", "Currencies"), currency, 9105),
        ("sdkmessage", "sdkmessages", ("Sdk Message", "Sdk Messages"), message, 4606),
        ("sdkmessagefilter", "sdkmessagefilters", ("Filter", "Filters"), filters, 4607),
    )
    for name, set_name, labels, columns, code in tables:
        yield _entity(name, set_name, labels, columns, code=code, messages=(), has_tracking=False)


def extra_table(number: int) -> Entity:
    """Make one more custom table: organisations have hundreds."""
    name = f"wb_extra{number:03d}"
    columns = custom(
        primary(f"{name}id", f"Extra {number}"),
        text("wb_name", "Name", is_primary_name=True),
        text("wb_note", "Note", 200),
    )
    labels = (f"Extra {number}", f"Extras {number}")
    whole = (*columns, *standard(name, _ACTIVE))
    return _entity(name, f"{name}s", labels, whole, code=11_000 + number, is_custom=True)


def entities(extra: int = 0) -> dict[str, Entity]:
    """Give all tables by logical name, with their navigation properties on both sides."""
    made = [_account(), _contact(), _lead(), _opportunity(), *_people(), _project(), _reading(), *_system()]
    made += [extra_table(number) for number in range(1, extra + 1)]
    found = {entity.name: entity for entity in made}
    for entity in made:
        for column in entity.columns.values():
            _relate(found, entity, column)
    return found


def _relate(found: abc.Mapping[str, Entity], entity: Entity, column: Column) -> None:
    if column.type not in LOOKUPS:
        return
    for place, (target, name) in enumerate(zip(column.targets, column.navigations, strict=True)):
        collection = column.collections[place] or f"{entity.name}_{target}_{column.name}"
        schema_name = collection
        entity.navigations.setdefault(
            name,
            Navigation(name, schema_name, column.name, target, referencing=entity.name, partner=collection),
        )
        if column.type != "Owner" and target in found:
            found[target].navigations[collection] = Navigation(
                collection,
                schema_name,
                column.name,
                entity.name,
                is_many=True,
                referencing=entity.name,
                partner=name,
            )


def _entity(
    name: str,
    set_name: str,
    labels: tuple[str, str],
    columns: abc.Iterable[Column],
    **more: object,
) -> Entity:
    known = {column.name: _named(column, name) for column in columns}
    facts: dict[str, object] = {
        "schema_name": name if name.startswith("wb_") else name.capitalize(),
        "named_key": next(column.name for column in known.values() if column.is_primary_id),
        **more,
    }
    return Entity(name, set_name, labels[0], labels[1], known, **facts)  # type: ignore[arg-type]  # names of its fields


def _named(column: Column, table: str) -> Column:
    if column.schema_name:
        return column
    if column.name.startswith("wb_"):
        name = next((name for name in column.navigations if name.lower() == column.name), column.name)
        return column.changed(schema_name=name)
    name = column.name[0].upper() + column.name[1:]
    return column.changed(schema_name=name.replace("id", "Id") if name.endswith("id") and table else name)
