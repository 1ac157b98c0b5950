"""Sign in by the system browser: OAuth 2 authorization code with PKCE on a loopback redirect.

`sign_in` does it all; where no port can be had, `begin` and `finish` serve *paste the answer
address*, which passes the same checks. The only place with Authlib, and the only one in `sdk`
beside the simulators that opens a socket.
"""

from writeback.sdk.signing_in.answers import MOST_QUERY, parameters_of, read_answer
from writeback.sdk.signing_in.attempts import Attempt, begin
from writeback.sdk.signing_in.flows import HttpDoor, Patience, Tokens, finish, refresh, sign_in
from writeback.sdk.signing_in.receiving import Receiver

__all__ = [
    "MOST_QUERY",
    "Attempt",
    "HttpDoor",
    "Patience",
    "Receiver",
    "Tokens",
    "begin",
    "finish",
    "parameters_of",
    "read_answer",
    "refresh",
    "sign_in",
]
