"""Which workspace files a person trusts: bound to the file itself, and nothing counts where in doubt."""

import json
import shutil
from pathlib import Path

import pytest

from writeback.errors import ConfigurationError
from writeback.runtime import trusted_files
from writeback.settings import Settings

AT = "2026-11-27T22:00:00+00:00"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data", config_dir=tmp_path / "config", log_dir=tmp_path / "log")


def file_at(place: Path, text: str = "x") -> Path:
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text)
    return place


def test_a_file_that_nobody_spoke_of_is_not_trusted_but_ones_own_is(
    settings: Settings, tmp_path: Path
) -> None:
    sent, own = file_at(tmp_path / "mail" / "a.writeback"), file_at(settings.data_dir / "w.writeback")
    assert trusted_files.why(settings, sent, "w1") == trusted_files.UNKNOWN
    assert trusted_files.why(settings, own, "w1") == trusted_files.OWN
    assert not trusted_files.registry_of(settings).exists()  # asking keeps nothing


def test_trust_is_of_the_very_file_and_follows_it_when_it_moves(settings: Settings, tmp_path: Path) -> None:
    sent = file_at(tmp_path / "mail" / "a.writeback")
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    assert trusted_files.why(settings, sent, "w1") == trusted_files.ALLOWED
    moved = sent.rename(tmp_path / "mail" / "b.writeback")
    assert trusted_files.why(settings, moved, "w1") == trusted_files.ALLOWED
    copied = Path(shutil.copy(moved, tmp_path / "copy.writeback"))
    assert trusted_files.why(settings, copied, "w1") == trusted_files.UNKNOWN
    assert trusted_files.why(settings, moved, "another workspace") != trusted_files.ALLOWED


def test_another_file_in_its_place_is_decided_anew(settings: Settings, tmp_path: Path) -> None:
    sent = file_at(tmp_path / "a.writeback")
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    other = file_at(tmp_path / "other", "from somebody else, with the same id")
    other.replace(sent)  # the old file's number is still taken by nobody else's copy
    assert trusted_files.why(settings, sent, "w1") == trusted_files.OTHER_FILE
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    assert trusted_files.why(settings, sent, "w1") == trusted_files.ALLOWED
    kept = trusted_files.read_trusted(trusted_files.registry_of(settings))
    assert [one.path for one in kept.files] == [str(sent.resolve())]


def test_a_person_takes_trust_back_even_in_a_trusted_folder(settings: Settings, tmp_path: Path) -> None:
    sent = file_at(tmp_path / "team" / "deep" / "a.writeback")
    trusted_files.trust_folder(settings, tmp_path / "team")
    assert trusted_files.why(settings, sent, "w1") == trusted_files.FOLDER
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=False)
    assert trusted_files.why(settings, sent, "w1") == trusted_files.REFUSED
    trusted_files.trust_folder(settings, tmp_path / "team", is_trusted=False)
    beside = file_at(tmp_path / "team" / "b.writeback")
    assert trusted_files.why(settings, beside, "w2") == trusted_files.UNKNOWN


def test_a_link_into_a_trusted_folder_is_where_it_leads(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "team").mkdir()
    trusted_files.trust_folder(settings, tmp_path / "team")
    sent = file_at(tmp_path / "mail" / "a.writeback")
    (tmp_path / "team" / "a.writeback").symlink_to(sent)
    assert trusted_files.why(settings, tmp_path / "team" / "a.writeback", "w1") == trusted_files.UNKNOWN


@pytest.mark.parametrize(
    "text", ["", "{", "[]", '{"version": 2, "files": [], "folders": []}', '{"version": 1, "files": [{}]}']
)
def test_a_list_that_cannot_be_read_trusts_nothing(settings: Settings, tmp_path: Path, text: str) -> None:
    own = file_at(settings.data_dir / "w.writeback")
    file_at(trusted_files.registry_of(settings), text).chmod(0o600)
    assert trusted_files.why(settings, own, "w1") == trusted_files.UNREADABLE
    with pytest.raises(ConfigurationError, match=r"trust\.unreadable"):
        trusted_files.decide(settings, own, "w1", at=AT, is_allowed=True)
    assert trusted_files.registry_of(settings).read_text() == text


def test_a_list_that_others_may_write_trusts_nothing(settings: Settings, tmp_path: Path) -> None:
    sent = file_at(tmp_path / "a.writeback")
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    registry = trusted_files.registry_of(settings)
    assert registry.stat().st_mode & 0o777 == 0o600
    registry.chmod(0o666)
    assert trusted_files.why(settings, sent, "w1") == trusted_files.UNREADABLE


def test_what_the_program_copied_of_a_trusted_file_is_trusted(settings: Settings, tmp_path: Path) -> None:
    sent, strange = file_at(tmp_path / "a.writeback"), file_at(tmp_path / "s.writeback")
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    for original, wanted in ((sent, trusted_files.ALLOWED), (strange, trusted_files.UNKNOWN)):
        copy = file_at(tmp_path / f"{original.stem}-restored.writeback")
        trusted_files.inherit(settings, original, copy, "w1")
        assert trusted_files.why(settings, copy, "w1") == wanted


def test_a_device_number_that_changed_with_a_start_of_the_computer_changes_nothing(
    settings: Settings, tmp_path: Path
) -> None:
    sent = file_at(tmp_path / "a.writeback")
    trusted_files.decide(settings, sent, "w1", at=AT, is_allowed=True)
    registry = trusted_files.registry_of(settings)
    told = json.loads(registry.read_text())
    told["files"][0]["device"] += 1
    registry.write_text(json.dumps(told))
    assert trusted_files.why(settings, sent, "w1") == trusted_files.ALLOWED
