"""Links to places in the window: what is one, and that nothing else passes."""

import pytest

from writeback.errors import ConfigurationError
from writeback.runtime.links import PlaceLink, read_link


@pytest.mark.parametrize(
    ("text", "link"),
    [
        ("writeback://job/118", PlaceLink("job", ("118",))),
        ("WRITEBACK://Job/118/", PlaceLink("job", ("118",))),
        ("writeback://record/account/r%C3%A4", PlaceLink("record", ("account", "rä"))),
        (" writeback://screen/jobs\n", PlaceLink("screen", ("jobs",))),
    ],
)
def test_a_link_is_read(text: str, link: PlaceLink) -> None:
    assert read_link(text) == link
    assert read_link(str(link)) == link


@pytest.mark.parametrize(
    "text",
    [
        "",
        "writeback:",
        "writeback://",
        "writeback://job",
        "writeback://job/1/2",
        "writeback://send/everything",
        "writeback://job/118?send=1",
        "writeback://job/118#x",
        "writeback://job/../screen/jobs",
        "writeback://job/%00",
        "writeback://job/%zz",
        "writeback://job/%ff",
        "writeback://job/1%0a2",
        "https://job/118",
        "file:///etc/passwd",
        "--workspace=/tmp/x",
        "writeback://job/" + "1" * 600,
        "writeback://user@job/1",
        "writeback://record/account/<b>",
        "writeback://record/account/\u202er1",
    ],
)
def test_whatever_is_no_link_is_refused(text: str) -> None:
    with pytest.raises(ConfigurationError) as refused:
        read_link(text)
    assert refused.value.code == "place.unreadable"
    assert str(refused.value.facts["link"]).isascii()
    assert len(str(refused.value.facts["link"])) < 600


def test_dots_and_slashes_are_a_name_and_never_a_path() -> None:
    assert read_link("writeback://record/account/..%2f..%2fetc").parts == ("account", "../../etc")
