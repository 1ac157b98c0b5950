"""Who answers."""

import pytest
from plugins.dynamics.tests.making import record_id

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment, Org
from writeback_dynamics.wire.orgs import parse_org, parse_whoami, prepare_org, prepare_user


def test_ids_come_from_whoami_and_names_from_their_rows() -> None:
    told = {"OrganizationId": record_id(1), "UserId": record_id(2).upper(), "BusinessUnitId": record_id(3)}
    assert parse_whoami(told) == (record_id(1), record_id(2))
    assert prepare_org(record_id(1)) == f"organizations({record_id(1)})?$select=name"
    assert prepare_user(record_id(2)).startswith(f"systemusers({record_id(2)})?$select=")
    org = parse_org(
        record_id(1), {"name": "Acme"}, {"internalemailaddress": None, "domainname": "a@b.example"}, host="x"
    )
    assert org == Org(record_id(1), "Acme", "a@b.example", Environment.UNKNOWN)


def test_an_organisation_that_may_not_be_read_goes_by_its_host() -> None:
    org = parse_org(record_id(1), {}, {}, host="acme.crm4.dynamics.com")
    assert (org.name, org.user) == ("acme.crm4.dynamics.com", "")


@pytest.mark.parametrize("host", ["127.0.0.1:8090", "localhost:1", "[::1]:5"])
def test_what_answers_on_loopback_is_a_simulator(host: str) -> None:
    assert parse_org(record_id(1), {}, {}, host=host).environment is Environment.TEST


def test_an_answer_without_ids_is_refused() -> None:
    with pytest.raises(InvalidRequestError, match=r"dynamics\.unreadable_answer"):
        parse_whoami({"UserId": record_id(1)})
