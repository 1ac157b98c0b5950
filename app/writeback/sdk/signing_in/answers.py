"""Judge the address the issuer sent the browser back to. Pure: received and pasted pass alike."""

import hmac
from collections import abc
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from writeback.errors import SignInRequiredError
from writeback.sdk.signing_in.attempts import Attempt

MOST_QUERY: Final = 8 * 1024
_SHOWN = 300


def read_answer(attempt: Attempt, address: str) -> abc.Mapping[str, str]:
    """Give the parameters of a good answer; it holds a `code`.

    Raises:
        SignInRequiredError: `sign_in.…` too_big · wrong_address · ambiguous · state · issuer · denied ·
            refused (facts: the issuer's own `error` and `description`) · no_code.
    """
    parameters = parameters_of(attempt.redirect_uri, address)
    state = parameters.get("state")
    may_lack_state = "error" in parameters  # a refusal gives nothing away
    if state is not None or not may_lack_state:
        _check_state(attempt, state or "")
    issuer = parameters.get("iss")
    if issuer is not None and issuer.rstrip("/") != attempt.issuer.rstrip("/"):
        raise SignInRequiredError("sign_in.issuer", expected=attempt.issuer, got=issuer[:_SHOWN])
    if "error" in parameters:
        raise _refusal(parameters)
    if not parameters.get("code"):
        raise SignInRequiredError("sign_in.no_code")
    return parameters


def parameters_of(redirect_uri: str, address: str) -> dict[str, str]:
    """Give the parameters of an answer address that is the registered one to the letter; not judged yet.

    Raises:
        SignInRequiredError: `sign_in.…` too_big · wrong_address · ambiguous.
    """
    address = address.strip()
    if len(address) > MOST_QUERY + len(redirect_uri) + 1:
        raise SignInRequiredError("sign_in.too_big", most=MOST_QUERY)
    try:
        asked, got = urlsplit(redirect_uri), urlsplit(address)
        pairs = parse_qsl(
            got.query, keep_blank_values=True, strict_parsing=bool(got.query), max_num_fields=50
        )
    except ValueError:
        raise SignInRequiredError("sign_in.wrong_address", expected=redirect_uri) from None
    if (got.scheme, got.netloc, got.path) != (asked.scheme, asked.netloc, asked.path):
        raise SignInRequiredError("sign_in.wrong_address", expected=redirect_uri)
    parameters = dict(pairs)
    if len(parameters) != len(pairs):
        raise SignInRequiredError("sign_in.ambiguous")
    return parameters


def _check_state(attempt: Attempt, state: str) -> None:
    if not hmac.compare_digest(state.encode(), attempt.state.encode()):
        raise SignInRequiredError("sign_in.state")


def _refusal(parameters: abc.Mapping[str, str]) -> SignInRequiredError:
    error = parameters["error"][:_SHOWN]
    code = "sign_in.denied" if error == "access_denied" else "sign_in.refused"
    return SignInRequiredError(
        code, error=error, description=parameters.get("error_description", "")[:_SHOWN]
    )
