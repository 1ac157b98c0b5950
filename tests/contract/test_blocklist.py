"""A plugin on the blocklist runs for nobody; a newer list is taken only with the publisher's signature."""

import base64
import json
from importlib.metadata import EntryPoints
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.doubles.trusting import consent
from writeback.errors import ConfigurationError, PluginNotLoadableError
from writeback.host import Host, PluginStatus, blocklist
from writeback.host.blocklist import (
    FILE_NAME,
    KEY_NAME,
    Blocked,
    Blocklist,
    read_blocklist,
    take_blocklist,
)
from writeback.host.bundled import bundle_folder

KEY = Ed25519PrivateKey.generate()
ENTRY = {"id": "minimal", "reason": "It wrote what nobody asked for."}


def shipped(folder: Path, *, made_on: str = "2026-01-01", key: bool = True) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / FILE_NAME).write_text(json.dumps({"version": 1, "made_on": made_on, "blocked": []}))
    if key:
        raw = KEY.public_key().public_bytes_raw()
        (folder / KEY_NAME).write_text(base64.b64encode(raw).decode())
    return folder


def newer(
    folder: Path, *, made_on: str = "2026-06-01", key: Ed25519PrivateKey = KEY, **facts: object
) -> Path:
    folder.mkdir(exist_ok=True)
    told = {"version": 1, "made_on": made_on, "blocked": [ENTRY], **facts}
    file = folder / "list.json"
    file.write_text(json.dumps(told))
    (folder / "list.json.sig").write_text(base64.b64encode(key.sign(file.read_bytes())).decode())
    return file


@pytest.mark.parametrize(
    ("entry", "is_meant"),
    [
        (Blocked("x", id="minimal"), True),
        (Blocked("x", id="Mini_mal"), False),
        (Blocked("x", publisher="TESTS"), True),
        (Blocked("x", hash="ab"), True),
        (Blocked("x", hash="abc"), False),
        (Blocked("x", id="minimal", publisher="others"), False),
        (Blocked("x", id="MINIMAL", publisher="tests", hash="ab"), True),
        (Blocked("x"), False),
    ],
)
def test_an_entry_means_what_it_names_and_nothing_means_nobody(entry: Blocked, is_meant: bool) -> None:
    found = Blocklist(blocked=(entry,)).find(plugin="minimal", publisher="Tests", file_hash="ab")
    assert (found is entry) is is_meant


def test_a_plugin_on_it_runs_for_nobody_though_it_was_allowed(third_party: EntryPoints) -> None:
    given = consent(third_party)
    listed = Blocklist(blocked=(Blocked(**ENTRY),))
    host = Host(entry_points=third_party, consents=lambda: given, blocklist=lambda: listed)
    record = next(one for one in host.plugins() if one.id == "minimal")
    assert record.status is PluginStatus.BLOCKED
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.blocked") as caught:
        host.connector("minimal")
    assert caught.value.facts["why"] == ENTRY["reason"]


def test_a_newer_list_is_taken_with_its_signature_and_stands_offline(tmp_path: Path) -> None:
    own, data = shipped(tmp_path / "own"), tmp_path / "data"
    assert read_blocklist(own, data).blocked == ()
    taken = take_blocklist(newer(tmp_path / "new"), shipped=own, data_dir=data)
    assert read_blocklist(own, data) == taken
    assert taken.blocked[0].reason == ENTRY["reason"]
    (data / FILE_NAME).write_text(json.dumps({"version": 1, "made_on": "2026-07-01", "blocked": []}))
    assert read_blocklist(own, data).blocked == ()  # somebody changed the copy: ours counts
    assert read_blocklist(shipped(own, made_on="2027-01-01"), data).made_on.year == 2027


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"key": Ed25519PrivateKey.generate()}, "blocklist.not_signed"),
        ({"made_on": "2025-12-31"}, "blocklist.older"),
        ({"version": 2}, "blocklist.unreadable"),
        ({"blocked": [{"reason": "names nobody"}]}, "blocklist.unreadable"),
    ],
)
def test_what_is_not_signed_older_or_none_is_refused(
    tmp_path: Path, facts: dict[str, object], code: str
) -> None:
    own = shipped(tmp_path / "own")
    file = newer(tmp_path / "new", **facts)  # type: ignore[arg-type]  the facts of a case
    with pytest.raises(ConfigurationError) as caught:
        take_blocklist(file, shipped=own, data_dir=tmp_path / "data")
    assert caught.value.code == code
    assert not (tmp_path / "data" / FILE_NAME).exists()


def test_a_program_that_ends_while_a_list_is_kept_leaves_the_one_in_force(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, data = shipped(tmp_path / "own"), tmp_path / "data"
    taken = take_blocklist(newer(tmp_path / "new"), shipped=own, data_dir=data)
    put = blocklist._put  # noqa: SLF001  what writes each of the two files

    def put_one(path: Path, told: bytes) -> None:
        put(path, told)
        raise KeyboardInterrupt

    monkeypatch.setattr(blocklist, "_put", put_one)
    later = newer(tmp_path / "later", made_on="2026-07-01", blocked=[ENTRY, {"id": "more", "reason": "x"}])
    with pytest.raises(KeyboardInterrupt):
        take_blocklist(later, shipped=own, data_dir=data)
    assert read_blocklist(own, data) == taken
    monkeypatch.setattr(blocklist, "_put", put)
    assert len(take_blocklist(later, shipped=own, data_dir=data).blocked) == 2
    assert read_blocklist(own, data).made_on.month == 7


def test_without_a_key_nothing_is_taken(tmp_path: Path) -> None:
    own = shipped(tmp_path / "own", key=False)
    with pytest.raises(ConfigurationError, match=r"blocklist\.no_key"):
        take_blocklist(newer(tmp_path / "new"), shipped=own, data_dir=tmp_path / "data")


def test_the_programs_own_list_can_be_read(tmp_path: Path) -> None:
    assert read_blocklist(bundle_folder(), tmp_path).made_on.year >= 2026
