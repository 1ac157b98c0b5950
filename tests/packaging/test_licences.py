"""Nothing is given away without its licence, and nothing that may not be given away."""

import importlib.util
import json
import sys
from importlib.metadata import distributions
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def licences() -> ModuleType:
    spec = importlib.util.spec_from_file_location("licences", ROOT / "packaging/pyinstaller/licences.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["licences"] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("part", ["VirtualKeyboard", "NetworkAuth", "Charts", "DataVisualization"])
def test_parts_of_qt_under_the_gpl_alone_are_refused(licences: ModuleType, part: str) -> None:
    with pytest.raises(licences.UnlicensedError, match=part):
        licences.refuse_denied(["/x/PySide6/Qt/lib/libQt6Core.so.6", f"/x/PySide6/Qt/lib/libQt6{part}.so.6"])
    licences.refuse_denied(["/x/PySide6/Qt/lib/libQt6Core.so.6", "/x/ChartsFolder/libQt6Gui.so.6"])


def test_a_distribution_without_licence_text_is_refused_by_name(
    licences: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = tmp_path / "bare_thing-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: bare-thing\nVersion: 1\n", "utf-8")
    (info / "RECORD").write_text("bare_thing-1.dist-info/METADATA,,\nbare_thing.py,,\n", "utf-8")
    (info / "top_level.txt").write_text("bare_thing\n", "utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    with pytest.raises(licences.UnlicensedError, match="bare-thing"):
        licences.gather(["orjson", "bare_thing"], [])
    (info / "LICENSE").write_text("Do as you like.\n", "utf-8")
    (info / "RECORD").write_text("bare_thing-1.dist-info/LICENSE,,\n", "utf-8")
    told = {one.name: one.text for one in licences.gather(["orjson", "bare_thing"], [])}
    assert told["bare-thing"] == "Do as you like.\n"
    assert "Mozilla Public License" in told["orjson"]


def test_qt_brings_both_licences_it_is_used_under(licences: ModuleType) -> None:
    told = {one.name.casefold(): one.text for one in licences.gather(["PySide6", "shiboken6"], [])}
    for name in ("pyside6_essentials", "shiboken6"):
        assert "GNU LESSER GENERAL PUBLIC LICENSE" in told[name]
        assert "GNU GENERAL PUBLIC LICENSE" in told[name]


def test_a_library_that_no_package_owns_is_refused(licences: ModuleType, tmp_path: Path) -> None:
    library = tmp_path / "libnobody.so.1"
    library.write_bytes(b"")
    with pytest.raises(licences.UnlicensedError, match="libnobody"):
        licences.gather([], [library])


def test_what_the_program_depends_on_has_its_text(licences: ModuleType, tmp_path: Path) -> None:
    modules = sorted(
        {
            top
            for one in distributions()
            if one.metadata["Name"] in {"requests", "SQLAlchemy", "pluggy", "keyring", "typer", "orjson"}
            for top in {str(file).partition("/")[0] for file in one.files or ()}
            if top.isidentifier()
        }
    )
    contents = tmp_path / "contents.json"
    contents.write_text(json.dumps({"modules": modules, "binaries": []}), "utf-8")
    notices = licences.write_notices(contents, into=tmp_path / "THIRD-PARTY-LICENSES")
    text = (tmp_path / "THIRD-PARTY-LICENSES").read_text("utf-8")
    assert {one.name for one in notices} >= {"requests", "SQLAlchemy", "pluggy", "keyring", "Python"}
    assert all(one.text in text for one in notices)
    assert "may be replaced by your own builds" in text
