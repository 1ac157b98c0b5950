"""Who answers: the portal, and what kind of account it is."""

import pytest

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment
from writeback.sdk.values import Usage
from writeback_hubspot.wire.accounts import parse_account, parse_usage


@pytest.mark.parametrize(
    ("kind", "environment"),
    [
        ("STANDARD", Environment.PRODUCTION),
        ("SANDBOX", Environment.TEST),
        ("DEVELOPER_TEST", Environment.DEVELOPMENT),
        ("APP_DEVELOPER", Environment.DEVELOPMENT),
        ("SOMETHING", Environment.UNKNOWN),
        (None, Environment.UNKNOWN),
    ],
)
def test_the_portal_is_the_org_and_its_type_the_environment(kind: object, environment: Environment) -> None:
    org = parse_account({"portalId": 62515, "accountType": kind})
    assert (org.id, org.environment, org.user) == ("62515", environment, "")


@pytest.mark.parametrize("portal", [None, "", True, []])
def test_an_answer_without_a_portal_is_refused(portal: object) -> None:
    with pytest.raises(InvalidRequestError):
        parse_account({"portalId": portal})


def test_quotas_without_numbers_are_left_out() -> None:
    rows = [{"name": "calls", "currentUsage": 5, "usageLimit": 10}, {"name": "x", "currentUsage": None}]
    assert parse_usage({"results": rows}) == (Usage("calls", used=5, most=10, is_daily=True),)
