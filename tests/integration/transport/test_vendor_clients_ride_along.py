"""Foreign clients on the handed session stay under its rules."""

import pytest
from authlib.integrations.requests_client import OAuth2Session
from simple_salesforce.api import Salesforce

from tests.integration.transport.doors import open_door
from tests.integration.transport.peers import Peer, answering
from writeback.errors import GuardError, OutcomeUnknownError


def test_simple_salesforce_reaches_a_simulator_without_tls() -> None:
    with Peer(answering((200, b'{"totalSize": 0, "done": true, "records": []}'))) as peer:
        door = open_door(peer)
        with door.http as http:
            client = Salesforce(instance_url=peer.origin, session_id="00D!x", session=http, version="67.0")
            assert client.query("select Id from Account")["totalSize"] == 0
    assert peer.heard[0].target.startswith("/services/data/v67.0/query/?q=select")
    assert peer.heard[0].headers["authorization"] == "Bearer 00D!x"
    assert "00D!x" not in repr(door.records)


def test_a_write_of_simple_salesforce_whose_answer_is_lost_is_unknown() -> None:
    with Peer(lambda talk: (talk.hear(), None)[1]) as peer, open_door(peer).http as http:
        client = Salesforce(instance_url=peer.origin, session_id="00D!x", session=http, version="67.0")
        with pytest.raises(OutcomeUnknownError):
            client.Account.update("001", {"Name": "Acme"})  # type: ignore[operator]  # it makes up its attributes
    assert peer.methods == ["PATCH"]


def test_a_session_of_authlib_with_our_adapters_is_guarded_too() -> None:
    with (
        Peer(answering((302, b"", {"Location": "https://evil.example/"}))) as peer,
        open_door(peer).http as http,
    ):
        oauth = OAuth2Session(client_id="x")
        oauth.adapters = http.adapters
        with pytest.raises(GuardError):
            oauth.get("https://evil.example/", withhold_token=True)
        with pytest.raises(OutcomeUnknownError):
            oauth.fetch_token(f"{peer.origin}/token", grant_type="client_credentials")
    assert len(peer.heard) == 1
