"""What several test modules need to make: metadata as Dataverse tells it, writes, requests."""

from functools import cache

from writeback.model.jobs import Route
from writeback.model.types import AttributeType, Wish
from writeback.sdk.connector import FieldWish, Write, WriteRequest
from writeback_dynamics.wire.describes import Described, parse_describe
from writeback_dynamics.wire.tables import Table, parse_tables
from writeback_dynamics.wire.writes import Pointing

BASE = 'W/"4711"'

TABLES = {
    "value": [
        {
            "LogicalName": name,
            "EntitySetName": entity_set,
            "PrimaryIdAttribute": key,
            "PrimaryNameAttribute": title,
            "IsOptimisticConcurrencyEnabled": name != "new_plain",
            "IsCustomEntity": name.startswith("new_"),
            "ChangeTrackingEnabled": name in ("account", "contact"),
            "DisplayName": {"UserLocalizedLabel": {"Label": name.title()}},
            "MetadataId": "0",
        }
        for name, entity_set, key, title in (
            ("account", "accounts", "accountid", "name"),
            ("contact", "contacts", "contactid", "fullname"),
            ("systemuser", "systemusers", "systemuserid", "fullname"),
            ("team", "teams", "teamid", "name"),
            ("new_plain", "new_plains", "new_plainid", "new_name"),
            ("new_elastic", "new_elastics", "new_elasticid", "new_name"),
            ("nothing", None, "nothingid", "name"),
        )
    ]
}


def column(name: str, kind: str, **more: object) -> dict[str, object]:
    """A column as the list of columns tells it."""
    facts: dict[str, object] = {
        "LogicalName": name,
        "AttributeTypeName": {"Value": f"{kind}Type"},
        "IsValidForCreate": True,
        "IsValidForUpdate": True,
        "IsValidForRead": True,
        "RequiredLevel": {"Value": "None"},
        "DisplayName": {"UserLocalizedLabel": {"Label": name.title()}},
        "IsPrimaryId": False,
        "AttributeOf": None,
    }
    return facts | more


def label(text: str) -> dict[str, object]:
    """A label in the user's language."""
    return {"UserLocalizedLabel": {"Label": text}}


def option(value: int, label: str, **more: object) -> dict[str, object]:
    """One option of a set."""
    return {"Value": value, "Label": {"UserLocalizedLabel": {"Label": label}}, **more}


def options(*told: dict[str, object]) -> dict[str, object]:
    """An option set."""
    return {"Options": list(told)}


