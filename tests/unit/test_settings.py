from pathlib import Path

import pytest

from writeback.errors import ConfigurationError
from writeback.settings import FailpointWish, load


def test_folders_follow_the_platforms_custom(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    settings = load({}, platform="linux")
    assert settings.data_dir == tmp_path / "data" / "Writeback"
    assert settings.config_dir == tmp_path / "config" / "Writeback"
    assert settings.workspace_file == tmp_path / "data" / "Writeback" / "workspace.writeback"
    assert settings.plugin_dir == tmp_path / "data" / "Writeback" / "plugins"


def test_nothing_is_created(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    load({"WRITEBACK_LOG_DIR": str(tmp_path / "log")})
    assert list(tmp_path.iterdir()) == []


def test_a_variable_moves_a_folder(tmp_path: Path) -> None:
    settings = load({"WRITEBACK_DATA_DIR": str(tmp_path), "WRITEBACK_SPECS": str(tmp_path / "specs")})
    assert settings.data_dir == tmp_path
    assert settings.specs_dir == tmp_path / "specs"


def test_the_environment_of_the_process_is_read_when_none_is_given(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("WRITEBACK_CA_FILE", str(tmp_path / "ca.pem"))
    assert load().ca_file == tmp_path / "ca.pem"


def test_a_path_with_a_nul_is_refused() -> None:
    with pytest.raises(ConfigurationError) as raised:
        load({"WRITEBACK_DATA_DIR": "a\0b"})
    assert raised.value.facts == {"variable": "WRITEBACK_DATA_DIR"}


@pytest.mark.parametrize(
    ("environ", "proxy"),
    [
        ({}, None),
        ({"HTTPS_PROXY": "http://proxy.example:3128"}, "http://proxy.example:3128"),
        ({"https_proxy": "proxy.example:3128"}, "http://proxy.example:3128"),
        (
            {"WRITEBACK_PROXY": "https://own.example", "HTTPS_PROXY": "http://other.example"},
            "https://own.example",
        ),
    ],
)
def test_the_proxy_comes_from_the_environment(environ: dict[str, str], proxy: str | None) -> None:
    assert load(environ).proxy == proxy


@pytest.mark.parametrize("proxy", ["socks5://proxy.example", "http://", "http://host:port", "http://x:0"])
def test_a_proxy_that_cannot_be_meant_is_refused_without_telling_its_value(proxy: str) -> None:
    with pytest.raises(ConfigurationError) as raised:
        load({"WRITEBACK_PROXY": proxy})
    assert raised.value.facts == {"variable": "WRITEBACK_PROXY"}


def test_a_proxys_password_is_not_shown() -> None:
    assert "geheim" not in repr(load({"WRITEBACK_PROXY": "http://me:geheim@proxy.example"}))


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("4.intent:kill", FailpointWish("4.intent", "kill", 1)),
        ("5.mid_request:raise:3", FailpointWish("5.mid_request", "raise", 3)),
    ],
)
def test_a_failpoint_is_name_action_and_turn(text: str, wish: FailpointWish) -> None:
    assert load({"WRITEBACK_FAILPOINT": text}, is_frozen=False).failpoint == wish


@pytest.mark.parametrize(
    "text", ["4.intent", "4.intent:", ":kill", "4.intent:kill:0", "4.intent:kill:x", "a:b:-1"]
)
def test_a_malformed_failpoint_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError):
        load({"WRITEBACK_FAILPOINT": text}, is_frozen=False)


def test_a_packaged_build_refuses_failpoints() -> None:
    with pytest.raises(ConfigurationError) as raised:
        load({"WRITEBACK_FAILPOINT": "4.intent:kill"}, is_frozen=True)
    assert raised.value.code == "settings.failpoint_refused"


@pytest.mark.parametrize(
    ("environ", "platform", "has_display"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "offscreen"}, "linux", True),
        ({}, "darwin", True),
        ({}, "win32", True),
    ],
)
def test_a_display_is_where_a_window_can_be_shown(
    environ: dict[str, str], platform: str, has_display: bool
) -> None:
    assert load(environ, platform=platform).has_display is has_display


def test_no_color_is_any_value() -> None:
    assert load({"NO_COLOR": "1"}).no_color
    assert not load({"NO_COLOR": ""}).no_color
