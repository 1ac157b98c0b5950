"""A plugin brings the sentences of its own codes; they are read without running it."""

import sys
from collections import abc
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from tests.doubles.trusting import consent
from writeback.host.consents import consents_file, write_consents
from writeback.runtime.sentences import UNKNOWN, catalogue, plugin_sentences, sentence_of

MANIFEST = """
id = "talker"
title = "Talker"
api = 1
publisher = "Tests"
hosts = ["crm.example"]
auth = [{ method = "token_file", title = "Token file" }]
limits = { server_seconds = 1 }
routes = { single = { most_rows = 1, assurance = ["B"] } }
"""
WORDS = 'locked = { happened = "Record {id} is locked.", advice = "Wait." }\n'
OTHER = 'other = { happened = "Talker refused.", advice = "Ask Talker." }\n'


@pytest.fixture
def talker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> abc.Iterator[abc.Callable[..., None]]:
    """Install a plugin with sentences; allowed, or not."""
    monkeypatch.setenv("WRITEBACK_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.syspath_prepend(str(tmp_path))
    package = tmp_path / "writeback_talker"
    package.mkdir()
    (package / "__init__.py").write_text("raise AssertionError('it was run')", "utf-8")
    (package / "connector.toml").write_text(MANIFEST, "utf-8")

    def install(sentences: bytes | None, *, is_allowed: bool = True) -> None:
        if sentences is not None:
            (package / "sentences.toml").write_bytes(sentences)
        points = EntryPoints([EntryPoint("talker", "writeback_talker", "writeback.connectors")])
        monkeypatch.setattr("importlib.metadata.entry_points", lambda **_: points)
        if is_allowed:
            write_consents(consents_file(tmp_path / "config"), consent(points))
        plugin_sentences.cache_clear()

    yield install
    plugin_sentences.cache_clear()
    assert "writeback_talker" not in sys.modules


def test_a_plugins_codes_are_told_in_its_own_words(talker: abc.Callable[..., None]) -> None:
    talker((WORDS + OTHER).encode())
    told = sentence_of("talker.locked", {"id": "A1"})
    assert (told.happened, told.unchanged, told.advice) == (
        "Record A1 is locked.",
        "Nothing was changed.",
        "Wait.",
    )
    assert sentence_of("talker.something_else").happened == "Talker refused."


def test_a_plugin_speaks_for_no_area_but_its_own(talker: abc.Callable[..., None]) -> None:
    talker(('"plugin.off" = { happened = "All is well.", advice = "Relax." }\n' + OTHER).encode())
    assert sentence_of("plugin.off") == catalogue()["plugin.off"]
    assert all(code.startswith("talker.") for code in plugin_sentences("talker"))


@pytest.mark.parametrize("sentences", [None, b"locked = 7", b"= ", b"\xff", b"locked = { happened = 'x' }"])
def test_a_file_that_is_none_costs_its_sentences_and_nothing_else(
    talker: abc.Callable[..., None], sentences: bytes | None
) -> None:
    talker(sentences)
    assert sentence_of("talker.locked").happened == UNKNOWN.happened


def test_a_plugin_that_nobody_allowed_says_nothing(talker: abc.Callable[..., None]) -> None:
    talker((WORDS + OTHER).encode(), is_allowed=False)
    assert sentence_of("talker.locked", {"id": "A1"}).happened == UNKNOWN.happened