FIXED = {"IsValidForCreate": False, "IsValidForUpdate": False}
OWNER = column("ownerid", "Owner", RequiredLevel={"Value": "SystemRequired"})
OWNED = (OWNER, column("owninguser", "Lookup", **FIXED), column("owningteam", "Lookup", **FIXED))
STATES = options(option(0, "Active", DefaultStatus=1), option(1, "Inactive", DefaultStatus=2))
STATUSES = options(option(1, "Active", State=0), option(2, "Inactive", State=1))
COLUMNS: dict[str, tuple[dict[str, object], ...]] = {
    "account": (
        column("accountid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("name", "String", RequiredLevel={"Value": "ApplicationRequired"}),
        column("accountnumber", "String"),
        column("emailaddress1", "String"),
        column("websiteurl", "String"),
        column("description", "Memo"),
        column("industrycode", "Picklist"),
        column("new_colors", "MultiSelectPicklist", AttributeType="Virtual"),
        column("statecode", "State"),
        column("statuscode", "Status"),
        column("donotemail", "Boolean"),
        column("numberofemployees", "Integer"),
        column("versionnumber", "BigInt", **FIXED),
        column("new_score", "Decimal"),
        column("new_ratio", "Double"),
        column("revenue", "Money"),
        column("revenue_base", "Money", SourceType=0, **FIXED),
        column("new_total", "Money", SourceType=2, **FIXED, Description=label("All of it.")),
        column("modifiedon", "DateTime", **FIXED),
        column("new_renewal", "DateTime"),
        column("new_meeting", "DateTime"),
        column("primarycontactid", "Lookup"),
        column("primarycontactidname", "String", AttributeOf="primarycontactid", **FIXED),
        column("new_customerid", "Customer"),
        column("new_nowhere", "Lookup"),
        column("entityimage", "Image", AttributeType="Virtual"),
        column("new_secret", "String", IsValidForRead=False),
        *OWNED,
    ),
    "contact": (
        column("contactid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("fullname", "String", **FIXED),
        column("emailaddress1", "String"),
        column("parentcustomerid", "Customer"),
        *OWNED,
    ),
    "systemuser": (
        column("systemuserid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("fullname", "String", **FIXED),
        column("internalemailaddress", "String"),
        column("domainname", "String"),
        column("isdisabled", "Boolean", **FIXED),
        column("parentsystemuserid", "Lookup"),
    ),
    "team": (
        column("teamid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("name", "String"),
    ),
    "new_plain": (
        column("new_plainid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("new_name", "String"),
    ),
    "new_elastic": (
        column("new_elasticid", "Uniqueidentifier", IsPrimaryId=True, **FIXED),
        column("partitionid", "String"),
    ),
}
SPECIAL: dict[str, dict[str, object]] = {
    "name": {"MaxLength": 160, "FormatName": {"Value": "Text"}},
    "emailaddress1": {"MaxLength": 100, "FormatName": "Email"},
    "internalemailaddress": {"MaxLength": 100, "FormatName": {"Value": "Email"}},
    "websiteurl": {"MaxLength": 200, "FormatName": {"Value": "Url"}},
    "description": {"MaxLength": 2000},
    "industrycode": {"OptionSet": options(option(1, "Accounting"), option(7, "Retail"))},
    "new_colors": {"OptionSet": options(), "GlobalOptionSet": options(option(1, "Red"), option(9, "Blue"))},
    "statecode": {"OptionSet": STATES},
    "statuscode": {"OptionSet": STATUSES},
    "numberofemployees": {"MinValue": 0, "MaxValue": 1_000_000_000},
    "new_score": {"Precision": 3, "MinValue": -100, "MaxValue": 100},
    "new_ratio": {"Precision": 5, "MinValue": 0, "MaxValue": 0},
    "revenue": {"Precision": 2, "PrecisionSource": 2, "MinValue": 0, "MaxValue": 100_000_000_000_000},
    "new_renewal": {"Format": "DateOnly", "DateTimeBehavior": {"Value": "DateOnly"}},
    "new_meeting": {"Format": "DateAndTime", "DateTimeBehavior": {"Value": "TimeZoneIndependent"}},
    "primarycontactid": {"Targets": ["contact"]},
    "new_customerid": {"Targets": ["account", "contact"]},
    "parentcustomerid": {"Targets": ["account", "contact"]},
    "parentsystemuserid": {"Targets": ["systemuser"]},
    "ownerid": {"Targets": ["systemuser", "team"]},
    "owninguser": {"Targets": ["systemuser"]},
    "owningteam": {"Targets": ["team"]},
    "new_nowhere": {"Targets": ["new_gone"]},
}
RELATIONS: dict[str, tuple[tuple[str, str, str], ...]] = {
    "account": (
        ("primarycontactid", "contact", "primarycontactid"),
        ("new_customerid", "account", "new_CustomerId_account"),
        ("new_customerid", "contact", "new_CustomerId_contact"),
        ("ownerid", "owner", "ownerid"),
        ("owninguser", "systemuser", "owninguser"),
        ("owningteam", "team", "owningteam"),
    ),
    "contact": (
        ("parentcustomerid", "account", "parentcustomerid_account"),
        ("parentcustomerid", "contact", "parentcustomerid_contact"),
        ("owninguser", "systemuser", "owninguser"),
        ("owningteam", "team", "owningteam"),
    ),
    "systemuser": (("parentsystemuserid", "systemuser", "parentsystemuserid"),),
}
KEYS: dict[str, tuple[tuple[list[str], str], ...]] = {
    "account": (
        (["accountnumber"], "Active"),
        (["name", "emailaddress1"], "Active"),
        (["websiteurl"], "Pending"),
    ),
}


@cache
def tables() -> dict[str, Table]:
    """All tables."""
    return parse_tables(TABLES)


@cache
def described(name: str) -> Described:
    """A table's description."""
    special = [{"LogicalName": each, **facts} for each, facts in SPECIAL.items()]
    relations = [
        {
            "ReferencingAttribute": attribute,
            "ReferencedEntity": target,
            "ReferencingEntityNavigationPropertyName": navigation,
        }
        for attribute, target, navigation in RELATIONS.get(name, ())
    ]
    keys = [{"KeyAttributes": names, "EntityKeyIndexStatus": status} for names, status in KEYS.get(name, ())]
    return parse_describe(
        tables()[name],
        {"value": list(COLUMNS[name])},
        relations={"value": relations},
        keys={"value": keys},
        casts=[{"value": special}],
    )


def record_id(number: int) -> str:
    """A well-formed id."""
    return f"0f0f0f0f-0000-4000-8000-{number:012x}"


def write(number: int = 1, *, base: str | None = BASE, **wishes: Wish) -> Write:
    """A write of text columns."""
    fields = tuple(FieldWish(name, AttributeType.TEXT, wish) for name, wish in wishes.items())
    return Write(f"key{number}", record_id(number), base, fields)


def request(
    *writes: Write, route: Route = Route.BATCH, is_conditional: bool = False, object_name: str = "account"
) -> WriteRequest:
    """A request of writes on one table."""
    return WriteRequest(object_name, writes, route, is_conditional)


def pointing(**targets: str) -> Pointing:
    """All tables; ids of polymorphic lookups as `_1="contact"` for `record_id(1)`."""
    return Pointing(tables(), {record_id(int(number.lstrip("_"))): name for number, name in targets.items()})
