"""The settings file: what is read, what is kept, what is refused, what is set aside."""

import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from writeback.errors import ConfigurationError
from writeback.preferences import KEYS, Kind, read, reset, write
from writeback.preferences.applying import with_preferences
from writeback.preferences.values import checked, parsed
from writeback.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(
        data_dir=tmp_path / "data",
        config_dir=tmp_path / "config",
        log_dir=tmp_path / "log",
        managed_file=tmp_path / "managed.json",
    )


def _file(settings: Settings) -> Path:
    return settings.config_dir / "settings.json"


def _put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_without_a_file_the_defaults_hold_and_nothing_is_made(settings: Settings) -> None:
    found = read(settings)
    assert {key.name: found.get(key.name) for key in KEYS} == {key.name: key.default for key in KEYS}
    assert {found.source(key.name) for key in KEYS} == {"default"}
    assert not settings.config_dir.exists()


def test_every_default_may_be_set(settings: Settings) -> None:
    for key in KEYS:
        assert checked(key, key.default) == key.default
        assert not key.words or len(key.words) == len(key.choices)


def test_a_change_is_kept_and_unknown_keys_stay(settings: Settings) -> None:
    _put(_file(settings), '{"from.later": {"a": [1]}, "appearance.theme": "light"}')
    write(settings, {"appearance.theme": "dark", "appearance.text_size": 150})
    plain = json.loads(_file(settings).read_text("utf-8"))
    assert plain == {"from.later": {"a": [1]}, "appearance.theme": "dark", "appearance.text_size": 150}
    assert read(settings).source("appearance.text_size") == "own"
    reset(settings, ["appearance.theme"])
    assert read(settings).get("appearance.theme") == "system"
    reset(settings)
    assert json.loads(_file(settings).read_text("utf-8")) == {"from.later": {"a": [1]}}


def test_the_file_is_readable_by_its_owner_alone(settings: Settings) -> None:
    write(settings, {"appearance.theme": "dark"})
    assert _file(settings).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    "text",
    ["{", "[]", '"x"', "\x00", '{"a": ', "[" * 100_000],
    ids=["cut", "list", "text", "nul", "half", "deep"],
)
def test_a_damaged_file_is_named_and_set_aside_at_the_next_change(settings: Settings, text: str) -> None:
    _put(_file(settings), text)
    found = read(settings)
    assert found.is_damaged
    assert [problem.code for problem in found.problems] == ["settings.damaged"]
    assert found.problems[0].facts["path"] == str(_file(settings))
    assert _file(settings).read_text("utf-8") == text, "reading touches nothing"
    fresh = write(settings, {"appearance.theme": "dark"})
    assert not fresh.problems
    assert fresh.get("appearance.theme") == "dark"
    assert (settings.config_dir / "settings.damaged-1.json").read_text("utf-8") == text


def test_one_bad_value_is_named_and_the_others_hold(settings: Settings) -> None:
    _put(_file(settings), '{"appearance.text_size": 900, "appearance.theme": "dark", "worker.threads": true}')
    found = read(settings)
    assert [problem.facts["name"] for problem in found.problems] == [
        "appearance.text_size",
        "worker.threads",
    ]
    assert (found.get("appearance.text_size"), found.get("appearance.theme")) == (100, "dark")
    write(settings, {"appearance.theme": "light"})
    assert json.loads(_file(settings).read_text("utf-8"))["appearance.text_size"] == 900, "not lost"


def test_an_administrator_locks_settings(settings: Settings) -> None:
    assert settings.managed_file is not None
    _put(settings.managed_file, '{"network.proxy": "http://proxy:3128", "not.known": 1}')
    write(settings, {"appearance.theme": "dark"})
    for change in (
        lambda: write(settings, {"network.proxy": "", "appearance.theme": "light"}),
        lambda: reset(settings, ["network.proxy"]),
    ):
        with pytest.raises(ConfigurationError) as raised:
            change()
        assert raised.value.code == "settings.locked"
        assert raised.value.facts["path"] == str(settings.managed_file)
    found = reset(settings)
    assert found.get("network.proxy") == "http://proxy:3128"
    assert found.source("network.proxy") == "managed"
    assert found.get("appearance.theme") == "system"


