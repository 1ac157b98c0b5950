"""Objects and fields of our own, in the 57-key form of the recorded describes.

User, Group and Organization have no recording we may copy; the custom fields of Account are what an
administrator adds: each of the types a connector has to write.
"""

from collections import abc

from writeback_salesforce.simulator.words import listed

Json = dict[str, object]

_SOAP = {"boolean": "xsd:boolean", "int": "xsd:int", "double": "xsd:double", "currency": "xsd:double"}
_SOAP |= {"percent": "xsd:double", "date": "xsd:date", "datetime": "xsd:dateTime", "id": "tns:ID"}
_SOAP |= {"reference": "tns:ID", "address": "urn:address"}
_OFF = listed(
    """
    aiPredictionField autoNumber calculated cascadeDelete caseSensitive custom dependentPicklist
    deprecatedAndHidden displayLocationInDecimal encrypted externalId formulaTreatNullNumberAsZero
    highScaleNumber htmlFormatted idLookup nameField namePointing polymorphicForeignKey queryByDistance
    restrictedDelete restrictedPicklist searchPrefilterable unique writeRequiresMasterRead
    """
)
_NONE = listed(
    """
    calculatedFormula compoundFieldName controllerName defaultValue defaultValueFormula extraTypeInfo
    filteredLookupInfo inlineHelpText mask maskType referenceTargetField relationshipName
    relationshipOrder
    """
)
_ON = listed(
    """
    createable queryable replicateable retrieveable searchable triggerable updateable
    layoutable compactLayoutable searchLayoutable mruEnabled
    """
)
_NEVER = listed(
    """
    activateable customSetting deepCloneable deprecatedAndHidden feedEnabled hasSubtypes
    isInterface isSubtype mergeable undeletable deletable
    """
)
_ABSENT = listed(
    """
    defaultImplementation extendedBy extendsInterfaces implementedBy implementsInterfaces
    listviewable lookupLayoutable networkScopeFieldName sobjectDescribeOption
    associateEntityType associateParentEntity
    """
)
_READ_ONLY: dict[str, bool] = {"createable": False, "updateable": False}
_STAMP: dict[str, bool] = _READ_ONLY | {"nillable": False, "defaultedOnCreate": True}

CHILDREN: dict[str, list[Json]] = {}


def field(name: str, kind: str, label: str = "", **facts: object) -> Json:
    """Describe a field: what a field of that type usually is, then `facts`."""
    length = facts.get("length", 0)
    bytes_a_sign = 1 if kind in ("id", "reference") else 3
    told: Json = dict.fromkeys(_OFF, False) | dict.fromkeys(_NONE)
    told |= {
        "aggregatable": kind not in ("textarea", "boolean", "address", "multipicklist"),
        "byteLength": length * bytes_a_sign if isinstance(length, int) else 0,
        "createable": True,
        "custom": name.endswith("__c"),
        "defaultValue": False if kind == "boolean" else None,
        "defaultedOnCreate": kind == "boolean",
        "digits": 0,
        "filterable": kind != "textarea",
        "groupable": kind not in ("textarea", "currency", "double", "percent", "datetime", "multipicklist"),
        "label": label or name,
        "length": 0,
        "name": name,
        "nillable": kind != "boolean",
        "permissionable": True,
        "picklistValues": [],
        "precision": 0,
        "referenceTo": [],
        "scale": 0,
        "soapType": _SOAP.get(kind, "xsd:string"),
        "sortable": kind not in ("textarea", "multipicklist", "address"),
        "type": kind,
        "updateable": True,
    }
    return dict(sorted((told | facts).items()))


def options(*values: str) -> list[Json]:
    """Describe the options of a picklist."""
    return [{"active": True, "defaultValue": False, "label": v, "validFor": None, "value": v} for v in values]


def reference(name: str, label: str, *targets: str, **facts: object) -> Json:
    """Describe a reference."""
    relationship = name.removesuffix("__c") + "__r" if name.endswith("__c") else name.removesuffix("Id")
    told: Json = {"length": 18, "referenceTo": list(targets), "relationshipName": relationship}
    return field(name, "reference", label, **(told | facts))


