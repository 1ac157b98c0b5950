"""What the command line writes: literal text, aligned tables, exact JSON."""

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.cli.output import counted, plain, put_csv, put_json, put_json_list, put_table


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Ž 株 🙂", "Ž 株 🙂"),
        ("a\nb\r\nc\td", "a⏎b⏎c d"),
        ("\x1b[31m", "␛[31m"),
        ("\x07\x00\r", "␇␀␍"),
        ("\x7f", "␡"),
        ("\x9b2J", "\\u009B2J"),
        ("\u202eevil", "\\u202Eevil"),
        ("zero\u200bwidth", "zero\\u200Bwidth"),
        ("\u2028", "\\u2028"),
        ("\ud800", "\\uD800"),
        ("no\u00a0break", "no\u00a0break"),
    ],
)
def test_what_a_terminal_would_act_on_becomes_visible(text: str, shown: str) -> None:
    assert plain(text) == shown


@given(st.text())
def test_plain_text_is_one_printable_line(text: str) -> None:
    shown = plain(text)
    assert shown == plain(shown)
    assert len(shown.splitlines()) <= 1
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in shown)


@given(st.lists(st.dictionaries(st.text(), st.text())))
def test_a_streamed_list_is_the_same_json(values: list[dict[str, str]]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        told = io.StringIO()
        patch.setattr("sys.stdout", told)
        put_json_list(values)
        assert json.loads(told.getvalue()) == values


def test_a_table_is_aligned_and_elides(capsys: pytest.CaptureFixture[str]) -> None:
    put_table(("name", "rows"), [("a", 5), ("bb", 1200), ("x" * 100, None)])
    lines = capsys.readouterr().out.splitlines()
    assert lines[1].endswith("   5")
    assert lines[2].endswith("1200")
    assert lines[3] == "x" * 59 + "…"


def test_an_empty_table_still_has_its_head(capsys: pytest.CaptureFixture[str]) -> None:
    put_table(("name", "rows"), [])
    assert capsys.readouterr().out == "name  rows\n"


def test_csv_into_a_pipe_is_exact(capsys: pytest.CaptureFixture[str]) -> None:
    put_csv(("a",), [("x\x1b\ny",)])
    assert capsys.readouterr().out == 'a\n"x\x1b\ny"\n'


def test_json_keeps_every_character(capsys: pytest.CaptureFixture[str]) -> None:
    put_json({"a": "\x1b\u202e株"})
    assert json.loads(capsys.readouterr().out) == {"a": "\x1b\u202e株"}


def test_numbers_come_with_their_noun() -> None:
    assert (counted(1, "row"), counted(0, "row"), counted(1240, "row")) == ("1 row", "0 rows", "1,240 rows")