@pytest.mark.parametrize("text", ["{", '{"appearance.theme": "pink"}', "[]"])
def test_a_damaged_file_of_the_administrator_stops(settings: Settings, text: str) -> None:
    assert settings.managed_file is not None
    _put(settings.managed_file, text)
    for change in (lambda: read(settings), lambda: write(settings, {"appearance.theme": "dark"})):
        with pytest.raises(ConfigurationError) as raised:
            change()
        assert raised.value.code == "settings.managed_damaged"
    assert not _file(settings).exists()


def test_changes_at_the_same_time_lose_nothing(settings: Settings) -> None:
    names = [key.name for key in KEYS if key.kind is Kind.TABLE]
    numbers = range(6)

    def work(name: str) -> None:
        for number in numbers:
            write(settings, {name: {"n": number}})

    threads = [threading.Thread(target=work, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: read(settings).get(name) for name in names} == {name: {"n": 5} for name in names}


def test_a_folder_that_refuses_is_said(settings: Settings) -> None:
    _put(settings.config_dir, "a file where the folder should be")
    with pytest.raises(ConfigurationError) as raised:
        write(settings, {"appearance.theme": "dark"})
    assert raised.value.code == "settings.file"


def test_a_proxys_password_never_gets_in(settings: Settings) -> None:
    with pytest.raises(ConfigurationError) as raised:
        write(settings, {"network.proxy": "http://ana:geheim@proxy:3128"})
    assert raised.value.code == "settings.proxy_password"
    assert "geheim" not in str(raised.value.facts)
    assert not _file(settings).exists()


def test_the_environment_comes_before_the_person_and_after_the_administrator(settings: Settings) -> None:
    write(settings, {"network.proxy": "http://own:1", "network.ca_file": "/own.pem"})
    own = with_preferences(settings, read(settings))
    assert (own.proxy, own.ca_file) == ("http://own:1", Path("/own.pem"))
    set_outside = replace(settings, proxy="http://env:1", ca_file=Path("/env.pem"))
    outside = with_preferences(set_outside, read(settings))
    assert (outside.proxy, outside.ca_file) == ("http://env:1", Path("/env.pem"))
    assert settings.managed_file is not None
    _put(settings.managed_file, '{"network.proxy": "", "network.ca_file": "/managed.pem"}')
    managed = with_preferences(set_outside, read(settings))
    assert (managed.proxy, managed.ca_file) == (None, Path("/managed.pem"))


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("appearance.text_size", "150", 150),
        ("appearance.text_size", "150%", 150),
        ("worker.with_window", "off", False),
        ("notifications.quiet_from", "22:30", "22:30"),
        ("notifications.muted_until", "2026-11-27T12:00+01:00", "2026-11-27T12:00+01:00"),
        ("network.ca_file", "", ""),
    ],
)
def test_a_typed_value_is_read(name: str, text: str, value: object) -> None:
    key = next(key for key in KEYS if key.name == name)
    assert parsed(key, text) == value


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("appearance.text_size", "79"),
        ("appearance.text_size", "1e2"),
        ("appearance.theme", "Dark"),
        ("worker.with_window", "maybe"),
        ("notifications.quiet_from", "25:00"),
        ("notifications.quiet_from", "22"),
        ("notifications.muted_until", "2026-11-27T12:00"),
        ("network.ca_file", "relative.pem"),
        ("network.proxy", "socks5://x"),
        ("network.proxy", "http://x:0"),
        ("keyboard.shortcuts", "{}"),
    ],
)
def test_a_typed_value_that_cannot_be_meant_is_refused(name: str, text: str) -> None:
    key = next(key for key in KEYS if key.name == name)
    with pytest.raises(ConfigurationError):
        parsed(key, text)
