"""Describe tables, columns, relationships and keys as the vendor's metadata JSON (section 7)."""

from collections import abc

from writeback_dynamics.simulator.schema import LOOKUPS, TYPES, Column, Entity, Key, Option
from writeback_dynamics.simulator.state import Json, Org
from writeback_dynamics.simulator.tables import Ids

_FORMATS = {"Text": "Text", "Email": "Email", "Phone": "Phone", "Url": "Url", "TextArea": "TextArea"}
_CASTS = {"Customer": "Lookup", "Owner": "Lookup", "Virtual": ""}
CASTS = frozenset(_CASTS.get(name, name) for name in TYPES) - {""}
ENUMS = frozenset(
    {
        "AttributeType",
        "OwnershipType",
        "EntityKeyIndexStatus",
        "RelationshipType",
        "RequiredLevel/Value",
        "Format",
        "ImeMode",
    }
)


def cast_of(column: Column) -> str:
    """Name the type of metadata that tells all of a column."""
    return _CASTS.get(column.type, column.type)


def label(org: Org, text: str) -> Json:
    """Give a label in the one language there is."""
    if not text:
        return {"LocalizedLabels": [], "UserLocalizedLabel": None}
    told: Json = {
        "Label": text,
        "LanguageCode": 1033,
        "IsManaged": True,
        "MetadataId": metadata_id(org, "label", text),
        "HasChanged": None,
    }
    return {"LocalizedLabels": [told], "UserLocalizedLabel": told}


def metadata_id(org: Org, *names: str) -> str:
    """Give the id of a piece of metadata."""
    return Ids("/".join(("metadata", *names)), org.seed).of(0)


def describe_entity(org: Org, entity: Entity) -> Json:
    """Describe a table."""
    managed = {"Value": True, "CanBeChanged": True, "ManagedPropertyLogicalName": "iscustomizable"}
    return {
        "MetadataId": metadata_id(org, entity.name),
        "HasChanged": None,
        "LogicalName": entity.name,
        "SchemaName": entity.schema_name,
        "LogicalCollectionName": entity.set_name,
        "CollectionSchemaName": entity.schema_name + "s",
        "EntitySetName": entity.set_name,
        "ObjectTypeCode": entity.code,
        "PrimaryIdAttribute": entity.primary_id,
        "PrimaryNameAttribute": entity.primary_name or None,
        "PrimaryImageAttribute": "entityimage" if "entityimage" in entity.columns else None,
        "DisplayName": label(org, entity.label),
        "DisplayCollectionName": label(org, entity.labels),
        "Description": label(org, f"{entity.label} of the simulated environment"),
        "OwnershipType": "UserOwned" if "ownerid" in entity.columns else "OrganizationOwned",
        "TableType": "Elastic" if entity.is_elastic else "Standard",
        "DataProviderId": "1d9bde74-9ebd-4da9-8ff5-aa74945b9f74" if entity.is_elastic else None,
        "IsCustomEntity": entity.is_custom,
        "IsManaged": not entity.is_custom,
        "IsActivity": False,
        "IsIntersect": False,
        "IsPrivate": False,
        "IsLogicalEntity": False,
        "IsValidForAdvancedFind": True,
        "IsOptimisticConcurrencyEnabled": entity.has_versions,
        "ChangeTrackingEnabled": entity.has_tracking,
        "CanChangeTrackingBeEnabled": managed,
        "IsCustomizable": managed,
        "CanCreateAttributes": managed,
        "CanModifyAdditionalSettings": managed,
    }


def describe_column(org: Org, entity: Entity, column: Column, *, is_cast: bool = False) -> Json:
    """Describe a column; what only its own type has is there after a cast."""
    kind = column.type
    told: Json = {"@odata.type": f"#Microsoft.Dynamics.CRM.{cast_of(column) or ''}AttributeMetadata"}
    can_change = (
        column.required in ("None", "Recommended", "ApplicationRequired") and not column.is_primary_id
    )
    told |= {
        "MetadataId": metadata_id(org, entity.name, column.name),
        "HasChanged": None,
        "LogicalName": column.name,
        "SchemaName": column.schema_name,
        "EntityLogicalName": entity.name,
        "AttributeType": TYPES[kind][0],
        "AttributeTypeName": {"Value": f"{kind}Type"},
        "AttributeOf": column.attribute_of or None,
        "DisplayName": label(org, column.label),
        "Description": label(org, ""),
        "IsPrimaryId": column.is_primary_id,
        "IsPrimaryName": column.is_primary_name,
        "IsCustomAttribute": column.is_custom,
        "IsLogical": bool(column.attribute_of),
        "IsManaged": not column.is_custom,
        "IsSecured": column.is_secured,
        "CanBeSecuredForUpdate": column.is_secured,
        "CanBeSecuredForRead": column.is_secured,
        "CanBeSecuredForCreate": column.is_secured,
        "IsValidForCreate": column.creatable,
        "IsValidForUpdate": column.updatable,
        "IsValidForRead": column.readable,
        "IsRetrievable": True,
        "IsFilterable": True,
        "ColumnNumber": list(entity.columns).index(column.name) + 1,
        "SourceType": 1 if column.is_calculated else 0,
        "RequiredLevel": {
            "Value": column.required,
            "CanBeChanged": can_change,
            "ManagedPropertyLogicalName": "canmodifyrequirementlevelsettings",
        },
    }
    return told | (_own_facts(column) if is_cast else {})


