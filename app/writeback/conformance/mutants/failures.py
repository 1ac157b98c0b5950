"""Mutants that fail wrongly: they repeat, make up, give up, or tell the token."""

import logging
from dataclasses import replace
from typing import Any

from writeback.conformance.mutants.bending import (
    Kind,
    access_of,
    applied,
    catching,
    raising,
    refused,
)
from writeback.conformance.mutants.making import Methods, Mutant, access_mutant, session_mutant
from writeback.errors import (
    ConnectorError,
    InvalidRequestError,
    OutcomeUnknownError,
    RateLimitedError,
    RetryableError,
    SignInRequiredError,
)
from writeback.sdk.connector import Access, Prepared, Session, WriteAnswer

_log = logging.getLogger(__name__)


def _sends_again(kind: Kind) -> Methods:
    """Sends once more what may have been applied."""

    def write(self: object, prepared: Prepared) -> WriteAnswer:
        try:
            answer: WriteAnswer = kind.write(self, prepared)
        except OutcomeUnknownError:
            answer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _talks_elsewhere(kind: Kind) -> Methods:
    def whoami(self: Any) -> object:  # noqa: ANN401  a session
        try:
            access_of(self).http.request("GET", "https://elsewhere.example/ping")
        except Exception:  # noqa: BLE001  a mutant that hides what it did
            _log.info("nobody there")
        return kind.whoami(self)

    return {"whoami": whoami}


def _tells_by_address(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        access = access_of(self)
        access.http.request("GET", f"{access.origin}/ping?debug={access.token()}")
        answer: WriteAnswer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _logs_the_token(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        _log.warning("writing with %s", access_of(self).token())
        answer: WriteAnswer = kind.write(self, prepared)
        return answer

    return {"write": write}


def _raises_the_token(kind: Kind) -> Methods:
    def write(self: Any, prepared: Prepared) -> WriteAnswer:  # noqa: ANN401  a session
        try:
            answer: WriteAnswer = kind.write(self, prepared)
        except ConnectorError as error:
            raise type(error)(error.code, token=access_of(self).token()) from None
        return answer

    return {"write": write}


def _refreshes_twice(access: Access) -> Access:
    def refresh(stale: str) -> str:
        access.refresh(stale)
        return access.refresh(stale)

    return replace(access, refresh=refresh)


def _calls_at_once(access: Access) -> Access:
    """Ask for something as soon as the session is opened."""
    access.http.request("GET", f"{access.origin}/ping")
    return access


def _shows_its_token(kind: type[Session]) -> Methods:
    del kind
    return {"__repr__": lambda self: f"<session {access_of(self).token()}>"}


MUTANTS: tuple[Mutant, ...] = (
    session_mutant(
        "limit_is_no_limit",
        "failing.stated_wait_reaches_us",
        "failing.unstated_wait_is_a_wait_too",
        spoil=raising(RateLimitedError, InvalidRequestError),
    ),
    session_mutant(
        "gives_up_at_limits",
        "surviving.storm_with_stated_waits_is_sat_out",
        "surviving.storm_without_stated_waits_is_sat_out",
        spoil=catching(RetryableError, refused),
    ),
    access_mutant(
        "refreshes_twice",
        "failing.refused_token_is_renewed_once",
        "failing.reads_renew_a_token_too",
        change=_refreshes_twice,
    ),
    session_mutant(
        "refuses_when_signed_out",
        "failing.token_that_cannot_be_renewed_asks_for_sign_in",
        "surviving.expired_token_stops_and_goes_on",
        spoil=catching(SignInRequiredError, refused),
    ),
    session_mutant(
        "sends_again",
        "failing.server_error_on_a_write_is_unknown",
        "failing.error_page_is_no_answer",
        "failing.line_cut_before_the_write_is_unknown",
        "failing.lost_answer_is_unknown",
        "surviving.lost_answers_of_single_writes_are_resolved",
        "surviving.lost_answers_of_batches_are_resolved",
        "dying.16_readback_before",
        "dying.17_readback_after",
        spoil=_sends_again,
    ),
    session_mutant(
        "optimist",
        "failing.cut_answer_of_a_batch_is_unknown",
        "surviving.lost_requests_of_single_writes_are_resolved",
        "surviving.lost_requests_of_batches_are_resolved",
        spoil=catching(OutcomeUnknownError, applied),
    ),
    session_mutant("talks_elsewhere", "failing.only_declared_hosts_are_asked", spoil=_talks_elsewhere),
    session_mutant("logs_the_token", "keeping_secrets.token_is_in_no_log", spoil=_logs_the_token),
    session_mutant("tells_by_address", "keeping_secrets.token_is_in_no_exchange", spoil=_tells_by_address),
    session_mutant("raises_the_token", "keeping_secrets.token_is_in_no_error", spoil=_raises_the_token),
    session_mutant("shows_its_token", "keeping_secrets.token_is_in_no_repr", spoil=_shows_its_token),
    access_mutant("calls_at_once", "packaging.options_have_defaults_that_open", change=_calls_at_once),
)
