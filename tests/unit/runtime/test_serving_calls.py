"""The server of the pipe, with a scripted façade behind it."""

import os
import threading
from collections import abc
from dataclasses import dataclass, field

from writeback.errors import ConfigurationError
from writeback.runtime import pipe
from writeback.runtime.serving import Server, stop_if_cancelled


@dataclass
class Scripted:
    """Answers `count` in ways that a test chooses."""

    behave: abc.Callable[[str], int] = len
    started: threading.Event = field(default_factory=threading.Event)

    def journal_seq(self) -> int:
        return 7

    def count(self, connection: str, object_name: str, condition: str) -> int:
        self.started.set()
        return self.behave(condition)


class Talk:
    """Both ends of two real pipes, with the server in a thread between them."""

    def __init__(self, served: Scripted) -> None:
        to_read, to_write = os.pipe()
        from_read, from_write = os.pipe()
        self._in = os.fdopen(to_write, "wb", buffering=0)
        self._out = os.fdopen(from_read, "rb")
        self.left: list[int] = []
        self.left_event = threading.Event()
        self._writer = os.fdopen(from_write, "wb", buffering=0)
        self.server = Server(served, writer=self._writer, schema="0001", leave=self._leave)
        self._reader = os.fdopen(to_read, "rb")
        self.thread = threading.Thread(target=self.server.run, args=(self._reader,), daemon=True)
        self.thread.start()

    def _leave(self, status: int) -> None:
        self.left.append(status)
        self.left_event.set()

    def ask(self, number: str, condition: str, *, call: str = "count", deadline_s: float = 20.0) -> None:
        arguments = {"connection": "c", "object_name": "Account", "condition": condition}
        message = {"id": number, "call": call, "args": arguments, "deadline_s": deadline_s}
        self._in.write(pipe.encode(message))

    def send(self, line: bytes) -> None:
        self._in.write(line)

    def hear(self) -> pipe.Message:
        return pipe.decode(pipe.read_line(self._out))

    def end(self) -> None:
        self._in.close()
        self.thread.join(10)
        assert not self.thread.is_alive()
        self._writer.close()
        self._out.close()
        self._reader.close()


def test_hello_comes_first_and_an_answer_carries_the_journal() -> None:
    talk = Talk(Scripted())
    assert talk.hear()["hello"] == {"protocol": 1, "schema": "0001", "pid": os.getpid()}
    talk.ask("w1", "abc")
    assert talk.hear() == {"id": "w1", "ok": 3, "seq": 7}
    talk.end()


def test_an_error_travels_with_its_code() -> None:
    def refuse(_condition: str) -> int:
        raise ConfigurationError("filter.bad", at=4)

    talk = Talk(Scripted(refuse))
    talk.hear()
    talk.ask("w1", "x")
    error = talk.hear()["error"]
    assert (error["kind"], error["code"], error["facts"]) == ("ConfigurationError", "filter.bad", {"at": 4})
    talk.end()


def test_a_hung_call_never_holds_up_another() -> None:
    free = threading.Event()
    served = Scripted(lambda text: len(text) if text == "quick" or free.wait(30) else -1)
    talk = Talk(served)
    talk.hear()
    talk.ask("w1", "slow")
    talk.ask("w2", "quick")
    assert talk.hear() == {"id": "w2", "ok": 5, "seq": 7}
    free.set()
    assert talk.hear()["id"] == "w1"
    talk.end()


def test_past_its_deadline_a_call_is_answered_late_and_the_process_ends_itself() -> None:
    free = threading.Event()
    talk = Talk(Scripted(lambda text: int(free.wait(60))))
    talk.hear()
    talk.ask("w1", "x", deadline_s=-10.0)
    assert talk.hear()["error"]["code"] == "serve.late"
    assert talk.left_event.wait(10)
    assert talk.left[0] == 75
    free.set()
    talk.end()


def test_a_withdrawn_call_ends_at_its_next_request() -> None:
    served = Scripted()
    free, second = threading.Event(), threading.Event()

    def work(text: str) -> int:
        if text == "second":
            second.set()
            return len(text)
        free.wait(20)
        stop_if_cancelled()
        return len(text)

    served.behave = work
    talk = Talk(served)
    talk.hear()
    talk.ask("w1", "first")
    assert served.started.wait(10)
    talk.send(pipe.encode({"cancel": "w1"}))
    talk.send(pipe.encode({"cancel": "nobody"}))
    talk.ask("w2", "second")
    # lines are taken in order: once the second call runs, the cancellation before it was read
    assert second.wait(10)
    free.set()
    answers = {message["id"]: message for message in (talk.hear(), talk.hear())}
    assert answers["w1"]["error"] == {"kind": "Cancelled"}
    assert answers["w2"]["ok"] == 6
    talk.end()


def test_the_end_of_input_lets_the_call_in_flight_finish() -> None:
    free = threading.Event()
    served = Scripted(lambda text: len(text) if free.wait(20) else -1)
    talk = Talk(served)
    talk.hear()
    talk.ask("w1", "abcd")
    served.started.wait(10)
    threading.Timer(0.05, free.set).start()
    talk._in.close()  # noqa: SLF001  its own test class
    assert talk.hear()["ok"] == 4
    talk.thread.join(10)
    assert not talk.thread.is_alive()
    talk.end()


def test_nonsense_on_the_line_is_answered_and_survived() -> None:
    talk = Talk(Scripted())
    talk.hear()
    talk.send(b"{nonsense\n")
    assert talk.hear()["error"]["code"] == "pipe.not_json"
    talk.ask("w1", "ab", call="system")
    assert talk.hear()["error"]["code"] == "pipe.unknown_call"
    talk.ask("w2", "ab")
    assert talk.hear()["ok"] == 2
    talk.end()
