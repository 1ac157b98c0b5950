"""A plugin's icon: a small SVG of shapes, and nothing that leads out of the file.

What is not known to be harmless is refused: no style sheet, no script, no picture, no text, no `use`
(nested ones multiply), no reference but to a gradient of the same file.

Must not: draw (the window does), open a file.
"""

from collections import abc
from typing import Final
from xml.parsers import expat

from writeback.errors import PluginNotLoadableError

MOST_BYTES: Final = 64 * 1024
MOST_DEPTH: Final = 16
_SHAPES: Final = frozenset(
    {
        "svg", "g", "defs", "title", "desc",
        "path", "rect", "circle", "ellipse", "line", "polyline", "polygon",
        "linearGradient", "radialGradient", "stop",
    }
)  # fmt: skip


def checked_icon(data: bytes, *, plugin: str) -> bytes:
    """Give the icon as it is, or refuse it.

    Raises:
        PluginNotLoadableError: It is too big, no SVG, or holds something beside shapes.
    """
    if len(data) > MOST_BYTES:
        raise _refused(plugin, f"it is bigger than {MOST_BYTES // 1024} kB")
    look = _Look(plugin)
    try:
        look.parser.Parse(data, True)  # noqa: FBT003  expat's signature
    except expat.ExpatError as error:
        raise _refused(plugin, f"it is no SVG ({error})") from error
    return data


class _Look:
    """One walk through the file."""

    def __init__(self, plugin: str) -> None:
        self._plugin = plugin
        self._depth = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.XmlDeclHandler = self._declared
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.ProcessingInstructionHandler = self._instructed
        self.parser.StartElementHandler = self._began
        self.parser.EndElementHandler = self._ended

    def _declared(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if (encoding or "utf-8").casefold() != "utf-8":
            raise _refused(self._plugin, f"its encoding is {encoding}")

    def _doctype(self, *_told: object) -> None:
        raise _refused(self._plugin, "it declares a document type")

    def _instructed(self, target: str, _data: str) -> None:
        raise _refused(self._plugin, f"it holds the instruction {target}")

    def _began(self, name: str, attributes: abc.Mapping[str, str]) -> None:
        element = name.rpartition(" ")[2]
        self._depth += 1
        if element not in _SHAPES or self._depth > MOST_DEPTH or (self._depth == 1) != (element == "svg"):
            raise _refused(self._plugin, f"it holds <{element}>")
        for place, value in attributes.items():
            attribute = place.rpartition(" ")[2]
            if attribute == "href" and not value.strip().startswith("#"):
                raise _refused(self._plugin, f"<{element}> refers to {value[:80]}")
            if attribute == "style" or attribute.startswith("on"):
                raise _refused(self._plugin, f"<{element}> has the attribute {attribute}")
            if _leads_out(value):
                raise _refused(self._plugin, f"<{element}> refers to {value[:80]}")

    def _ended(self, _name: str) -> None:
        self._depth -= 1


def _leads_out(value: str) -> bool:
    """Say whether a `url(…)` means anything but a part of the same file."""
    told = value.casefold().replace(" ", "").replace("'", "").replace('"', "")
    return any(not part.startswith("#") for part in told.split("url(")[1:])


def _refused(plugin: str, why: str) -> PluginNotLoadableError:
    return PluginNotLoadableError("plugin.icon_refused", plugin=plugin, why=why[:200])
