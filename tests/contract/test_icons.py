"""What a plugin may bring as its icon: shapes, and nothing that leads out of the file."""

import pytest

from writeback.errors import PluginNotLoadableError
from writeback.host.icons import MOST_BYTES, checked_icon
from writeback.runtime.resources import resource_folder, template_folder

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 24 24">'
)
GOOD = (
    HEAD + '<defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
    '<path fill="url(#a)" d="M0 0h24v24z"/></svg>'
)
BAD = {
    "a picture": HEAD + '<image href="file:///etc/passwd" width="9" height="9"/></svg>',
    "an address": HEAD + '<rect fill="url(https://evil.example/x.svg#a)"/></svg>',
    "an address in quotes": HEAD + "<rect fill=\"URL( 'file:///x#a')\"/></svg>",
    "a link": HEAD + '<linearGradient xlink:href="other.svg#a"/></svg>',
    "a style sheet": HEAD + "<style>@import 'x.css'</style></svg>",
    "a style attribute": HEAD + '<rect style="fill:red"/></svg>',
    "a script": HEAD + "<script>1</script></svg>",
    "an event": HEAD + '<rect onclick="1"/></svg>',
    "many copies of many": HEAD + '<g id="a"/><use href="#a"/></svg>',
    "an entity": '<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///x">]>' + HEAD + "<title>&a;</title></svg>",
    "a style instruction": '<?xml-stylesheet href="x.css"?>' + GOOD,
    "another encoding": '<?xml version="1.0" encoding="latin-1"?>' + GOOD,
    "no SVG": "<html/>",
    "no XML": "GIF89a",
    "an SVG in an SVG": HEAD + HEAD + "</svg></svg>",
    "a cellar": HEAD + "<g>" * 40 + "</g>" * 40 + "</svg>",
    "too much": GOOD + " " * MOST_BYTES,
}


@pytest.mark.parametrize("case", BAD)
def test_what_is_no_plain_drawing_is_refused(case: str) -> None:
    with pytest.raises(PluginNotLoadableError, match=r"plugin\.icon_refused"):
        checked_icon(BAD[case].encode(), plugin="acme")


def test_drawings_are_taken_as_they_are() -> None:
    assert checked_icon(GOOD.encode(), plugin="acme") == GOOD.encode()
    checked_icon((template_folder() / "package" / "icons" / "acme.svg").read_bytes(), plugin="acme")
    for own in sorted((resource_folder().parent / "plugins").glob("*/writeback_*/icons/*.svg")):
        checked_icon(own.read_bytes(), plugin=own.stem)
