"""A plugin that no installer knows is found in the user's plugin folder: as a wheel or as a folder."""

import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from writeback.host.placing import UNPACKED, places, unpack

PACKAGE, METADATA = "writeback_minimal", "writeback_minimal-1.0.0.dist-info"
NEEDS = b"\nimport xmlrpc.client\nimport a_need_of_minimal\nassert a_need_of_minimal.IS_THERE\n"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "data"


def writeback(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "WRITEBACK_DATA_DIR": str(home),
        "WRITEBACK_CONFIG_DIR": str(home / "config"),
    }
    command = [sys.executable, "-m", "writeback", "plugins", *arguments]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def listed(home: Path, *options: str) -> dict[str, dict[str, object]]:
    told: list[dict[str, object]] = json.loads(writeback(home, "list", "--json", *options).stdout)
    return {str(one["id"]): one for one in told}


def wheel_of(site: Path, into: Path, *, needs: bool = False) -> Path:
    """Make a wheel of the installed minimal connector; with `needs` it imports another distribution."""
    into.mkdir(parents=True, exist_ok=True)
    wheel = into / "writeback_minimal-1.0.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for folder in (PACKAGE, METADATA):
            for file in sorted((site / folder).rglob("*")):
                if file.is_file() and "__pycache__" not in file.parts:
                    text = file.read_bytes()
                    if needs and file.name == "__init__.py" and file.parent.name == PACKAGE:
                        text += NEEDS
                    archive.writestr(file.relative_to(site).as_posix(), text)
    return wheel


@pytest.mark.parametrize("form", [pytest.param("wheel", marks=pytest.mark.nightly), "folder"])
def test_it_is_installed_allowed_loaded_and_removed(
    site: Path, tmp_path: Path, home: Path, form: str
) -> None:
    source = wheel_of(site, tmp_path / "downloads")
    if form == "folder":
        source = tmp_path / "unpacked"
        for folder in (PACKAGE, METADATA):
            shutil.copytree(site / folder, source / folder)
    done = writeback(home, "install", str(source))
    assert done.returncode == 0, done.stderr
    assert listed(home)["minimal"]["status"] == "not_allowed"
    assert writeback(home, "allow", "minimal", "--yes").returncode == 0
    assert listed(home, "--load")["minimal"]["status"] == "loaded"
    assert listed(home)["minimal"]["bundled"] is False
    assert writeback(home, "install", str(source)).returncode == 2  # there already
    assert writeback(home, "remove", "minimal").returncode == 0
    assert "minimal" not in listed(home)
    left = [place for place in (home / "plugins").rglob("*") if place.name != UNPACKED]
    assert left == []


def test_a_wheel_beside_it_brings_what_it_needs(site: Path, home: Path) -> None:
    wheel_of(site, home / "plugins", needs=True)
    with zipfile.ZipFile(home / "plugins" / "a_need_of_minimal-1.0-py3-none-any.whl", "w") as archive:
        archive.writestr("a_need_of_minimal/__init__.py", "IS_THERE = True\n")
    assert writeback(home, "allow", "minimal", "--yes").returncode == 0
    assert listed(home, "--load")["minimal"]["status"] == "loaded"


def test_a_changed_wheel_asks_again(site: Path, home: Path) -> None:
    wheel = wheel_of(site, home / "plugins")
    assert writeback(home, "allow", "minimal", "--yes").returncode == 0
    with zipfile.ZipFile(wheel, "a") as archive:
        archive.writestr(f"{PACKAGE}/more.py", "MORE = True\n")
    told = listed(home, "--load")["minimal"]
    assert told["status"] == "changed"
    assert f"{PACKAGE}/more.py" in str(told["differs"])


def test_what_holds_no_plugin_is_refused(tmp_path: Path, home: Path) -> None:
    plain = tmp_path / "plain"
    plain.mkdir()
    for source in (plain, tmp_path / "nothing.whl"):
        done = writeback(home, "install", str(source))
        assert done.returncode == 2
        assert "plugin.none_inside" in done.stderr
    assert not (home / "plugins").exists() or not any((home / "plugins").iterdir())


def test_the_programs_own_plugins_are_not_removed(home: Path) -> None:
    done = writeback(home, "remove", "salesforce")
    assert done.returncode == 2
    assert "plugin.not_in_folder" in done.stderr


def test_nothing_in_the_folder_takes_the_place_of_the_programs_own(home: Path) -> None:
    twin = home / "plugins" / "evil"
    shutil.copytree(Path("plugins/salesforce/writeback_salesforce"), twin / "writeback_salesforce")
    (twin / "writeback_salesforce/__init__.py").write_text("raise SystemExit('taken over')\n", "utf-8")
    (twin / "orjson.py").write_text("raise SystemExit('taken over')\n", "utf-8")
    assert listed(home, "--load")["salesforce"]["status"] == "loaded"


@pytest.mark.parametrize("name", ["../outside.py", "/outside.py", "a/../../outside.py"])
def test_a_wheel_that_leads_out_of_its_folder_is_left_out(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "plugins"
    folder.mkdir()
    bad, good = folder / "bad-1-py3-none-any.whl", folder / "good-1-py3-none-any.whl"
    for wheel, inside in ((bad, name), (good, "good.py")):
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(inside, "x = 1\n")
    (folder / "broken.whl").write_bytes(b"no wheel at all")
    assert [place.name.partition("-")[0] for place in places(folder)] == ["good"]
    with pytest.raises(ValueError, match="leads out"):
        unpack(bad, folder / UNPACKED)
    assert not (tmp_path / "outside.py").exists()


def test_two_unpackings_at_once_leave_one_whole(tmp_path: Path) -> None:
    wheel = tmp_path / "good-1-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        archive.writestr("good/__init__.py", "x = 1\n")
    first = unpack(wheel, tmp_path / UNPACKED)
    assert unpack(wheel, tmp_path / UNPACKED) == first
    assert (first / "good/__init__.py").read_text("utf-8") == "x = 1\n"
