"""UpdateMultiple: all or nothing, and which refusals are worth halving for."""

import json

import pytest
from plugins.dynamics.tests.making import described, pointing, record_id, request, write

from writeback.errors import (
    ConnectorError,
    ContractBrokenError,
    InvalidRequestError,
    OutcomeUnknownError,
    PermissionDeniedError,
    RateLimitedError,
    ServerBusyError,
)
from writeback.model.jobs import Outcome
from writeback.model.types import CLEAR
from writeback_dynamics.limits import MULTIPLE_ROWS
from writeback_dynamics.wire.answers import Answer
from writeback_dynamics.wire.multiples import parse_multiple, parse_offer, prepare_multiple, prepare_offer

TWO = request(write(1, name="x"), write(2, primarycontactid=CLEAR))


def refusal(status: int, code: str) -> Answer:
    return Answer(status, json.dumps({"error": {"code": code, "message": "Words."}}).encode())


def test_every_target_says_its_type_and_its_id() -> None:
    made = prepare_multiple(TWO, described("account"), pointing(), steer=(("CallerObjectId", "c"),))
    assert (made.method, made.path) == ("POST", "accounts/Microsoft.Dynamics.CRM.UpdateMultiple")
    assert made.headers[1:] == (("CallerObjectId", "c"),)
    assert json.loads(made.body) == {
        "Targets": [
            {"@odata.type": "Microsoft.Dynamics.CRM.account", "accountid": record_id(1), "name": "x"},
            {
                "@odata.type": "Microsoft.Dynamics.CRM.account",
                "accountid": record_id(2),
                "primarycontactid@odata.bind": None,
            },
        ]
    }


def test_it_checks_no_versions_and_holds_so_many_rows() -> None:
    many = [write(number, name="x") for number in range(MULTIPLE_ROWS + 1)]
    for asked in (request(*many), request(), request(write(name="x"), is_conditional=True)):
        with pytest.raises(ContractBrokenError, match=r"dynamics\.too_many_writes"):
            prepare_multiple(asked, described("account"), pointing(), steer=())


def test_success_means_every_row() -> None:
    assert [one.outcome for one in parse_multiple(Answer(204), TWO).results] == [Outcome.APPLIED] * 2


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (refusal(400, "0x80044331"), InvalidRequestError),
        (refusal(404, "0x80040217"), InvalidRequestError),
        (refusal(412, "0x80060892"), InvalidRequestError),
        (refusal(500, "0x80040333"), InvalidRequestError),
        (refusal(403, "0x80048306"), InvalidRequestError),
        (refusal(403, "0x80040220"), PermissionDeniedError),
        (refusal(429, "0x80072321"), RateLimitedError),
        (refusal(500, "0x80044150"), ServerBusyError),
        (refusal(500, ""), OutcomeUnknownError),
    ],
)
def test_one_rows_fault_asks_for_halves_and_anything_else_does_not(
    answer: Answer, kind: type[ConnectorError]
) -> None:
    with pytest.raises(ConnectorError) as caught:
        parse_multiple(answer, TWO)
    assert type(caught.value) is kind
    assert caught.value.facts["message"] == "Words."


def test_whether_a_table_takes_it_is_asked() -> None:
    assert prepare_offer("account").startswith("sdkmessagefilters?$select=sdkmessagefilterid&$filter=")
    assert "'account'" in prepare_offer("account")
    assert parse_offer({"value": [{"sdkmessagefilterid": "x"}]})
    assert not parse_offer({"value": []})
