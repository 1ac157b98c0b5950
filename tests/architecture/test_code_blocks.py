"""Every code block of the pages for authors is cut from a file, or run by a test."""

import re
import textwrap
from pathlib import Path

import pytest

from tests.architecture.trees import ROOT

PAGES = (
    "plugins/README.md",
    "plugins/QUALITY.md",
    "app/writeback/sdk/GUIDE.md",
    "app/writeback/sdk/HOOKS.md",
)
FENCE = re.compile(
    r"(?:^<!-- (?P<mark>cut|run): (?P<where>\S+) -->\n)?^```(?P<language>\w*)\n(?P<text>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


def blocks_of(page: Path) -> list[tuple[str, str, str]]:
    """Give (mark, file, text) of each block; an unmarked one has no mark."""
    found = FENCE.finditer(page.read_text("utf-8"))
    return [(one["mark"] or "", one["where"] or "", one["text"]) for one in found]


@pytest.mark.parametrize("name", PAGES)
def test_every_block_is_cut_from_a_file_or_run_by_a_test(name: str) -> None:
    blocks = blocks_of(ROOT / name)
    assert blocks
    for mark, where, text in blocks:
        assert mark, f"{name}: nobody keeps this block true:\n{text}"
        source = (ROOT / where).read_text("utf-8")
        if mark == "cut":
            assert text in source or textwrap.dedent(text) in textwrap.dedent(source), (
                f"{where} has not:\n{text}"
            )
        else:
            assert Path(name).name in source, f"{where} does not read {name}"


def test_no_block_escapes_the_search() -> None:
    for name in PAGES:
        fences = (ROOT / name).read_text("utf-8").count("\n```")
        assert fences == 2 * len(blocks_of(ROOT / name)), name


def test_a_block_that_is_in_no_file_is_found() -> None:
    assert FENCE.search("<!-- cut: a.py -->\n```python\nx = 1\n```\n") is not None
    (unmarked,) = [one["mark"] for one in FENCE.finditer("words\n```python\nx = 1\n```\n")]
    assert unmarked is None
