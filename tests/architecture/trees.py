"""Where our source lies, for the tests that read it."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app" / "writeback"
PLUGINS = tuple(sorted((ROOT / "plugins").glob("*/writeback_*")))
CONNECTORS = tuple(package for package in PLUGINS if (package / "simulator").is_dir())
"""The plugins that speak a CRM: each brings a simulator of it."""
PACKAGES = (APP, *PLUGINS)


def sources() -> tuple[Path, ...]:
    """Give every Python file we ship."""
    return tuple(path for package in PACKAGES for path in sorted(package.rglob("*.py")))
