"""How long a window waits for an answer: a minute, a person's five, or as long as the data takes."""

from collections import abc

import pytest

from writeback.runtime import calls
from writeback.runtime.client import DEADLINE_S, DEADLINES_S, GROWING, PipeClient


class _Noting(PipeClient):
    """Notes what it would wait for, and answers nothing."""

    def __init__(self) -> None:
        super().__init__(("true",), schema="", on_event=lambda _event: None)
        self.waits: dict[str, float] = {}

    def ask(self, name: str, arguments: abc.Mapping[str, object], *, deadline_s: float = 0) -> object:
        self.waits[name] = deadline_s
        return None


def test_every_named_call_is_one() -> None:
    assert set(DEADLINES_S) <= set(calls.call_names())


@pytest.mark.parametrize("name", ["pull", "propose", "submit", "look_at_conflicts", "save_edits"])
def test_what_grows_with_the_data_is_not_cut_off_after_a_minute(name: str) -> None:
    client = _Noting()
    getattr(client.facade, name)()
    assert name in GROWING
    assert client.waits[name] >= 3600


def test_other_calls_have_a_minute_and_a_sign_in_a_persons_five() -> None:
    client = _Noting()
    client.facade.connect()  # type: ignore[call-arg]  nothing is sent
    client.facade.finish_sign_in()  # type: ignore[call-arg]
    assert client.waits["connect"] == DEADLINE_S == 60
    assert client.waits["finish_sign_in"] > 300
