"""Where plugins lie that no installer knows: the user's plugin folder, put on Python's path.

A wheel is unpacked beside itself and never run from the archive; a folder is taken as it is, with
whatever packages it holds. What stands in Python's own places comes first, so nothing here can take
the place of the program or of what it needs.

Must not: import anything, decide what may run.
"""

import hashlib
import logging
import shutil
import sys
import zipfile
from collections import abc
from importlib.metadata import distributions
from pathlib import Path
from typing import Final

from writeback.errors import ConfigurationError
from writeback.host.fingerprints import package_folder
from writeback.host.records import PluginRecord
from writeback.sdk.hookspecs import ENTRY_POINT_GROUP

UNPACKED: Final = ".unpacked"
MOST_BYTES: Final = 1024 * 1024 * 1024
"""So much a wheel may hold when it is unpacked."""
_log = logging.getLogger(__name__)


def put_on_path(plugin_dir: Path) -> None:
    """Let Python find what lies in the plugin folder; one bad wheel never hides the others."""
    for place in places(plugin_dir):
        if str(place) not in sys.path:
            sys.path.append(str(place))


def places(plugin_dir: Path) -> abc.Sequence[Path]:
    """Give the folders in which packages lie: each folder, and each wheel as it is unpacked."""
    try:
        inside = sorted(plugin_dir.iterdir())
    except OSError:  # most people have none
        return ()
    found = [place for place in inside if place.is_dir() and not place.name.startswith(".")]
    wheels = [place for place in inside if place.suffix == ".whl" and place.is_file()]
    for wheel in wheels:
        try:
            found.append(unpack(wheel, plugin_dir / UNPACKED))
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            _log.warning("%s is left out: %s", wheel.name, error)
    _forget_others(plugin_dir / UNPACKED, keep=found)
    return found


def unpack(wheel: Path, into: Path) -> Path:
    """Unpack a wheel into a folder named by its content, once.

    Raises:
        ValueError: It would write outside its folder, or is too big.
        zipfile.BadZipFile: It is no wheel.
        OSError: It cannot be read, or the folder cannot be written.
    """
    with wheel.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    place = into / f"{wheel.name.partition('-')[0]}-{digest[:16]}"
    if place.is_dir():
        return place
    with zipfile.ZipFile(wheel) as archive:
        if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
            raise ValueError("it holds too much")
        for name in archive.namelist():
            if not (place / name).resolve().is_relative_to(place.resolve()):
                raise ValueError(f"it holds {name[:80]}, which leads out of its folder")
        half = place.with_name(f".{place.name}.part")
        shutil.rmtree(half, ignore_errors=True)
        archive.extractall(half)
    try:
        half.rename(place)
    except OSError:
        if not place.is_dir():  # another process may have been faster
            raise
        shutil.rmtree(half, ignore_errors=True)
    return place


def install_plugin(source: Path, plugin_dir: Path) -> Path:
    """Copy a wheel, or a folder with packages, into the plugin folder; gives where it lies now.

    Raises:
        ConfigurationError: It holds no plugin, something of that name is there, or it cannot be copied.
    """
    target = plugin_dir / source.name
    try:
        if target.exists():
            raise ConfigurationError("plugin.there_already", path=str(target))
        if not _holds_plugin(source):
            raise ConfigurationError("plugin.none_inside", path=str(source))
        plugin_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        half = plugin_dir / f".{source.name}.part"
        shutil.rmtree(half, ignore_errors=True)
        if source.is_dir():
            shutil.copytree(source, half)
        else:
            shutil.copy(source, half)
        half.rename(target)
    except (OSError, zipfile.BadZipFile) as error:
        raise ConfigurationError("plugin.not_installed", path=str(source), problem=str(error)) from error
    return target


def remove_plugin(record: PluginRecord, plugin_dir: Path) -> Path:
    """Remove what a plugin came from; gives what was removed.

    Raises:
        ConfigurationError: It does not lie in the plugin folder, or cannot be removed.
    """
    folder = package_folder(record.package)
    place = None if folder is None else folder.parent
    if place is None or not place.is_relative_to(plugin_dir) or place == plugin_dir:
        raise ConfigurationError("plugin.not_in_folder", plugin=record.id, folder=str(plugin_dir))
    if place.parent.name == UNPACKED:
        wheels = [one for one in plugin_dir.glob("*.whl") if unpack(one, plugin_dir / UNPACKED) == place]
        place = wheels[0]
    try:
        shutil.rmtree(place) if place.is_dir() else place.unlink()
        places(plugin_dir)
    except OSError as error:
        raise ConfigurationError("plugin.not_removed", plugin=record.id, problem=str(error)) from error
    return place


def _holds_plugin(source: Path) -> bool:
    """Say whether a wheel or a folder holds a distribution that offers a connector."""
    found = distributions(path=[str(source)])
    return any(point.group == ENTRY_POINT_GROUP for one in found for point in one.entry_points)


def _forget_others(folder: Path, *, keep: abc.Collection[Path]) -> None:
    """Remove what was unpacked of wheels that are gone, so that a removed plugin is removed."""
    if not folder.is_dir():
        return
    for place in folder.iterdir():
        if place not in keep and not place.name.endswith(".part"):
            shutil.rmtree(place, ignore_errors=True)
