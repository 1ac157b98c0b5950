"""A third party's plugin runs when a person allowed its very files, and not before (S10)."""

import importlib.metadata
import json
import shutil
import stat
import sys
from collections import abc
from importlib.metadata import EntryPoint, EntryPoints
from pathlib import Path

import pytest

from tests.contract.conftest import TEST_PACKAGES, entry_points_of
from tests.doubles.trusting import allowed_host, consent
from writeback.cli.application import run
from writeback.errors import ConfigurationError, PluginNotLoadableError
from writeback.host import Host, PluginStatus, hosting
from writeback.host.bundled import Bundle, own_bundle
from writeback.host.consents import Consents, consents_file, read_consents, write_consents
from writeback.host.fingerprints import fingerprint
from writeback.host.loading import load_connector
from writeback.host.records import PluginRecord
from writeback.sdk.connector import Connector

OURS = Bundle(frozenset({"writeback-salesforce", "writeback-hubspot"}))


@pytest.fixture
def own_site(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> abc.Iterator[Path]:
    """Give a copy of the installed test connectors that may be changed, found by everybody."""
    target = tmp_path / "site"
    shutil.copytree(site, target)
    for name in [name for name in sys.modules if name.partition(".")[0] in TEST_PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    before = set(sys.modules)
    monkeypatch.syspath_prepend(str(target))
    monkeypatch.setattr(importlib.metadata, "entry_points", lambda **_: entry_points_of(target))
    monkeypatch.setenv("WRITEBACK_CONFIG_DIR", str(tmp_path / "config"))
    yield target
    for name in set(sys.modules) - before:
        if name.partition(".")[0] in TEST_PACKAGES:
            del sys.modules[name]


class Refuses:
    """An import hook: whoever imports a third party's plugin now fails the test."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        del target
        assert path is None or not name.startswith(("writeback_minimal", "writeback_hostile")), name


def test_nothing_of_a_plugin_that_nobody_allowed_is_imported(
    third_party: EntryPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in TEST_PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Refuses(), *sys.meta_path])
    host = Host(entry_points=third_party)
    status = {record.id: record.status for record in host.plugins()}
    assert status["minimal"] is PluginStatus.NOT_ALLOWED
    for ask in (host.connector, host.simulator, host.manifest, host.icon):
        with pytest.raises(PluginNotLoadableError, match=r"plugin\.not_allowed") as caught:
            ask("minimal")
        assert caught.value.facts["distribution"] == "writeback-minimal"
    assert not [name for name in sys.modules if name.startswith("writeback_minimal")]


def test_a_workspace_from_elsewhere_runs_none_of_it_though_it_was_allowed(
    third_party: EntryPoints, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in [name for name in sys.modules if name.partition(".")[0] in TEST_PACKAGES]:
        monkeypatch.delitem(sys.modules, name)
    given, is_restricted = consent(third_party), [True]
    monkeypatch.setattr(sys, "meta_path", [Refuses(), *sys.meta_path])
    host = Host(entry_points=third_party, consents=lambda: given, is_restricted=lambda: is_restricted[0])
    for ask in (host.connector, host.simulator, host.transforms):
        with pytest.raises(PluginNotLoadableError, match=r"plugin\.workspace_restricted"):
            ask("minimal")
    assert Host(is_restricted=lambda: True).connector("salesforce").id == "salesforce"
    monkeypatch.setattr(sys, "meta_path", sys.meta_path[1:])
    is_restricted[0] = False
    assert host.connector("minimal").id == "minimal"


def test_a_bundled_plugin_needs_no_consent() -> None:
    assert {record.id for record in Host().plugins() if record.is_bundled} >= {"salesforce"}
    assert Host().connector("salesforce").id == "salesforce"


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("writeback_minimal/session.py", "\n# one byte more"),
        ("writeback_minimal/connector.toml", "\n# one byte more"),
        ("writeback_minimal/extra.py", "a new file"),
        ("writeback_minimal-1.0.0.dist-info/METADATA", "\n"),
    ],
)
def test_a_changed_byte_asks_again_and_names_the_file(own_site: Path, file: str, text: str) -> None:
    points = entry_points_of(own_site)
    given = consent(points)
    with (own_site / file).open("a", encoding="utf-8") as changed:
        changed.write(text)
    host = Host(entry_points=points, consents=lambda: given)
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.changed") as caught:
        host.connector("minimal")
    assert file in str(caught.value.facts["differs"])
    assert next(one for one in host.plugins() if one.id == "minimal").status is PluginStatus.CHANGED


def test_a_file_changed_after_it_was_looked_at_is_found_before_it_runs(own_site: Path) -> None:
    host = allowed_host(entry_points_of(own_site))
    assert host.manifest("minimal").id == "minimal"
    (own_site / "writeback_minimal" / "crm.py").write_text("raise AssertionError", "utf-8")
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.changed"):
        host.connector("minimal")
    assert "writeback_minimal" not in sys.modules


def test_a_file_exchanged_while_it_is_imported_is_found_before_it_is_used(
    own_site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    host = allowed_host(entry_points_of(own_site))
    assert host.record("minimal")

    def exchanged(record: PluginRecord) -> Connector:
        connector = load_connector(record)
        with (own_site / "writeback_minimal" / "__init__.py").open("a") as file:
            file.write("\n# put back after it was read\n")
        return connector

    monkeypatch.setattr(hosting, "load_connector", exchanged)
    for _ in range(2):
        with pytest.raises(PluginNotLoadableError, match=r"plugin\.changed"):
            host.connector("minimal")


def test_what_python_writes_beside_the_source_changes_nothing(own_site: Path) -> None:
    (point,) = entry_points_of(own_site).select(name="minimal")
    before = fingerprint(point)
    allowed_host(entry_points_of(own_site)).connector("minimal")
    cache = own_site / "writeback_minimal" / "__pycache__"
    cache.mkdir(exist_ok=True)
    (cache / "anything.pyc").write_bytes(b"x")
    assert fingerprint(point) == before


def test_another_distribution_that_claims_an_allowed_id_is_not_allowed(own_site: Path) -> None:
    given = consent(entry_points_of(own_site))
    allowed = given.allowed["hostile"]
    swapped = Consents({"minimal": allowed})
    host = Host(entry_points=entry_points_of(own_site), consents=lambda: swapped)
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.changed") as caught:
        host.connector("minimal")
    assert "distribution writeback-hostile → writeback-minimal" in str(caught.value.facts["differs"])


def test_a_consent_given_meanwhile_is_seen_without_a_restart(own_site: Path) -> None:
    points = entry_points_of(own_site)
    kept = [Consents()]
    host = Host(entry_points=points, consents=lambda: kept[0])
    with pytest.raises(PluginNotLoadableError):
        host.connector("minimal")
    kept[0] = consent(points).disabling("hostile")
    assert host.connector("minimal").id == "minimal"
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.off"):
        host.connector("hostile")
    assert {one.id: one.status for one in host.plugins()}["minimal"] is PluginStatus.LOADED


@pytest.mark.parametrize(
    "name",
    [
        "writeback-salesf0rce",
        "salesforce2",
        "writeback_hubsp0t",
        "hubpsot",
        "saIesforce",
        "writeback-hubsроt",
    ],
)
def test_a_name_that_looks_like_a_bundled_one_is_told(name: str) -> None:
    assert OURS.looked_like(name) in {"writeback-salesforce", "writeback-hubspot"}


@pytest.mark.parametrize("name", ["writeback-minimal", "pipedrive", "acme", "sugar", "netsuite"])
def test_a_name_of_its_own_is_not(name: str) -> None:
    assert OURS.looked_like(name) == ""


def test_a_bundled_name_from_elsewhere_is_not_the_bundled_plugin(tmp_path: Path) -> None:
    bundle = Bundle(frozenset({"writeback-hubspot"}), home=tmp_path / "plugins")
    assert bundle.owns("writeback-hubspot", tmp_path / "plugins" / "hubspot" / "writeback_hubspot", str)
    assert not bundle.owns("writeback-hubspot", tmp_path / "site-packages" / "writeback_hubspot", str)
    pinned = Bundle(frozenset({"writeback-hubspot"}), {"writeback-hubspot": "right"})
    assert pinned.owns("Writeback_HubSpot", None, lambda: "right")
    assert not pinned.owns("writeback-hubspot", None, lambda: "wrong")


def test_the_programs_list_names_every_plugin_of_the_checkout(root: Path) -> None:
    there = {f"writeback-{path.parent.name}" for path in (root / "plugins").glob("*/pyproject.toml")}
    assert there <= own_bundle().distributions


def test_consents_are_for_the_person_alone_and_survive_being_written(
    tmp_path: Path, third_party: EntryPoints
) -> None:
    path = consents_file(tmp_path / "config")
    given = consent(third_party).disabling("broken")
    write_consents(path, given)
    assert read_consents(path) == given
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "content", ["", "{}", "[]", '{"version": 2}', '{"version": 1, "allowed": {"x": {}}}', "\0"]
)
def test_a_consents_file_that_is_none_allows_nothing_and_hides_nobody(
    tmp_path: Path, third_party: EntryPoints, content: str
) -> None:
    path = consents_file(tmp_path)
    path.write_text(content, "utf-8")
    path.chmod(0o600)
    with pytest.raises(ConfigurationError, match=r"plugin\.consents_unreadable"):
        read_consents(path)
    host = Host(entry_points=third_party, consents=lambda: read_consents(path))
    assert {record.id: record.status for record in host.plugins()}["minimal"] is PluginStatus.NOT_ALLOWED


def test_a_consents_file_that_others_may_write_allows_nothing(tmp_path: Path) -> None:
    path = consents_file(tmp_path)
    write_consents(path, Consents())
    path.chmod(0o666)
    with pytest.raises(ConfigurationError, match=r"plugin\.consents_writable"):
        read_consents(path)


def test_from_not_allowed_over_allowed_and_changed_to_off_by_the_command_line(
    own_site: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def status() -> tuple[str, ...]:
        assert run(["plugins", "list", "--json"]) == 0
        (one,) = [each for each in json.loads(capsys.readouterr().out) if each["id"] == "minimal"]
        assert one["hosts"] == ["crm.minimal.example"]
        return one["status"], one["reason"]

    assert status() == ("not_allowed", "plugin.not_allowed")
    assert run(["--no-input", "plugins", "allow", "minimal"]) == 2
    assert status() == ("not_allowed", "plugin.not_allowed")
    assert run(["plugins", "allow", "minimal", "--yes"]) == 0
    told = capsys.readouterr().err
    assert "crm.minimal.example" in told
    assert "runs with your rights" in told
    assert status() == ("found", "")
    with (own_site / "writeback_minimal" / "crm.py").open("a", encoding="utf-8") as file:
        file.write("\n")
    assert status() == ("changed", "plugin.changed")
    assert run(["plugins", "allow", "minimal", "--yes"]) == 0
    assert "changed writeback_minimal/crm.py" in capsys.readouterr().err
    assert status() == ("found", "")
    assert run(["plugins", "disable", "minimal"]) == 0
    assert status() == ("off", "plugin.off")
    assert run(["plugins", "allow", "minimal", "--yes"]) == 0
    assert status() == ("found", "")
    assert run(["plugins", "allow", "from_the_future", "--yes"]) == 70
    assert run(["plugins", "allow", "nobody", "--yes"]) == 2
    assert not [name for name in sys.modules if name.startswith("writeback_minimal")]


def test_an_entry_point_without_files_has_a_hash_all_the_same() -> None:
    assert fingerprint(EntryPoint("odd", "nowhere_at_all", "writeback.connectors")).files == ()
