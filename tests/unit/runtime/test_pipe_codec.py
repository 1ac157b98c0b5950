import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from writeback.errors import InternalError
from writeback.runtime import pipe

texts = st.text(alphabet=st.characters(exclude_categories=["Cs"]))


@given(st.dictionaries(texts, st.one_of(texts, st.integers(-(2**53), 2**53), st.booleans(), st.none())))
def test_a_message_comes_back_as_it_was_sent(message: dict[str, object]) -> None:
    line = pipe.encode(message)
    assert line.count(b"\n") == 1
    assert pipe.decode(line) == message


def test_a_message_over_the_limit_is_refused_before_it_is_sent() -> None:
    with pytest.raises(InternalError) as told:
        pipe.encode({"value": "x" * pipe.LINE_MOST})
    assert told.value.code == "pipe.too_long"


def test_an_endless_line_is_read_to_its_end_and_refused_and_the_next_one_is_whole() -> None:
    stream = io.BytesIO(b"x" * (3 * pipe.LINE_MOST) + b"\n" + pipe.encode({"id": "1"}))
    with pytest.raises(InternalError):
        pipe.decode(pipe.read_line(stream))
    assert pipe.decode(pipe.read_line(stream)) == {"id": "1"}
    assert pipe.read_line(stream) == b""


@pytest.mark.parametrize("line", [b"hello\n", b"[1]\n", b"\xff\xfe\n", b"\n", b'{"a":\n'])
def test_a_line_that_is_no_object_is_refused(line: bytes) -> None:
    with pytest.raises(InternalError) as told:
        pipe.decode(line)
    assert told.value.code == "pipe.not_json"
