"""Who answers, and how much of the credits is used."""

import pytest

from writeback.errors import InvalidRequestError
from writeback.model.connections import Environment
from writeback_zoho.wire import orgs

TOLD = {
    "zgid": 687,
    "company_name": "Acme",
    "type": "production",
    "license_details": {"paid_type": "enterprise", "users_license_purchased": 10},
}


def test_the_org_is_known_by_its_number() -> None:
    told = orgs.parse_org({"org": [TOLD]})
    org = orgs.org_of(told, user="a@b.example")
    assert (org.id, org.name, org.user, org.edition) == ("687", "Acme", "a@b.example", "enterprise")
    assert org.environment is Environment.PRODUCTION


@pytest.mark.parametrize(
    ("told", "environment"),
    [("sandbox", Environment.TEST), ("developer", Environment.DEVELOPMENT), (None, Environment.UNKNOWN)],
)
def test_what_kind_of_org_it_is(told: str | None, environment: Environment) -> None:
    assert orgs.org_of(TOLD | {"type": told}, user="").environment is environment


@pytest.mark.parametrize("content", [None, {"org": []}, {"org": [{}]}])
def test_no_org_is_no_answer(content: object) -> None:
    with pytest.raises(InvalidRequestError):
        orgs.parse_org(content)


def test_the_user_is_named_by_mail_or_not_at_all() -> None:
    assert orgs.user_of({"users": [{"email": "a@b.example"}]}) == "a@b.example"
    assert orgs.user_of({"users": [{"full_name": "A"}]}) == "A"
    assert orgs.user_of({"users": []}) == ""
    assert orgs.user_of(None) == ""


@pytest.mark.parametrize(
    ("edition", "users", "override", "most"),
    [
        ("free", 3, "", 5_000),
        ("enterprise", 10, "", 60_000),
        ("Zoho One", 10, "", 60_000),
        ("standard", 1_000, "", 100_000),
        ("ultimate", 1_000, "", 2_050_000),
        ("enterprise", 10, "7", 7),
        ("odd", 10, "", None),
    ],
)
def test_credits_by_edition_and_licences(edition: str, users: int, override: str, most: int | None) -> None:
    told = {"license_details": {"paid_type": edition, "users_license_purchased": users}}
    assert orgs.daily_credits(told, override=override) == most


def test_what_is_left_is_told_from_half_on_and_our_own_share_before() -> None:
    (late,) = orgs.usage_of(most=100, remaining=30, spent=5)
    assert (late.kind, late.used, late.most) == (orgs.CREDITS, 70, 100)
    (early,) = orgs.usage_of(most=100, remaining=None, spent=5)
    assert (early.kind, early.used, early.most) == (orgs.CREDITS_SEEN, 5, 100)
    assert orgs.usage_of(most=None, remaining=30, spent=5) == ()
