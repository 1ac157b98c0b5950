"""The named transforms that mappings may use: the program's own, and those of plugins by the plugin's id.

What there is can be told without running a plugin: its manifest names them. A plugin's code runs when a
mapping that uses it is at work.
"""

from collections import abc
from typing import Final

from writeback.engine.shaping import Offered
from writeback.errors import MappingError
from writeback.host import standard_transforms
from writeback.host.hosting import Host
from writeback.host.loading import ask_transforms
from writeback.runtime.facade import TransformView
from writeback.runtime.wording import Words, mark, say
from writeback.sdk.transforms import Transform

STANDARD_TITLES: Final = Words(
    {
        "trim": mark("Without spaces around it"),
        "collapse": mark("One space instead of many"),
        "upper": mark("In capitals"),
        "lower": mark("In small letters"),
        "title": mark("Each word with a capital"),
        "digits": mark("Digits only"),
        "date": mark("Date as text"),
    }
)
DATE_FORM: Final = mark("the form, e.g. dd.mm.yyyy")


class Transforms:
    """Finds transforms by name. May be asked from any thread."""

    def __init__(self, host: Host) -> None:
        self._host = host
        asked = ask_transforms(standard_transforms, name="writeback")
        self._own = {one.name: one for one in asked if isinstance(one, Transform)}

    def find(self, name: str) -> Offered:
        """Give the transform of that name.

        Raises:
            MappingError: `transform.unknown`: there is none.
            PluginError: Its plugin cannot be loaded, or may not run.
        """
        plugin, dot, bare = name.partition(".")
        found = self._host.transforms(plugin).get(bare) if dot else self._own.get(name)
        if found is None:
            raise MappingError("transform.unknown", name=name[:80], known=", ".join(self._names()))
        return Offered(found, plugin if dot else "")

    def _names(self) -> abc.Iterable[str]:
        return (one.name for one in offered(self._host))


def offered(host: Host) -> tuple[TransformView, ...]:
    """Give all transforms there are, running no plugin."""
    own = tuple(
        TransformView(name, title, say(DATE_FORM) if name == "date" else "")
        for name, title in STANDARD_TITLES.items()
    )
    return own + tuple(
        TransformView(f"{record.id}.{one.name}", one.title, one.argument, record.title)
        for record in host.plugins()
        if record.is_usable and record.manifest is not None
        for one in record.manifest.transforms
    )
