import pytest

from writeback.errors import ReadOnlyConnectionError
from writeback.model.connections import Connection, Safety
from writeback.model.fieldpaths import FieldPath
from writeback.model.integrations import FieldMapping
from writeback.model.types import ConnectionId
from writeback.planning.guarding import (
    admit_connection,
    is_org_named,
    needs_org_name,
    refuse_mapping,
)


def connection(*, read_only: bool = False, safety: Safety = Safety.TYPE_NAME) -> Connection:
    return Connection(ConnectionId("c1"), "acme", "x", "o", "token_file", read_only=read_only, safety=safety)


def test_a_read_only_connection_is_refused_by_name() -> None:
    with pytest.raises(ReadOnlyConnectionError) as refused:
        admit_connection(connection(read_only=True))
    assert refused.value.facts == {"connection": "acme"}


def test_a_writable_connection_is_admitted() -> None:
    admit_connection(connection())


def test_only_a_mapping_that_is_switched_on_lets_an_edit_through() -> None:
    off = FieldMapping(FieldPath.parse("Owner.Email"), "csm")
    on = FieldMapping(FieldPath.parse("Owner.Email"), "csm", write_back=True)
    codes = [reason and reason.code for reason in (refuse_mapping(m, "csm") for m in (None, off, on))]
    assert codes == ["write_back.not_mapped", "write_back.off", None]


def test_the_orgs_name_is_asked_for_at_the_highest_level_only() -> None:
    assert [needs_org_name(connection(safety=level)) for level in Safety] == [False, False, True]


@pytest.mark.parametrize(
    ("org", "typed", "is_named"),
    [
        ("Acme", "acme ", True),
        ("Acme", "Acme EU", False),
        ("Acme", "Globex; ACME", True),
        ("Acme; Sons", "acme; sons", True),
        ("Acme", "", False),
        ("", ";", True),
    ],
)
def test_an_org_is_named_by_itself_or_among_several(org: str, typed: str, is_named: bool) -> None:
    assert is_org_named(org, typed) is is_named
