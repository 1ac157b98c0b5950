"""Who may import whom: the contracts of pyproject.toml hold, and each of them can fail."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.trees import APP, PLUGINS, ROOT, sources


def test_every_import_contract_holds() -> None:
    # a process of its own: import-linter configures logging and so silences the loggers of other tests
    call = "import sys, importlinter.cli as c; sys.exit(c.lint_imports(no_cache=True, no_logo=True))"
    told = subprocess.run(
        [sys.executable, "-c", call], cwd=ROOT, env=_sees(ROOT), capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


LINT = """
import sys
from importlinter.cli import lint_imports
sys.exit(lint_imports(no_cache=True, no_logo=True, limit_to_contracts=(sys.argv[1],)))
"""

VIOLATIONS = [
    ("qt", "app/writeback/engine/painting.py", "from PySide6.QtWidgets import QWidget"),
    ("http", "app/writeback/sdk/fetching.py", "import requests"),
    ("door", "plugins/salesforce/writeback_salesforce/wire/peeking.py", "from writeback import engine"),
    ("no-sockets", "plugins/salesforce/writeback_salesforce/wire/dialing.py", "import socket"),
    ("no-sockets", "plugins/notify/writeback_notify/dialing.py", "import ssl"),
    ("apart", "plugins/salesforce/writeback_salesforce/wire/visiting.py", "import writeback_hubspot"),
    ("pure", "app/writeback/planning/timing.py", "import time"),
]


@pytest.mark.parametrize(("contract", "file", "line"), VIOLATIONS, ids=[each[0] for each in VIOLATIONS])
def test_a_deliberate_violation_is_caught(contract: str, file: str, line: str, tmp_path: Path) -> None:
    tree = _copy_of_the_tree(tmp_path)
    guilty = tree / file
    if not (guilty.parent / "__init__.py").exists():
        guilty.parent.mkdir(exist_ok=True)
        (guilty.parent / "__init__.py").touch()
    guilty.write_text(f'"""A deliberate violation."""\n\n{line}\n', encoding="utf-8")
    broken = _lint(tree, contract)
    assert broken.returncode == 1, broken.stdout + broken.stderr
    assert guilty.stem in broken.stdout
    guilty.unlink()
    assert _lint(tree, contract).returncode == 0, "the contract is broken without the violation, too"


def _copy_of_the_tree(target: Path) -> Path:
    ignored = shutil.ignore_patterns("__pycache__", "*.json", "*.gz", "*.svg")
    shutil.copy2(ROOT / "pyproject.toml", target)
    for package in (APP, *PLUGINS):
        shutil.copytree(package, target / package.relative_to(ROOT), ignore=ignored)
    return target


def _lint(tree: Path, contract: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", LINT, contract],
        cwd=tree,
        env=_sees(tree),
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=100,
    )


def _sees(tree: Path) -> dict[str, str]:
    """Give the environment in which the packages of a tree are found, whatever is installed."""
    roots = [str(tree / "app"), *(str(tree / package.relative_to(ROOT).parent) for package in PLUGINS)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(roots), "PYTHONUTF8": "1"}


def test_only_three_modules_import_by_name() -> None:
    # an import by string is invisible to import-linter; two of them name modules of their own room only
    within = {APP / "cli" / "commands.py", APP / "runtime" / "facade" / "__init__.py"}
    allowed = {APP / "host" / "loading.py", *within}
    for path in within:
        assert 'import_module(f"{__package__}.' in path.read_text(encoding="utf-8")
    guilty = [
        str(path.relative_to(ROOT))
        for path in sources()
        if path not in allowed
        and any(call in path.read_text(encoding="utf-8") for call in ("import_module(", "__import__("))
    ]
    assert guilty == []


def test_every_folder_with_code_is_a_package() -> None:
    # import-linter does not see a folder that lacks __init__.py
    folders = {path.parent for path in sources()}
    assert sorted(str(folder) for folder in folders if not (folder / "__init__.py").is_file()) == []
