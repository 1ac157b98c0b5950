# ruff: noqa: E501  a property stands on one line
"""The object types of a portal and their properties, written by hand (never copied from HubSpot's documents).

Holds what an account has; how it changes stands in `drifting`.
"""

from dataclasses import dataclass

from writeback_hubspot.simulator.properties import Property, read_properties

_SHARED = """
    createdate          | Create date        | datetime    | date     | read_only
    hs_object_id        | Record ID          | number      | number   | read_only
    hs_merged_object_ids| Merged record IDs  | enumeration | checkbox | read_only open
    hubspot_owner_id    | Owner              | enumeration | select   | owner
"""
_MODIFIED = "{} | Last modified date | datetime | date | read_only\n"
_STAGES_OF_LIFE = "subscriber=Subscriber; lead=Lead; opportunity=Opportunity; customer=Customer; evangelist=Evangelist; other=Other"
_COMPANY = f"""
    name                 | Company name       | string       | text
    domain               | Company domain name| string       | text
    website              | Website URL        | string       | text
    phone                | Phone number       | string       | phonenumber
    description          | Description        | string       | textarea
    address              | Street address     | string       | text
    city                 | City               | string       | text
    state                | State/Region       | string       | text
    zip                  | Postal code        | string       | text
    country              | Country/Region     | string       | text
    industry             | Industry           | enumeration  | select | | AGRICULTURE=Agriculture; BANKING=Banking; BIOTECHNOLOGY=Biotechnology; CONSTRUCTION=Construction; EDUCATION=Education; ENERGY=Energy; FOOD_DRINK=Food & Drink; LOGISTICS=Logistics; MACHINERY=Machinery; RETAIL=Retail; SOFTWARE=Software; TRAVEL=Travel
    type                 | Type               | enumeration  | select | | PROSPECT=Prospect; PARTNER=Partner; RESELLER=Reseller; VENDOR=Vendor; OTHER=Other
    lifecyclestage       | Lifecycle stage    | enumeration  | radio  | | {_STAGES_OF_LIFE}
    annualrevenue        | Annual revenue     | number       | number
    numberofemployees    | Number of employees| number       | number
    founded_year         | Year founded       | string       | text
    is_public            | Is public          | bool         | booleancheckbox
    num_associated_contacts | Associated contacts | number   | number | read_only
    external_id          | ERP number         | string       | text            | custom unique
    tier                 | Tier               | enumeration  | radio           | custom | gold=Gold; silver=Silver; bronze=Bronze; none=No tier
    segments             | Segments           | enumeration  | checkbox        | custom | retail=Retail; wholesale=Wholesale; public=Public sector; r_and_d=R&D; export=Export
    credit_score         | Credit score       | number       | number          | custom
    contract_end         | Contract end       | date         | date            | custom
    last_audit_at        | Last audit         | datetime     | date            | custom
    billing_phone        | Billing phone      | phone_number | phonenumber     | custom
    is_key_account       | Key account        | bool         | booleancheckbox | custom
    briefing             | Briefing           | string       | html            | custom
    revenue_per_employee | Revenue per employee | number     | calculation_equation | custom calculated
    legacy_code          | Legacy code        | string       | text            | custom archived
"""
_CONTACT = f"""
    firstname            | First name         | string       | text
    lastname             | Last name          | string       | text
    email                | Email              | string       | text  | email
    phone                | Phone number       | string       | phonenumber
    mobilephone          | Mobile phone       | string       | phonenumber
    jobtitle             | Job title          | string       | text
    company              | Company name       | string       | text
    city                 | City               | string       | text
    country              | Country/Region     | string       | text
    message              | Message            | string       | textarea
    lifecyclestage       | Lifecycle stage    | enumeration  | radio  | | {_STAGES_OF_LIFE}
    hs_lead_status       | Lead status        | enumeration  | radio  | | NEW=New; OPEN=Open; IN_PROGRESS=In progress; UNQUALIFIED=Unqualified
    associatedcompanyid  | Primary company    | number       | number | read_only
    customer_number      | Customer number    | string       | text            | custom unique
    newsletter           | Newsletter         | bool         | booleancheckbox | custom
    interests            | Interests          | enumeration  | checkbox        | custom | fairs=Trade fairs; news=News; training=Training; support=Support
    birthday             | Birthday           | date         | date            | custom
    last_visit_at        | Last visit         | datetime     | date            | custom
    loyalty_points       | Loyalty points     | number       | number          | custom
"""
_DEAL = """
    dealname             | Deal name          | string       | text
    amount               | Amount             | number       | number
    closedate            | Close date         | datetime     | date
    pipeline             | Pipeline           | enumeration  | select | pipeline
    dealstage            | Deal stage         | enumeration  | radio  | stage
    dealtype             | Deal type          | enumeration  | radio  | | newbusiness=New business; existingbusiness=Existing business
    description          | Description        | string       | textarea
    closed_won_reason    | Closed won reason  | string       | textarea
    hs_is_closed_won     | Is closed won      | bool         | calculation_equation | calculated
    next_review          | Next review        | date         | date   | custom
    order_number         | Order number       | string       | text   | custom unique
"""
_PLAN = """
    plan_name            | Plan name          | string       | text   | custom
    plan_code            | Plan code          | string       | text   | custom unique
    level                | Level              | enumeration  | select | custom | basic=Basic; plus=Plus; premium=Premium
    monthly_fee          | Monthly fee        | number       | number | custom
    starts_on            | Starts on          | date         | date   | custom
"""


