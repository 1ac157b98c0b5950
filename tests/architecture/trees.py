"""Where our source lies, for the tests that read it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app" / "writeback"
CONNECTORS = tuple(sorted((ROOT / "plugins").glob("*/writeback_*")))
PACKAGES = (APP, *CONNECTORS)


def sources() -> tuple[Path, ...]:
    """Give every Python file we ship."""
    return tuple(path for package in PACKAGES for path in sorted(package.rglob("*.py")))
