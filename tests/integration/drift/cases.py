"""What may change in a CRM under a mapping, and what has to come of it: at least twenty in each CRM."""

from dataclasses import dataclass, field
from typing import NamedTuple

from writeback.model.drifts import DriftKind, FixKind
from writeback.sdk.simulator.faults import Fact


@dataclass(frozen=True)
class Fields:
    """One CRM's object and the fields that stand for each type; '' where a drift cannot be told there."""

    connector: str
    object: str
    key: str
    text: str
    other_text: str
    number: str
    decimal: str
    list: str
    multi: str
    boolean: str
    date: str
    reference: str
    unmapped: str
    """Becomes required although nothing is mapped to it."""
    options: tuple[str, str]
    """Two of the list's: the first one goes."""
    multi_options: tuple[str, str]
    new_option: str
    types: dict[str, str] = field(default_factory=dict)
    """The vendor's words for types."""
    open_list: str = ""
    open_option: str = ""
    reference_target: str = ""
    controller: str = ""
    """A list that decides about the other list's options from now on."""
    unable: frozenset[str] = frozenset()
    """Changes this vendor does not know, or does not tell."""

    @property
    def mapped(self) -> tuple[str, ...]:
        """Give every field that is mapped for write-back."""
        names = (self.text, self.other_text, self.number, self.decimal, self.list, self.multi)
        more = (self.boolean, self.date, self.reference, self.open_list)
        return tuple(filter(None, (*names, *more)))


CRMS = {
    one.connector: one
    for one in (
        Fields(
            connector="salesforce",
            object="Account",
            key="Id",
            text="Site",
            other_text="BillingCity",
            number="Contract_Value__c",
            decimal="Health__c",
            list="Tier__c",
            multi="Segments__c",
            boolean="Active__c",
            date="Renewal_Date__c",
            reference="ParentId",
            unmapped="Rating",
            options=("Gold", "Silver"),
            multi_options=("Retail", "Wholesale"),
            new_option="Platinum",
            types={"text": "string", "number": "double", "multi": "multipicklist", "datetime": "datetime"},
            open_list="Industry",
            open_option="Media",
            reference_target="Contact",
            controller="Rating",
            unable=frozenset({"multi_option_gone"}),  # the list is open: what is gone is still taken
        ),
        Fields(
            connector="hubspot",
            object="companies",
            key="hs_object_id",
            text="city",
            other_text="address",
            number="credit_score",
            decimal="annualrevenue",
            list="tier",
            multi="segments",
            boolean="is_key_account",
            date="contract_end",
            reference="",
            unmapped="zip",
            options=("gold", "silver"),
            multi_options=("retail", "wholesale"),
            new_option="platinum",
            types={
                "text": "string",
                "number": "number",
                "multi": "enumeration/checkbox",
                "datetime": "datetime",
            },
            unable=frozenset(
                {
                    "shorter",
                    "decimals",
                    "required",
                    "restricted",
                    "retargeted",
                    "object_gone",
                    "object_locked",
                    "controlled",
                }
            ),
        ),
        Fields(
            connector="dynamics",
            object="account",
            key="accountid",
            text="address1_city",
            other_text="telephone1",
            number="numberofemployees",
            decimal="wb_health",
            list="wb_tier",
            multi="wb_segments",
            boolean="creditonhold",
            date="wb_renewaldate",
            reference="parentaccountid",
            unmapped="wb_region",
            options=("100000000", "100000001"),
            multi_options=("1", "2"),
            new_option="100000077",
            types={"text": "String", "number": "Decimal", "multi": "MultiSelectPicklist", "datetime": ""},
            reference_target="contact",
            unable=frozenset({"object_locked", "restricted", "date_to_datetime", "controlled"}),
        ),
        Fields(
            connector="zoho",
            object="Accounts",
            key="id",
            text="Billing_City",
            other_text="Account_Site",
            number="Seats",
            decimal="Usage_Index",
            list="Tier",
            multi="Segments",
            boolean="Active",
            date="Renewal_Date",
            reference="Parent_Account",
            unmapped="Rating",
            options=("Gold", "Silver"),
            multi_options=("Retail", "Wholesale"),
            new_option="Platinum",
            types={
                "text": "text",
                "number": "double",
                "multi": "multiselectpicklist",
                "datetime": "datetime",
            },
            reference_target="Contacts",
            controller="Rating",
            unable=frozenset({"restricted", "option_renamed"}),
        ),
    )
}


class Case(NamedTuple):
    """One drift in one CRM."""

    id: str
    crm: str
    change: dict[str, Fact]
    """The fault's facts."""
    wish: dict[str, str]
    """What rows are to hold."""
    kind: DriftKind
    fix: FixKind


