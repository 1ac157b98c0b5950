"""What a credentials file brought opens with that file's content and nothing else."""

import pytest

from writeback.vault.filekeys import FileSeal

OWN = {"client_id": "a", "client_secret": "bc"}


@pytest.mark.parametrize(
    "other",
    [
        {"client_id": "a", "client_secret": "bd"},
        {"client_id": "ab", "client_secret": "c"},
        {"client_id": "a", "client_secretb": "c"},
        {"client_id": "a"},
        {},
    ],
)
def test_another_content_opens_nothing(other: dict[str, str]) -> None:
    seal = FileSeal("w1")
    sealed = seal.seal(OWN, "c1", "access_token", "the token")
    assert b"the token" not in sealed
    assert seal.open(dict(reversed(OWN.items())), "c1", "access_token", sealed) == "the token"
    assert seal.open(other, "c1", "access_token", sealed) is None


def test_an_envelope_opens_at_its_own_place_only() -> None:
    sealed = FileSeal("w1").seal(OWN, "c1", "access_token", "the token")
    assert FileSeal("w2").open(OWN, "c1", "access_token", sealed) is None
    assert FileSeal("w1").open(OWN, "c2", "access_token", sealed) is None
    assert FileSeal("w1").open(OWN, "c1", "refresh_token", sealed) is None
    assert FileSeal("w1").open(OWN, "c1", "access_token", sealed[:-1]) is None