def option_set(org: Org, entity: Entity, column: Column) -> Json:
    """Describe the choices of a column."""
    name = f"{entity.name}_{column.name}"
    told: Json = {
        "MetadataId": metadata_id(org, name, "options"),
        "HasChanged": None,
        "Name": name,
        "IsCustomOptionSet": column.is_custom,
        "IsGlobal": False,
        "IsManaged": not column.is_custom,
        "OptionSetType": "Boolean" if column.type == "Boolean" else column.type.replace("MultiSelect", ""),
        "DisplayName": label(org, column.label),
        "Description": label(org, ""),
    }
    if column.type == "Boolean":
        options = {option.value: _option(org, column, option) for option in column.options}
        return told | {"TrueOption": options.get(1), "FalseOption": options.get(0)}
    return told | {"Options": [_option(org, column, option) for option in column.options]}


def describe_key(org: Org, entity: Entity, key: Key) -> Json:
    """Describe an alternate key."""
    return {
        "MetadataId": metadata_id(org, entity.name, key.name),
        "HasChanged": None,
        "LogicalName": key.name.lower(),
        "SchemaName": key.name,
        "EntityLogicalName": entity.name,
        "DisplayName": label(org, key.name),
        "KeyAttributes": list(key.columns),
        "EntityKeyIndexStatus": key.status,
        "IsManaged": False,
        "IsSynchronous": False,
    }


def relationships(org: Org, entity: Entity, *, is_many: bool) -> list[Json]:
    """Describe the relationships on one side: many-to-one (its lookups) or one-to-many."""
    found: list[Json] = []
    for navigation in entity.navigations.values():
        if navigation.is_many is not is_many:
            continue
        referencing = org.entities[navigation.referencing]
        referenced = entity if is_many else org.entities[navigation.entity]
        lookup = referencing.columns.get(navigation.column)
        if lookup is None:
            continue
        targets = lookup.targets if lookup.type == "Owner" and not is_many else (referenced.name,)
        for target in targets:
            schema_name = navigation.schema_name if lookup.type != "Owner" else f"owner_{referencing.name}s"
            found.append(
                {
                    "MetadataId": metadata_id(org, schema_name, target),
                    "HasChanged": None,
                    "SchemaName": schema_name,
                    "RelationshipType": "OneToManyRelationship",
                    "IsCustomRelationship": lookup.is_custom,
                    "ReferencedEntity": "owner" if lookup.type == "Owner" else target,
                    "ReferencedAttribute": "ownerid"
                    if lookup.type == "Owner"
                    else org.entities[target].primary_id,
                    "ReferencingEntity": referencing.name,
                    "ReferencingAttribute": navigation.column,
                    "ReferencingEntityNavigationPropertyName": navigation.partner
                    if is_many
                    else navigation.name,
                    "ReferencedEntityNavigationPropertyName": navigation.name
                    if is_many
                    else navigation.partner,
                    "IsHierarchical": False,
                }
            )
            if lookup.type == "Owner":
                break
    return found


def _own_facts(column: Column) -> Json:
    kind = column.type
    facts: Json = {"DefaultFormValue": None} if column.options else {}
    if kind in ("String", "Memo"):
        form = _FORMATS.get(column.format, "Text")
        facts = {"MaxLength": column.max_length, "Format": form, "FormatName": {"Value": form}}
    elif kind in ("Integer", "BigInt"):
        facts = {"MinValue": int(column.low), "MaxValue": int(column.high)}
        facts |= {"Format": column.format or "None"} if kind == "Integer" else {}
    elif kind in ("Decimal", "Double", "Money"):
        facts = {"MinValue": float(column.low), "MaxValue": float(column.high), "Precision": column.precision}
        facts |= _money_facts(column) if kind == "Money" else {}
    elif kind == "DateTime":
        facts = {"Format": column.format, "DateTimeBehavior": {"Value": column.behavior}}
    elif kind in LOOKUPS:
        facts = {"Targets": list(column.targets)}
    elif kind == "Boolean":
        facts = {"DefaultValue": False}
    return facts


def _money_facts(column: Column) -> Json:
    is_base = column.name.endswith("_base")
    calculated = column.name.removesuffix("_base") if is_base else None
    return {"PrecisionSource": 2, "IsBaseCurrency": is_base, "CalculationOf": calculated}


def _option(org: Org, column: Column, option: Option) -> Json:
    told: Json = {
        "Value": option.value,
        "Color": None,
        "IsManaged": True,
        "ExternalValue": "",
        "MetadataId": None,
        "HasChanged": None,
        "Label": label(org, option.label),
        "Description": label(org, ""),
    }
    if column.type == "Status":
        told |= {"State": option.state, "TransitionData": _transitions(option)}
        told["@odata.type"] = "#Microsoft.Dynamics.CRM.StatusOptionMetadata"
    if column.type == "State":
        told |= {"DefaultStatus": option.default_status, "InvariantName": option.name}
        told["@odata.type"] = "#Microsoft.Dynamics.CRM.StateOptionMetadata"
    return told


def _transitions(option: Option) -> str | None:
    if option.next is None:
        return None
    inner = "".join(
        f'<allowedtransition sourcestatusid="{option.value}" tostatusid="{status}" />'
        for status in option.next
    )
    name = "http://schemas.microsoft.com/crm/2009/WebServices"
    return f'<allowedtransitions xmlns="{name}">{inner}</allowedtransitions>'


def own_expands(org: Org, entity: Entity, column: Column) -> abc.Mapping[str, object]:
    """Give what `$expand` adds to a column after a cast."""
    if not column.options:
        return {}
    return {"OptionSet": option_set(org, entity, column), "GlobalOptionSet": None}
