"""The blocklist of this person: which plugins may run for nobody, and taking a newer list."""

from pathlib import Path

from writeback.host.blocklist import Blocklist, read_blocklist, take_blocklist
from writeback.host.bundled import bundle_folder
from writeback.settings import Settings


def blocklist_of(settings: Settings) -> Blocklist:
    """Give which plugins may run for nobody."""
    return read_blocklist(bundle_folder(), settings.data_dir)


def renew_blocklist(source: Path, settings: Settings) -> Blocklist:
    """Take a newer blocklist from a file with its signature beside it.

    Raises:
        ConfigurationError: `blocklist.…`: it is not signed, older, or cannot be kept.
    """
    return take_blocklist(source, shipped=bundle_folder(), data_dir=settings.data_dir)
