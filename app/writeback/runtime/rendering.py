"""Render the template of a plugin: a working connector with simulator, tests and quality file.

The template is a real connector named *acme*; rendering puts another name in its place. Nothing that
exists is ever overwritten.
"""

import keyword
import re
import shutil
from collections import abc
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.runtime.resources import template_folder

PLACEHOLDER: Final = "acme"
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{1,31}")
_RESERVED: Final = frozenset({"writeback", "template", "simulator", "tests"})
_RAW: Final = ".in"


def check_name(name: str, *, taken: abc.Collection[str] = ()) -> None:
    """Refuse what cannot name a plugin.

    Raises:
        ConfigurationError: `plugin.bad_name` or `plugin.name_taken`.
    """
    is_good = _NAME.fullmatch(name) and not name.endswith("_") and "__" not in name
    if not is_good or keyword.iskeyword(name) or name in _RESERVED or name == PLACEHOLDER:
        raise ConfigurationError("plugin.bad_name", name=name[:80])
    if name in taken:
        raise ConfigurationError("plugin.name_taken", name=name)


def render_plugin(name: str, *, into: Path, taken: abc.Collection[str] = ()) -> Path:
    """Write a new plugin's folder, `writeback-NAME`, and give it.

    Raises:
        ConfigurationError: The name cannot be used, or the folder is there already.
    """
    check_name(name, taken=taken)
    target = into / f"writeback-{name.replace('_', '-')}"
    if target.exists():
        raise ConfigurationError("plugin.folder_exists", folder=str(target))
    unfinished = into / f".{target.name}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    source = template_folder()
    for place in sorted(source.rglob("*")):
        relative = place.relative_to(source)
        if place.is_file() and "__pycache__" not in relative.parts:
            _write(place, unfinished / _renamed(relative, name), name)
    unfinished.rename(target)  # whole or not at all
    return target


def class_name(name: str) -> str:
    """Give the name as classes carry it: `my_crm` → `MyCrm`."""
    return "".join(part.capitalize() for part in name.split("_"))


def _write(place: Path, target: Path, name: str) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(_filled(place.read_text("utf-8"), name), "utf-8")


def _renamed(relative: Path, name: str) -> Path:
    first, *rest = relative.parts
    parts = [f"writeback_{name}" if first == "package" else first, *rest]
    parts[-1] = parts[-1].removesuffix(_RAW).replace(PLACEHOLDER, name)
    return Path(*parts)


def _filled(text: str, name: str) -> str:
    dashed = text.replace(f"writeback-{PLACEHOLDER}", f"writeback-{name.replace('_', '-')}")
    hosts = dashed.replace(f"{PLACEHOLDER}.example", f"{name.replace('_', '-')}.example")
    named = re.sub(r"\bacme(?=_|\b)|(?<=_)acme\b", name, hosts)
    return re.sub(r"Acme(?=[A-Z])", class_name(name), named).replace("Acme", name.replace("_", " ").title())
