"""S11: whatever the keyring does, we refuse with its name and what happened; nothing is kept in clear."""

import sys

import pytest
from keyring.backend import KeyringBackend
from keyring.backends import null

from tests.unit.vault import backends as bad
from writeback.errors import ConfigurationError
from writeback.vault import Keychain
from writeback.vault.keychains import NATIVE_BACKENDS


def chain_of(backend: KeyringBackend, *, deadline_s: float = 5.0) -> Keychain:
    return Keychain(lambda: backend, natives=bad.NATIVES, deadline_s=deadline_s)


REFUSED = [
    (bad.NoBackend, "vault.no_keyring"),
    (bad.Locked, "vault.locked"),
    (bad.WrongPassword, "vault.unreachable"),
    (bad.PromptDismissed, "vault.failed"),
    (bad.Losing, "vault.unreliable"),
    (bad.Returning, "vault.unreliable"),
    (bad.Undeletable, "vault.failed"),
    (bad.Hoarding, "vault.unreliable"),
    (bad.Raging, "vault.failed"),
    (bad.AskingOnStdin, "vault.refused"),
    (null.Keyring, "vault.refused"),
]


@pytest.mark.parametrize(("kind", "code"), REFUSED, ids=[kind.__name__ for kind, _ in REFUSED])
def test_a_keyring_that_cannot_keep_is_refused_with_its_name(kind: type[KeyringBackend], code: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        chain_of(kind()).probe()
    assert raised.value.code == code
    assert raised.value.facts["backend"] == f"{kind.__module__}.{kind.__qualname__}"
    assert raised.value.facts["platform"] == sys.platform


def test_a_hanging_prompt_is_given_up_at_the_deadline() -> None:
    hanging = bad.Hanging()
    try:
        with pytest.raises(ConfigurationError) as raised:
            chain_of(hanging, deadline_s=0.05).probe()
    finally:
        hanging.released.set()
    assert raised.value.code == "vault.timeout"
    assert raised.value.facts["after_s"] == 0.05


def test_a_chain_that_holds_only_a_file_back_end_is_refused_unasked() -> None:
    with pytest.raises(ConfigurationError) as raised:
        chain_of(bad.Chain(bad.AskingOnStdin(), bad.AskingOnStdin())).probe()
    assert raised.value.code == "vault.refused"


def test_an_empty_chain_is_no_keyring() -> None:
    with pytest.raises(ConfigurationError) as raised:
        chain_of(bad.Chain()).probe()
    assert raised.value.code == "vault.no_keyring"


def test_in_a_chain_only_the_native_one_is_spoken_to() -> None:
    native = bad.Native()
    keychain = chain_of(bad.Chain(bad.AskingOnStdin(), native))
    keychain.write("a", "text")
    assert native.kept == {("Writeback", "a"): "text"}


def test_a_good_keyring_is_named_and_left_clean() -> None:
    native = bad.Native()
    assert chain_of(native).probe().endswith(".Native")
    assert native.kept == {}


def test_a_text_is_kept_and_deleted() -> None:
    native = bad.Native()
    keychain = chain_of(native)
    assert keychain.read("a") is None
    keychain.write("a", "text")
    assert keychain.read("a") == "text"
    keychain.delete("a")
    assert keychain.read("a") is None


@pytest.mark.parametrize("kind", [bad.Losing, bad.Returning])
def test_what_does_not_come_back_was_not_kept(kind: type[KeyringBackend]) -> None:
    with pytest.raises(ConfigurationError) as raised:
        chain_of(kind()).write("a", "text")
    assert raised.value.code == "vault.unreliable"


def test_no_back_end_of_an_extra_package_is_native() -> None:
    assert all(name.startswith("keyring.backends.") for name in NATIVE_BACKENDS)
    assert not [name for name in NATIVE_BACKENDS if "null" in name or "fail" in name or "chainer" in name]


def test_a_failure_to_find_a_back_end_is_translated_too() -> None:
    def find() -> KeyringBackend:
        raise RuntimeError("no session bus")

    with pytest.raises(ConfigurationError) as raised:
        Keychain(find).probe()
    assert raised.value.code == "vault.failed"
    assert raised.value.facts["kind"] == "RuntimeError"


def test_its_repr_tells_nothing() -> None:
    assert repr(chain_of(bad.Native())) == "Keychain()"