_GONE = (DriftKind.FIELD_GONE, FixKind.DROP_MAPPING)
_RENAMED = (DriftKind.FIELD_RENAMED, FixKind.MAP_TO)
_RETYPED = (DriftKind.FIELD_RETYPED, FixKind.TAKE_TYPE)
_LOCKED = (DriftKind.FIELD_READ_ONLY, FixKind.SWITCH_OFF)
_CALCULATED = (DriftKind.FIELD_CALCULATED, FixKind.SWITCH_OFF)
_REQUIRED = (DriftKind.FIELD_REQUIRED, FixKind.ACCEPT)
_OPTION_GONE = (DriftKind.OPTION_GONE, FixKind.TAKE_OPTIONS)
_Template = tuple[str, str, dict[str, Fact], tuple[DriftKind, FixKind]]
_TEMPLATES: tuple[_Template, ...] = (
    *((f"{role}_gone", role, {"change": "gone"}, _GONE) for role in ("text", "number", "list", "multi")),
    *((f"{role}_gone", role, {"change": "gone"}, _GONE) for role in ("boolean", "date")),
    *((f"{role}_renamed", role, {"change": "renamed"}, _RENAMED) for role in ("text", "number", "list")),
    ("text_to_number", "text", {"change": "retyped", "type": "number"}, _RETYPED),
    ("number_to_text", "number", {"change": "retyped", "type": "text"}, _RETYPED),
    ("date_to_text", "date", {"change": "retyped", "type": "text"}, _RETYPED),
    ("boolean_to_text", "boolean", {"change": "retyped", "type": "text"}, _RETYPED),
    ("list_to_multi", "list", {"change": "retyped", "type": "multi"}, _RETYPED),
    ("date_to_datetime", "date", {"change": "retyped", "type": "datetime"}, _RETYPED),
    ("text_shorter", "text", {"change": "shorter", "most": 10}, (DriftKind.FIELD_SHORTER, FixKind.ACCEPT)),
    (
        "fewer_decimals",
        "decimal",
        {"change": "decimals", "most": 0},
        (DriftKind.FEWER_DECIMALS, FixKind.ACCEPT),
    ),
    *((f"{role}_locked", role, {"change": "locked"}, _LOCKED) for role in ("text", "number", "list")),
    *((f"{role}_locked", role, {"change": "locked"}, _LOCKED) for role in ("multi", "boolean", "date")),
    *((f"{role}_calculated", role, {"change": "calculated"}, _CALCULATED) for role in ("text", "number")),
    *((f"{role}_required", role, {"change": "required"}, _REQUIRED) for role in ("text", "list")),
    ("new_required", "unmapped", {"change": "required"}, (DriftKind.NEW_REQUIRED, FixKind.ACCEPT)),
    ("option_gone", "list", {"change": "option_gone"}, _OPTION_GONE),
    ("multi_option_gone", "multi", {"change": "option_gone"}, _OPTION_GONE),
    (
        "option_renamed",
        "list",
        {"change": "option_renamed"},
        (DriftKind.OPTION_RENAMED, FixKind.TAKE_OPTIONS),
    ),
    ("restricted", "open_list", {"change": "restricted"}, (DriftKind.NOW_RESTRICTED, FixKind.ACCEPT)),
    ("retargeted", "reference", {"change": "retargeted"}, (DriftKind.TARGETS_CHANGED, FixKind.ACCEPT)),
    ("controlled", "list", {"change": "controlled"}, (DriftKind.DEPENDENCY_CHANGED, FixKind.ACCEPT)),
    ("object_gone", "", {"change": "object_gone"}, (DriftKind.OBJECT_GONE, FixKind.NONE)),
    ("object_locked", "", {"change": "object_locked"}, (DriftKind.OBJECT_READ_ONLY, FixKind.SWITCH_OFF)),
)


def cases_of(crm: Fields) -> tuple[Case, ...]:
    """Give the drifts that this CRM can tell of."""
    return tuple(
        _case(crm, template)
        for template in _TEMPLATES
        if not {template[0], str(template[2]["change"])} & crm.unable
    )


def _case(crm: Fields, template: _Template) -> Case:
    name, role, facts, come = template
    told = str(getattr(crm, role)) if role else ""
    written = crm.text if role in ("", "unmapped") else told
    change = {**facts, "object": crm.object, "field": told}
    options = crm.multi_options if role == "multi" else crm.options
    if facts["change"] == "renamed":
        change["to"] = f"{told.removesuffix('__c').lower()}_new" + ("__c" if told.endswith("__c") else "")
    elif facts["change"] == "retyped":
        change["type"] = crm.types[str(facts["type"])]
    elif facts["change"] in ("option_gone", "option_renamed"):
        change |= {"option": options[0], "to": crm.new_option}
    elif facts["change"] == "controlled":
        change["to"] = crm.controller
    elif facts["change"] == "retargeted":
        change["to"] = crm.reference_target
    return Case(f"{crm.connector}-{name}", crm.connector, change, {written: _wish(crm, written)}, *come)


def _wish(crm: Fields, name: str) -> str:
    """Give a text that the field takes; `{n}` makes each row's its own, `{id}` is some record's."""
    return {
        crm.text: "Place {n}",
        crm.other_text: "Street {n}",
        crm.number: "{n}",
        crm.decimal: "{n}",
        crm.list: crm.options[1],
        crm.multi: crm.multi_options[1],
        crm.boolean: "true",
        crm.date: "2031-01-0{d}",
        crm.reference: "{id}",
        crm.open_list: crm.open_option,
    }[name]
