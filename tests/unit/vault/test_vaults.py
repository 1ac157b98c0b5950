import pytest

from tests.unit.vault import backends as bad
from writeback.errors import ConfigurationError, ConnectionNotReadyError
from writeback.vault import Keychain, Vault

SECRET = "a refresh token"


def vault_on(backend: bad.Native, workspace: str = "ws-1") -> Vault:
    return Vault(workspace, Keychain(lambda: backend, natives=bad.NATIVES, deadline_s=5.0))


def test_what_was_sealed_opens_in_another_process() -> None:
    backend = bad.Native()
    sealed = vault_on(backend).seal("c-1", "refresh_token", SECRET)
    assert vault_on(backend).open("c-1", "refresh_token", sealed) == SECRET


def test_the_keyring_holds_one_short_key_and_no_secret() -> None:
    backend = bad.Native()
    vault = vault_on(backend)
    vault.seal("c-1", "refresh_token", SECRET)
    vault.seal("c-1", "client_secret", SECRET * 1000)
    assert [len(kept) for kept in backend.kept.values()] == [44]
    assert list(backend.kept) == [("Writeback", "workspace ws-1")]


def test_a_keyring_that_truncates_at_1280_characters_holds_secrets_of_any_length() -> None:
    backend = bad.Truncating()
    long = "x" * 5000
    sealed = vault_on(backend).seal("c-1", "cache", long)
    assert vault_on(backend).open("c-1", "cache", sealed) == long


def test_an_envelope_shows_nothing_of_its_secret() -> None:
    sealed = vault_on(bad.Native()).seal("c-1", "refresh_token", SECRET)
    assert SECRET.encode() not in sealed


def test_one_secret_is_never_sealed_twice_alike() -> None:
    vault = vault_on(bad.Native())
    assert len({vault.seal("c-1", "f", SECRET) for _ in range(50)}) == 50


def test_a_lost_key_asks_for_a_new_sign_in() -> None:
    backend = bad.Native()
    sealed = vault_on(backend).seal("c-1", "refresh_token", SECRET)
    backend.kept.clear()
    with pytest.raises(ConnectionNotReadyError) as raised:
        vault_on(backend).open("c-1", "refresh_token", sealed)
    assert raised.value.code == "vault.key_lost"
    assert raised.value.facts == {"connection": "c-1"}


@pytest.mark.parametrize("key", ["QUJD" * 11, "A" * 43 + "=", "not base64!", "", "c2hvcnQ="])
def test_a_key_replaced_between_runs_asks_for_a_new_sign_in(key: str) -> None:
    backend = bad.Native()
    sealed = vault_on(backend).seal("c-1", "refresh_token", SECRET)
    backend.kept["Writeback", "workspace ws-1"] = key
    with pytest.raises(ConnectionNotReadyError) as raised:
        vault_on(backend).open("c-1", "refresh_token", sealed)
    assert raised.value.code == "vault.key_lost"


def test_a_key_changed_by_another_process_is_read_once_more() -> None:
    backend = bad.Native()
    ours = vault_on(backend)
    ours.seal("c-1", "f", "old")
    backend.kept.clear()
    sealed = vault_on(backend).seal("c-1", "f", SECRET)
    assert ours.open("c-1", "f", sealed) == SECRET


def test_two_workspaces_have_two_keys() -> None:
    backend = bad.Native()
    sealed = vault_on(backend, "ws-1").seal("c-1", "f", SECRET)
    vault_on(backend, "ws-2").seal("c-1", "f", SECRET)
    with pytest.raises(ConnectionNotReadyError):
        vault_on(backend, "ws-2").open("c-1", "f", sealed)


@pytest.mark.parametrize(("connection", "field"), [("c-2", "f"), ("c-1", "g"), ("c-1f", ""), ("", "c-1f")])
def test_an_envelope_does_not_open_in_another_place(connection: str, field: str) -> None:
    vault = vault_on(bad.Native())
    sealed = vault.seal("c-1", "f", SECRET)
    with pytest.raises(ConnectionNotReadyError) as raised:
        vault.open(connection, field, sealed)
    assert raised.value.code == "vault.envelope_damaged"


def test_no_byte_of_an_envelope_may_change() -> None:
    vault = vault_on(bad.Native())
    sealed = vault.seal("c-1", "f", SECRET)
    for position in range(len(sealed)):
        altered = bytearray(sealed)
        altered[position] ^= 1
        with pytest.raises(ConnectionNotReadyError):
            vault.open("c-1", "f", bytes(altered))


def test_an_envelope_cut_short_is_damaged() -> None:
    vault = vault_on(bad.Native())
    sealed = vault.seal("c-1", "f", SECRET)
    for length in range(len(sealed)):
        with pytest.raises(ConnectionNotReadyError):
            vault.open("c-1", "f", sealed[:length])


FAILING = [
    bad.Locked,
    bad.WrongPassword,
    bad.PromptDismissed,
    bad.Losing,
    bad.Returning,
    bad.Undeletable,
    bad.Raging,
]


@pytest.mark.parametrize("kind", FAILING, ids=[kind.__name__ for kind in FAILING])
def test_without_a_keyring_that_keeps_nothing_is_sealed(kind: type[bad.Native]) -> None:
    backend = kind()
    with pytest.raises(ConfigurationError):
        vault_on(backend).seal("c-1", "f", SECRET)
    assert SECRET not in repr(backend.kept)
    assert not [account for _, account in backend.kept if account.startswith("workspace")]


def test_forgetting_makes_every_envelope_unreadable() -> None:
    backend = bad.Native()
    vault = vault_on(backend)
    sealed = vault.seal("c-1", "f", SECRET)
    vault.forget()
    vault.forget()
    assert backend.kept == {}
    with pytest.raises(ConnectionNotReadyError):
        vault.open("c-1", "f", sealed)


def test_the_probe_names_the_keyring() -> None:
    assert vault_on(bad.Native()).probe().endswith(".Native")


def test_its_repr_tells_nothing() -> None:
    assert repr(vault_on(bad.Native())) == "Vault()"
