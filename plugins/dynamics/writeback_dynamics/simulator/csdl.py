"""GET $metadata: the model as CSDL (section 7). Valid by the OASIS schemas; a test holds it to that."""

from collections import abc
from xml.sax.saxutils import quoteattr

from writeback.sdk.simulator import Answer
from writeback_dynamics.simulator.schema import LOOKUPS, Column, Entity, Navigation
from writeback_dynamics.simulator.state import Call, Org

_NAMESPACE = "Microsoft.Dynamics.CRM"
_HEAD = (
    '<?xml version="1.0" encoding="utf-8"?>'
    '<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">'
    '<edmx:Reference Uri="http://vocabularies.odata.org/OData.Community.Keys.V1.xml">'
    '<edmx:Include Namespace="OData.Community.Keys.V1" Alias="Keys" /></edmx:Reference>'
    "<edmx:DataServices>"
    f'<Schema Namespace="{_NAMESPACE}" Alias="mscrm" xmlns="http://docs.oasis-open.org/odata/ns/edm">'
)
_BASE = (
    '<EntityType Name="crmbaseentity" Abstract="true" />'
    '<EntityType Name="principal" BaseType="mscrm.crmbaseentity" Abstract="true">'
    '<Key><PropertyRef Name="ownerid" /></Key>'
    '<Property Name="ownerid" Type="Edm.Guid" /></EntityType>'
    '<ComplexType Name="WhoAmIResponse"><Property Name="BusinessUnitId" Type="Edm.Guid" Nullable="false" />'
    '<Property Name="UserId" Type="Edm.Guid" Nullable="false" />'
    '<Property Name="OrganizationId" Type="Edm.Guid" Nullable="false" /></ComplexType>'
    '<Function Name="WhoAmI"><ReturnType Type="mscrm.WhoAmIResponse" Nullable="false" /></Function>'
)


def answer_metadata(call: Call) -> Answer:
    """Write the whole model, with annotations if `annotations=true` is asked for."""
    is_annotated = call.query.get("annotations", "").lower() == "true"
    text = "".join(_document(call.org, is_annotated=is_annotated))
    return Answer(200, text.encode(), {"Content-Type": "application/xml", "OData-Version": "4.0"})


def _document(org: Org, *, is_annotated: bool) -> abc.Iterator[str]:
    yield _HEAD
    yield _BASE
    for entity in org.entities.values():
        yield from _entity(org, entity, is_annotated=is_annotated)
    yield '<EntityContainer Name="System">'
    for entity in org.entities.values():
        yield from _entity_set(org, entity, is_annotated=is_annotated)
    yield '<FunctionImport Name="WhoAmI" Function="mscrm.WhoAmI" />'
    yield "</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"


def _entity(org: Org, entity: Entity, *, is_annotated: bool) -> abc.Iterator[str]:
    is_principal = entity.named_key == "ownerid"
    base = "principal" if is_principal else "crmbaseentity"
    yield f'<EntityType Name="{entity.name}" BaseType="mscrm.{base}">'
    if not is_principal:
        yield f'<Key><PropertyRef Name="{entity.primary_id}" /></Key>'
    for column in entity.columns.values():
        if column.is_shown:
            yield _property(column, is_annotated=is_annotated)
    for navigation in entity.navigations.values():
        yield _navigation(org, entity, navigation)
    for key in entity.keys:
        references = "".join(
            '<Record><PropertyValue Property="Name" PropertyPath='
            f"{quoteattr(entity.columns[name].shown_name)} /></Record>"
            for name in key.columns
        )
        yield (
            '<Annotation Term="OData.Community.Keys.V1.AlternateKeys"'
            f' Qualifier={quoteattr(key.name)}><Collection><Record><PropertyValue Property="Key">'
            f"<Collection>{references}</Collection></PropertyValue></Record></Collection></Annotation>"
        )
    yield "</EntityType>"


def _property(column: Column, *, is_annotated: bool) -> str:
    facts = ""
    if column.edm == "Edm.String" and not column.is_unicode:
        facts += ' Unicode="false"'
    if column.edm == "Edm.Decimal":
        facts += f' Scale="{4 if column.type == "Money" else column.precision}"'
    if column.is_primary_id:
        facts += ' Nullable="false"'
    start = f'<Property Name="{column.shown_name}" Type="{column.edm}"{facts}'
    if not is_annotated:
        return f"{start} />"
    notes = f'<Annotation Term="Org.OData.Core.V1.Description" String={quoteattr(column.label)} />'
    if column.type in LOOKUPS or not (column.updatable or column.creatable):
        notes += '<Annotation Term="Org.OData.Core.V1.Computed" Bool="true" />'
    if not column.updatable:
        read_only = "Org.OData.Core.V1.PermissionType/Read"
        notes += (
            '<Annotation Term="Org.OData.Core.V1.Permissions">'
            f"<EnumMember>{read_only}</EnumMember></Annotation>"
        )
    return f"{start}>{notes}</Property>"


def _navigation(org: Org, entity: Entity, navigation: Navigation) -> str:
    target = f"mscrm.{navigation.entity}"
    if navigation.is_many:
        kind = f"Collection({target})"
        partner = f' Partner="{navigation.partner}"'
        return f'<NavigationProperty Name="{navigation.name}" Type="{kind}"{partner} />'
    column = entity.columns[navigation.column]
    if column.type == "Owner":
        target, key = "mscrm.principal", "ownerid"
    else:
        referenced = org.entities[navigation.entity]
        key = referenced.named_key
    return (
        f'<NavigationProperty Name="{navigation.name}" Type="{target}" Nullable="true">'
        f'<ReferentialConstraint Property="{column.shown_name}" ReferencedProperty="{key}" />'
        "</NavigationProperty>"
    )


def _entity_set(org: Org, entity: Entity, *, is_annotated: bool) -> abc.Iterator[str]:
    yield f'<EntitySet Name="{entity.set_name}" EntityType="mscrm.{entity.name}">'
    for navigation in entity.navigations.values():
        if navigation.name == "ownerid":
            continue
        target = org.entities[navigation.entity].set_name
        yield f'<NavigationPropertyBinding Path="{navigation.name}" Target="{target}" />'
    if is_annotated:
        supported = str(entity.has_tracking).lower()
        yield (
            '<Annotation Term="Org.OData.Capabilities.V1.ChangeTracking"><Record>'
            f'<PropertyValue Property="Supported" Bool="{supported}" /></Record></Annotation>'
        )
    yield "</EntitySet>"
