"""The documents are true where a machine can tell: what they name exists, how they say to start works."""

import re
import subprocess
import sys

import pytest

from tests.architecture.trees import APP, ROOT

AFFILIATION = "not affiliated with Salesforce, HubSpot, Microsoft, Zoho or Totango"
DOCUMENTS = ["README.md", "app/ARCHITECTURE.md", "app/DECISIONS.md", "app/GLOSSARY.md", "plugins/README.md"]


def test_every_file_that_the_architecture_names_exists() -> None:
    text = (APP.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`([\w./-]+\.(?:py|toml|md))`", text))
    assert len(named) > 10
    roots = (APP, ROOT, ROOT / "tests" / "architecture")
    assert sorted(name for name in named if not any((root / name).exists() for root in roots)) == []


def test_every_room_stands_in_the_map_of_rooms() -> None:
    text = (APP.parent / "ARCHITECTURE.md").read_text(encoding="utf-8")
    rooms = {
        path.stem
        for path in APP.iterdir()
        if not path.name.startswith((".", "__")) and path.name != "py.typed"
    }
    assert sorted(room for room in rooms if f"`{room}`" not in text) == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_to_something(name: str) -> None:
    page = ROOT / name
    targets = re.findall(r"\]\(([^)#]+)[^)]*\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if "://" not in target]
    assert [target for target in local if not (page.parent / target).exists()] == []


def test_the_readme_says_whom_we_do_not_belong_to() -> None:
    assert AFFILIATION in " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())


def test_the_set_up_script_needs_the_standard_library_only() -> None:
    run = "runpy.run_path('packaging/dev.py', run_name='__main__')"
    code = f"import runpy, sys; sys.argv = ['dev.py', 'nothing']; {run}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 2
    assert "packaging/dev.py setup" in done.stderr


def test_constraints_are_names_and_versions_only() -> None:
    lines = (ROOT / "packaging" / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if line and not line.startswith("#")]
    odd = [line for line in pins if not re.fullmatch(r"[\w.-]+==[\w.+]+", line)]
    assert odd == []
    assert "PySide6-Essentials==6.11.3" in lines
