"""What nobody outside HubSpot knows for sure (contract §17): the connector ends alike on either side."""

import pytest
from plugins.hubspot.tests.talking import Talk, talking

from writeback.errors import PermissionDeniedError, SignInRequiredError
from writeback.model.jobs import Outcome, Route
from writeback.model.types import CLEAR, AttributeType
from writeback.sdk.connector import FieldWish, ReadQuery, Write, WriteRequest

SIDES = [
    ("null_in_write", "refused"),
    ("mixed_status_2026_09", "207"),
    ("unknown_read_property", "refused"),
    ("cleared_value", "empty"),
    ("duplicate_ids", "last_wins"),
    ("json_types", "refused"),
    ("search_filters", "5x10"),
    ("association_batch", "2000"),
    ("retry_after", "present"),
    ("batch_update_id_property", "unique"),
    ("error_words", "other"),
    ("to_object_id", "string"),
    ("validation_errors", "embedded"),
    ("validation_errors", "details"),
    ("result_order", "as_sent"),
]


@pytest.mark.parametrize(("switch", "side"), SIDES)
@pytest.mark.parametrize("version", ["2026-03", "2026-09"])
def test_the_other_side_of_a_doubt_ends_alike(switch: str, side: str, version: str) -> None:
    with talking(6, options={"api_version": version}, switches={switch: side}) as talk:
        assert outline(talk) == {
            "rows": 9,
            "linked": 9,
            "results": ["applied", "rejected", "applied", "rejected"],
            "refused_field": ("industry",),
            "cleared": None,
            "moved": "applied",
        }


def outline(talk: Talk) -> dict[str, object]:
    session = talk.session
    rows = [
        row for page in session.read(ReadQuery("contacts", ("email", "company.name"))) for row in page.rows
    ]
    (page,) = session.read(ReadQuery("companies", (), limit=4))
    first, second, third, fourth = (row[0] for row in page.rows)
    writes = (
        Write("a", first, None, (FieldWish("phone", AttributeType.TEXT, "1"),)),
        Write("b", second, None, (FieldWish("industry", AttributeType.LIST, "NOPE"),)),
        Write("c", third, None, (FieldWish("phone", AttributeType.TEXT, CLEAR),)),
        Write("d", "99999999", None, (FieldWish("phone", AttributeType.TEXT, "1"),)),
    )
    request = WriteRequest("companies", writes, Route.BATCH, is_conditional=False)
    results = session.write(session.prepare(request)).results
    link = Write("l", rows[0][0], None, (FieldWish("hs_association_company", AttributeType.TEXT, fourth),))
    moving = WriteRequest("contacts", (link,), Route.BATCH, is_conditional=False)
    held = session.fetch("companies", by="hs_object_id", keys=[third], paths=("phone",))
    return {
        "rows": len(rows),
        "linked": sum(row[2][1] is not None for row in rows),
        "results": [one.outcome.value for one in results],
        "refused_field": results[1].fields,
        "cleared": held.rows[0][2][0],
        "moved": session.write(session.prepare(moving)).results[0].outcome.value,
    }


@pytest.mark.parametrize("side", ["200", "207"])
def test_mixed_ends_of_2026_09_are_read_under_either_status(side: str) -> None:
    with talking(3, options={"api_version": "2026-09"}, switches={"mixed_status_2026_09": side}) as talk:
        (page,) = talk.session.read(ReadQuery("companies", (), limit=1))
        good, gone = page.rows[0][0], "99999999"
        writes = tuple(
            Write(key, key, None, (FieldWish("phone", AttributeType.TEXT, "1"),)) for key in (good, gone)
        )
        request = WriteRequest("companies", writes, Route.BATCH, is_conditional=False)
        results = talk.session.write(talk.session.prepare(request)).results
        assert talk.exchanges[-1].status == int(side)
        assert [one.outcome for one in results] == [Outcome.APPLIED, Outcome.REJECTED]


@pytest.mark.parametrize("side", ["expired", "invalid"])
def test_an_expired_token_asks_for_a_sign_in_in_either_word(side: str) -> None:
    with talking(1, switches={"expired_category": side}) as talk:
        talk.fault("expire_token")
        with pytest.raises(SignInRequiredError):
            talk.session.whoami()


@pytest.mark.parametrize("side", ["on", "off"])
def test_a_missing_scope_is_told_with_or_without_its_name(side: str) -> None:
    with talking(1, switches={"missing_scopes_context": side}) as talk:
        talk.fault("missing_scope", scope="crm.objects.companies.read")
        with pytest.raises(PermissionDeniedError) as caught:
            talk.session.count("companies")
        assert caught.value.code == "hubspot.missing_scopes"