@dataclass(slots=True)
class ObjectType:
    """One kind of record."""

    name: str  # as paths name it
    singular: str
    type_id: str
    modified: str  # the name of its last-modified property
    defaults: tuple[str, ...]  # shown when nothing is asked for
    properties: dict[str, Property]
    first_id: int
    needs: tuple[str, ...] = ()  # one of these on creation
    searched: tuple[str, ...] = ()  # by `query`
    labels: tuple[str, str] = ("", "")
    id_property: str = ""  # unique without being declared so: contacts' email
    is_custom: bool = False

    @property
    def always(self) -> tuple[str, ...]:
        """Give the properties every answer shows."""
        return ("createdate", self.modified, "hs_object_id")

    def is_unique(self, name: str) -> bool:
        """Say whether records can be named by this property."""
        found = self.properties.get(name)
        return found is not None and (found.is_unique or name == self.id_property)


def object_types() -> list[ObjectType]:
    """Give the standard objects."""
    hs = "hs_lastmodifieddate"
    return [
        ObjectType(
            "companies", "company", "0-2", hs, ("name", "domain", "createdate", hs, "hs_object_id"),
            read_properties(_COMPANY + _SHARED + _MODIFIED.format(hs), "companyinformation"),
            98_501, ("name", "domain"), ("name", "domain", "phone", "website"), ("Company", "Companies"),
        ),
        ObjectType(
            "contacts", "contact", "0-1", "lastmodifieddate",
            ("firstname", "lastname", "email", "createdate", "lastmodifieddate", "hs_object_id"),
            read_properties(_CONTACT + _SHARED + _MODIFIED.format("lastmodifieddate"), "contactinformation"),
            501, ("email", "firstname", "lastname"), ("firstname", "lastname", "email", "phone"),
            ("Contact", "Contacts"), "email",
        ),
        ObjectType(
            "deals", "deal", "0-3", hs,
            ("dealname", "amount", "closedate", "dealstage", "pipeline", "createdate", hs, "hs_object_id"),
            read_properties(_DEAL + _SHARED + _MODIFIED.format(hs), "dealinformation"),
            9_100_000_001, ("dealname",), ("dealname",), ("Deal", "Deals"),
        ),
    ]  # fmt: skip


def custom_object(portal_id: int, number: int) -> ObjectType:
    """Give a custom object; number 0 is the one with data."""
    short = "service_plan" if number == 0 else f"custom_object_{number}"
    hs = "hs_lastmodifieddate"
    return ObjectType(
        f"p{portal_id}_{short}", short, f"2-{10_000_001 + number}", hs,
        ("createdate", hs, "hs_object_id"),
        read_properties(_PLAN + _SHARED + _MODIFIED.format(hs), f"{short}_information"),
        5_000_000_001, ("plan_name",), ("plan_name", "plan_code"),
        ("Service plan", "Service plans") if number == 0 else (f"Custom {number}", f"Customs {number}"),
        is_custom=True,
    )  # fmt: skip


class Catalogue:
    """The object types, by every name they go by."""

    def __init__(self, portal_id: int, *, customs: int = 0) -> None:
        self._portal_id = portal_id
        self._customs = 0
        self.types: dict[str, ObjectType] = {}
        self._names: dict[str, ObjectType] = {}
        for made in object_types():
            self._add(made)
        for _ in range(customs):
            self.add_custom()

    def find(self, given: str) -> ObjectType | None:
        """Find a type by plural, singular, type id or full name."""
        return self._names.get(given.lower())

    def add_custom(self) -> ObjectType:
        """Add one more custom object."""
        made = custom_object(self._portal_id, self._customs)
        self._customs += 1
        self._add(made)
        return made

    def withdraw(self, kind: ObjectType) -> None:
        """Take a type out of the account."""
        self.types.pop(kind.name, None)
        for name in (kind.name, kind.singular, kind.type_id):
            self._names.pop(name, None)

    def show(self, kind: ObjectType) -> None:
        """Put a type back that was taken out."""
        self._add(kind)

    def _add(self, made: ObjectType) -> None:
        self.types[made.name] = made
        self._names |= dict.fromkeys((made.name, made.singular, made.type_id), made)
