"""Why write-back of a mapping cannot be switched on: each reason by itself."""

from dataclasses import replace

from writeback.model.connections import Connection
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping, Integration, ReferenceMode
from writeback.model.source_formats import SourceFormat
from writeback.model.types import ConnectionId, IntegrationId
from writeback.runtime.switches import switch_reason
from writeback.runtime.views import Target

CRM = Connection(ConnectionId("c1"), "Acme", "salesforce", "https://acme.test", "token_file")
CSM = FieldMapping(FieldPath.parse("Owner.Email"), "csm", write_back=True)
INTEGRATION = Integration(IntegrationId("i1"), CRM.id, "Account", "account", "Id", mappings=(CSM,))
INDUSTRY = Target(INTEGRATION, CRM, FieldMapping(FieldPath.parse("Industry"), "industry"), is_updateable=True)


def code_of(target: Target) -> str:
    reason = switch_reason(target)
    return "" if reason is None else reason.code


def test_each_reason_by_itself() -> None:
    assert code_of(INDUSTRY) == ""
    assert code_of(replace(INDUSTRY, is_updateable=None)) == ""
    assert code_of(replace(INDUSTRY, is_updateable=False)) == "field.read_only"
    assert code_of(replace(INDUSTRY, is_calculated=True)) == "field.calculated"
    assert code_of(replace(INDUSTRY, connection=replace(CRM, read_only=True))) == "connection.read_only"
    text = replace(INDUSTRY.mapping, source_format=SourceFormat.parse("dmy"))
    assert code_of(replace(INDUSTRY, mapping=text)) == "mapping.format_read_only"


def test_the_same_column_as_a_role_is_named() -> None:
    name = FieldMapping(FieldPath.parse("Owner.Name"), "owner_name")
    reason = switch_reason(replace(INDUSTRY, mapping=name))
    assert reason is not None
    assert (reason.code, dict(reason.facts)["first"], dict(reason.facts)["role"]) == (
        "mapping.same_column",
        "Owner.Email",
        "csm",
    )
    edits = replace(name, reference_mode=ReferenceMode.EDIT_TARGET)
    assert code_of(replace(INDUSTRY, mapping=edits)) == ""
    assert code_of(replace(INDUSTRY, mapping=CSM)) == ""
