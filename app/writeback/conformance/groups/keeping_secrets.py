"""Checks on secrets: the token is in the request that needs it and nowhere else."""

import base64
import contextlib
import io
import traceback
from collections import abc
from urllib.parse import quote

from writeback.conformance.benches import Bench, write_of
from writeback.conformance.checks import check, checks_in
from writeback.conformance.promises import Tier, expect
from writeback.conformance.quality import FaultName
from writeback.conformance.stages import Stage
from writeback.errors import WritebackError
from writeback.model.types import AttributeType

TEXT = AttributeType.TEXT


@check(Tier.SILVER)
def token_is_in_no_log(stage: Stage) -> None:
    """Nothing that is logged or printed holds the token, whatever goes wrong."""
    out, errors = io.StringIO(), io.StringIO()
    with (
        stage.bench(can_refresh=False) as bench,
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(errors),
    ):
        _go_wrong(bench)
        _holds_no_token(bench, "the log", bench.wire.logged)
        _holds_no_token(bench, "the output", [out.getvalue(), errors.getvalue()])


@check(Tier.SILVER)
def token_is_in_no_exchange(stage: Stage) -> None:
    """No recorded exchange holds the token: not in an address, a header or a body."""
    with stage.bench(can_refresh=False) as bench:
        _go_wrong(bench)
        for one in bench.wire.exchanges:
            headers = [*one.request_headers, *one.response_headers]
            texts = [one.url, one.request_body, one.response_body, *(f"{k}: {v}" for k, v in headers)]
            _holds_no_token(bench, "an exchange", texts)
        urls = [url for _, url in bench.http.asked]
        _holds_no_token(bench, "an address", urls)


@check(Tier.SILVER)
def token_is_in_no_error(stage: Stage) -> None:
    """No error holds the token: not in its text, its facts, its causes or its traceback."""
    with stage.bench(can_refresh=False) as bench:
        for error in _go_wrong(bench):
            told = "".join(traceback.format_exception(error))
            _holds_no_token(bench, f"{type(error).__name__}", [repr(error), str(error), told])


@check(Tier.SILVER)
def token_is_in_no_repr(stage: Stage) -> None:
    """Neither the session, the connector nor a prepared write shows the token."""
    with stage.bench() as bench:
        record_id, info = bench.ids(1)[0], bench.field(TEXT)
        prepared = bench.session.prepare(bench.request([write_of("k1", record_id, info, "new")]))
        bench.session.write(prepared)
        shown = [
            repr(bench.session),
            repr(stage.subject.connector),
            repr(prepared),
            str(vars_of(bench.session)),
        ]
        _holds_no_token(bench, "a repr", shown)


def vars_of(session: object) -> dict[str, str]:
    """Give what a debugger or a crash report shows of an object: the repr of each of its own values."""
    return {name: repr(value) for name, value in getattr(session, "__dict__", {}).items()}


def _go_wrong(bench: Bench) -> list[Exception]:
    """Let a read, a write and a sign-in fail, and give what was raised."""
    record_id, info = bench.ids(1)[0], bench.field(TEXT)
    errors: list[Exception] = []

    def attempt(call: abc.Callable[[], object]) -> None:
        try:
            call()
        except WritebackError as error:
            errors.append(error)
        bench.calm()

    bench.arm("status", status=500)
    attempt(lambda: bench.set(record_id, info, "one"))
    bench.arm("status", status=400)
    attempt(lambda: bench.session.count(bench.name))
    bench.arm("cut_after")
    attempt(lambda: bench.set(record_id, info, "two"))
    wish = bench.subject.quality.fault(FaultName.REJECT_TOKEN)
    if wish is not None:
        bench.arm_own(FaultName.REJECT_TOKEN)
        attempt(lambda: bench.set(record_id, info, "three"))
    expect(errors, "nothing went wrong: the faults do not work")
    return errors


def _holds_no_token(bench: Bench, where: str, texts: abc.Iterable[str]) -> None:
    token = bench.running.token
    forms = (token, quote(token, safe=""), base64.b64encode(token.encode()).decode().rstrip("="))
    for text in texts:
        expect(not any(form in text for form in forms), f"the token stands in {where}")


CHECKS = checks_in(globals())