def text(name: str, length: int, label: str = "", **facts: object) -> Json:
    """Describe a line of text."""
    return field(name, "string", label, length=length, **facts)


def stamps() -> list[Json]:
    """Describe the fields every object has at its end."""
    return [
        field("CreatedDate", "datetime", "Created Date", **_STAMP),
        reference("CreatedById", "Created By ID", "User", **_STAMP),
        field("LastModifiedDate", "datetime", "Last Modified Date", **_STAMP),
        reference("LastModifiedById", "Last Modified By ID", "User", **_STAMP),
        field("SystemModstamp", "datetime", "System Modstamp", **_STAMP),
    ]


def record_id(label: str) -> Json:
    """Describe the id."""
    return field("Id", "id", label, length=18, idLookup=True, **_STAMP)


def contact_fields() -> list[Json]:
    """Give the custom fields of Contact."""
    return [_external_id()]


def _external_id() -> Json:
    facts = {"externalId": True, "unique": True, "caseSensitive": False, "idLookup": True}
    return text("External_Id__c", 40, "External Id", **facts)


def ACCOUNT_FIELDS() -> list[Json]:  # noqa: N802  a table that has to be made anew each time
    """Give the custom fields of Account."""
    segments = options("Retail", "Wholesale", "Public sector", "Food & Drink", "R&D", "Export")
    return [
        field("Active__c", "boolean", "Active"),
        field("Segments__c", "multipicklist", "Segments", length=4099, precision=4, picklistValues=segments),
        field("Contract_Value__c", "currency", "Contract Value", precision=16, scale=2),
        field("Seats__c", "double", "Seats", precision=6, scale=0),
        field("Health__c", "double", "Health", precision=5, scale=2),
        field("Renewal_Date__c", "date", "Renewal Date"),
        field("Last_Review__c", "datetime", "Last Review"),
        _external_id(),
        field(
            "Tier__c",
            "picklist",
            "Tier",
            length=255,
            restrictedPicklist=True,
            picklistValues=options("Gold", "Silver", "Bronze"),
        ),
        field("Notes__c", "textarea", "Notes", length=32768, extraTypeInfo="plaintextarea"),
        reference("Success_Manager__c", "Success Manager", "User"),
        reference("Primary_Contact__c", "Primary Contact", "Contact"),
        text(
            "Score_Text__c",
            1300,
            "Score",
            calculated=True,
            calculatedFormula='TEXT(Tier__c) & " / " & TEXT(Seats__c)',
            **_READ_ONLY,
        ),
    ]


def AUTHORED_OBJECTS() -> list[Json]:  # noqa: N802  a table that has to be made anew each time
    """Give the describes of the objects of our own; the last one is the pattern of further custom ones."""
    return [
        _object("User", "005", "User", [*_user_fields(), *stamps()], createable=True),
        _object("Group", "00G", "Group", [*_group_fields(), *stamps()], createable=True),
        _object(
            "Organization", "00D", "Organization", [*_organization_fields(), *stamps()], createable=False
        ),
        _object(
            "AccountContactRelation",
            "07k",
            "Account Contact Relationship",
            [*_relation_fields(), *stamps()],
            createable=True,
        ),
        _object("Service_Plan__c", "a00", "Service Plan", [*_plan_fields(), *stamps()], createable=True),
    ]


def _user_fields() -> list[Json]:
    return [
        record_id("User ID"),
        text("Username", 80, nillable=False, idLookup=True, unique=True),
        text("LastName", 80, "Last Name", nillable=False, extraTypeInfo="personname"),
        text("FirstName", 40, "First Name", extraTypeInfo="personname"),
        text(
            "Name", 121, "Full Name", nameField=True, nillable=False, extraTypeInfo="personname", **_READ_ONLY
        ),
        text("CompanyName", 80, "Company Name"),
        text("Department", 80),
        text("Title", 80),
        field("Email", "email", length=128, nillable=False, idLookup=True),
        field("Phone", "phone", length=40),
        text("Alias", 8, nillable=False),
        field("IsActive", "boolean", "Active"),
        field(
            "UserType",
            "picklist",
            "User Type",
            length=40,
            restrictedPicklist=True,
            picklistValues=options("Standard", "PowerPartner", "Guest"),
            **_READ_ONLY,
        ),
        reference("ManagerId", "Manager ID", "User"),
        text(
            "FederationIdentifier", 512, "SAML Federation ID", idLookup=True, unique=True, caseSensitive=True
        ),
    ]


def _group_fields() -> list[Json]:
    kinds = options("Regular", "Queue")
    return [
        record_id("Group ID"),
        text("Name", 40, nameField=True, nillable=False),
        text("DeveloperName", 80, "Developer Name"),
        field("Type", "picklist", length=40, restrictedPicklist=True, nillable=False, picklistValues=kinds),
    ]


def _organization_fields() -> list[Json]:
    return [
        record_id("Organization ID"),
        text("Name", 80, nameField=True, nillable=False),
        text("Country", 80, "", **_READ_ONLY),
        field("Phone", "phone", length=40),
        text("PrimaryContact", 80, "Primary Contact"),
        text("DefaultLocaleSidKey", 40, "", **_READ_ONLY),
        text("TimeZoneSidKey", 40, "", **_READ_ONLY),
        text("LanguageLocaleKey", 40, "", **_READ_ONLY),
        field("TrialExpirationDate", "datetime", "", **_READ_ONLY),
        text("OrganizationType", 40, "", **_READ_ONLY),
        text("NamespacePrefix", 15, "", **_READ_ONLY),
        text("InstanceName", 5, "", **_READ_ONLY),
        field("IsSandbox", "boolean", "", **_READ_ONLY),
        field("IsReadOnly", "boolean", "", **_READ_ONLY),
    ]


def _relation_fields() -> list[Json]:
    """Describe who is what at which account. Neither end can be changed afterwards (object reference)."""
    roles = options(
        "Business User",
        "Decision Maker",
        "Economic Buyer",
        "Economic Decision Maker",
        "Evaluator",
        "Executive Sponsor",
        "Influencer",
        "Technical Buyer",
        "Other",
    )
    return [
        record_id("Account Contact Relationship ID"),
        reference("AccountId", "Account ID", "Account", nillable=False, updateable=False),
        reference("ContactId", "Contact ID", "Contact", nillable=False, updateable=False),
        field("Roles", "multipicklist", "Roles", length=4099, precision=4, picklistValues=roles),
        field("IsDirect", "boolean", "Direct", **_READ_ONLY),
        field("IsActive", "boolean", "Active"),
        field("StartDate", "date", "Start Date"),
        field("EndDate", "date", "End Date"),
        field("IsDeleted", "boolean", "Deleted", **_STAMP),
    ]


def _plan_fields() -> list[Json]:
    return [
        record_id("Record ID"),
        reference(
            "OwnerId",
            "Owner ID",
            "Group",
            "User",
            polymorphicForeignKey=True,
            nillable=False,
            defaultedOnCreate=True,
        ),
        field("IsDeleted", "boolean", "Deleted", **_STAMP),
        text("Name", 80, "Service Plan Name", nameField=True, idLookup=True),
        reference("Account__c", "Account", "Account"),
        text("Plan_Code__c", 20, "Plan Code", externalId=True, unique=True, idLookup=True),
        field("Price__c", "currency", "Price", precision=18, scale=2),
    ]


def _object(name: str, prefix: str, label: str, fields: abc.Sequence[Json], *, createable: bool) -> Json:
    base = "/services/data/v{version}/sobjects/" + name
    on = dict.fromkeys(
        _ON,
        True,
    )
    off = dict.fromkeys(
        _NEVER,
        False,
    )
    absent = dict.fromkeys(_ABSENT)
    told: Json = on | off | absent
    told |= {
        "actionOverrides": [],
        "childRelationships": [],
        "createable": createable,
        "custom": name.endswith("__c"),
        "deletable": name.endswith("__c"),
        "fields": list(fields),
        "keyPrefix": prefix,
        "label": label,
        "labelPlural": f"{label}s",
        "name": name,
        "namedLayoutInfos": [],
        "recordTypeInfos": [],
        "supportedScopes": [{"label": f"All {label}s", "name": "everything"}],
        "urls": {"sobject": base, "describe": f"{base}/describe", "rowTemplate": base + "/{ID}"},
    }
    return told
