"""S4: the loopback receiver answers one request on one path, and is not held up by anybody."""

import contextlib
import errno
import socket
import threading
from collections import abc
from dataclasses import dataclass, field

import pytest

from writeback.errors import Cancelled, ConfigurationError, SignInRequiredError
from writeback.sdk.signing_in import Receiver

PATH = "/OauthRedirect"


@dataclass
class Browser:
    """Talks to the receiver in a thread, byte by byte, and notes what came back."""

    port: int
    answers: list[bytes] = field(default_factory=list)

    def send(self, data: bytes, *, host: str = "127.0.0.1") -> bytes:
        with socket.create_connection((host, self.port), timeout=5) as link:
            with contextlib.suppress(OSError):
                link.sendall(data)
            got = b""
            with contextlib.suppress(OSError):
                while piece := link.recv(4096):
                    got += piece
        self.answers.append(got)
        return got


def get(
    port: int, target: str = f"{PATH}?code=abc&state=s", *, method: str = "GET", hosts: tuple[str, ...] = ()
) -> bytes:
    lines = [f"{method} {target} HTTP/1.1", *(f"Host: {host}" for host in hosts or (f"localhost:{port}",))]
    return "\r\n".join([*lines, "", ""]).encode()


def receive(
    act: abc.Callable[[Browser], object],
    *,
    idle: abc.Callable[[], str | None] = lambda: None,
    clock: abc.Callable[[], float] = lambda: 0.0,
) -> tuple[str, Browser]:
    with Receiver.bind((0,)) as receiver:
        browser = Browser(receiver.port)
        thread = threading.Thread(target=act, args=(browser,), daemon=True)
        thread.start()
        try:
            address = receiver.wait(
                f"http://localhost:{receiver.port}{PATH}", until=10.0, clock=clock, idle=idle
            )
        finally:
            receiver.close()
            thread.join(5)
    return address, browser


def refused(act: abc.Callable[[Browser], object]) -> str:
    with pytest.raises(SignInRequiredError) as raised:
        receive(act)
    return raised.value.code


def test_the_redirect_is_received_and_answered_with_a_page_that_does_nothing() -> None:
    address, browser = receive(lambda it: it.send(get(it.port)))
    assert address == f"http://localhost:{browser.port}{PATH}?code=abc&state=s"
    page = browser.answers[0].decode()
    assert page.startswith("HTTP/1.1 200 OK\r\n")
    assert "text/plain" in page
    assert "no-store" in page
    assert "abc" not in page
    assert "<" not in page


@pytest.mark.parametrize("host", ["127.0.0.1", "::1"])
def test_both_loopback_addresses_are_heard(host: str) -> None:
    if host == "::1" and not _has_ipv6():
        pytest.skip("NOT RUN: this machine has no IPv6 loopback")
    address, _ = receive(lambda it: it.send(get(it.port), host=host))
    assert "code=abc" in address


def _has_ipv6() -> bool:
    try:
        with socket.create_server(("::1", 0), family=socket.AF_INET6):
            return True
    except OSError:
        return False


def test_other_paths_get_404_and_do_not_count() -> None:
    def act(browser: Browser) -> None:
        for target in (
            "/favicon.ico",
            "/",
            f"{PATH}x?code=evil",
            f"{PATH}/",
            "http://localhost/",
            "*",
            "//OauthRedirect",
        ):
            browser.send(get(browser.port, target))
        browser.send(get(browser.port))

    address, browser = receive(act)
    assert address.endswith("code=abc&state=s")
    assert [answer[:12] for answer in browser.answers] == [b"HTTP/1.1 404"] * 7 + [b"HTTP/1.1 200"]


@pytest.mark.parametrize("method", ["POST", "PUT", "HEAD", "OPTIONS", "get", "DELETE", ""])
def test_another_method_ends_the_attempt(method: str) -> None:
    assert refused(lambda it: it.send(get(it.port, method=method))) == "sign_in.wrong_method"


@pytest.mark.parametrize(
    "hosts",
    [
        ("evil.example",),
        ("localhost",),
        ("127.0.0.1:{port}",),
        ("localhost:1",),
        ("LOCALHOST.evil.example:{port}",),
        ("localhost:{port}", "localhost:{port}"),
        ("localhost:{port}", "evil.example"),
    ],
)
def test_a_foreign_or_doubled_host_ends_the_attempt(hosts: tuple[str, ...]) -> None:
    def act(browser: Browser) -> None:
        browser.send(get(browser.port, hosts=tuple(host.format(port=browser.port) for host in hosts)))

    assert refused(act) == "sign_in.foreign_host"


def test_no_host_at_all_ends_the_attempt() -> None:
    def act(browser: Browser) -> None:
        browser.send(f"GET {PATH}?code=abc&state=s HTTP/1.1\r\n\r\n".encode())

    assert refused(act) == "sign_in.foreign_host"


@pytest.mark.parametrize("size", [8193, 70_000, 10_000_000])
def test_a_query_that_is_too_big_ends_the_attempt(size: int) -> None:
    assert refused(lambda it: it.send(get(it.port, f"{PATH}?code={'x' * size}"))) == "sign_in.too_big"


def test_cookies_of_other_programs_on_localhost_do_no_harm() -> None:
    def act(browser: Browser) -> None:
        browser.send(get(browser.port)[:-2] + b"Cookie: " + b"c" * 20_000 + b"\r\n\r\n")

    assert receive(act)[0].endswith("code=abc&state=s")


def test_a_browsers_idle_connections_hold_nobody_up() -> None:
    def act(browser: Browser) -> None:
        with contextlib.ExitStack() as stack:
            for _ in range(40):
                stack.enter_context(socket.create_connection(("127.0.0.1", browser.port), timeout=5))
            browser.send(get(browser.port))

    assert receive(act)[0].endswith("code=abc&state=s")


def test_a_request_may_come_in_pieces() -> None:
    def act(browser: Browser) -> None:
        with socket.create_connection(("127.0.0.1", browser.port), timeout=5) as link:
            for byte in get(browser.port):
                link.sendall(bytes([byte]))
            link.recv(10)

    assert receive(act)[0].endswith("code=abc&state=s")


def test_who_hangs_up_half_way_does_not_count() -> None:
    def act(browser: Browser) -> None:
        with socket.create_connection(("127.0.0.1", browser.port), timeout=5) as link:
            link.sendall(get(browser.port)[:20])
        browser.send(get(browser.port))

    assert receive(act)[0].endswith("code=abc&state=s")


def test_after_five_minutes_nobody_listens() -> None:
    ticks = iter(range(1000))
    with pytest.raises(SignInRequiredError) as raised:
        receive(lambda it: None, clock=lambda: float(next(ticks)))
    assert raised.value.code == "sign_in.timeout"


def test_after_the_answer_the_port_is_given_back() -> None:
    _, browser = receive(lambda it: it.send(get(it.port)))
    with pytest.raises(OSError) as raised:  # noqa: PT011  its errno is the statement
        socket.create_connection(("127.0.0.1", browser.port), timeout=1)
    assert raised.value.errno == errno.ECONNREFUSED


def test_a_pasted_address_ends_the_wait() -> None:
    assert receive(lambda it: None, idle=lambda: "http://pasted")[0] == "http://pasted"


def test_a_person_may_give_up() -> None:
    def idle() -> str | None:
        raise Cancelled

    with pytest.raises(Cancelled):
        receive(lambda it: None, idle=idle)


def test_a_taken_port_is_passed_over() -> None:
    with socket.create_server(("127.0.0.1", 0)) as squatter:
        taken = squatter.getsockname()[1]
        with Receiver.bind((taken, 0)) as receiver:
            assert receiver.port != taken


def test_a_squatter_on_the_other_loopback_takes_the_port_as_well() -> None:
    if not _has_ipv6():
        pytest.skip("NOT RUN: this machine has no IPv6 loopback")
    with socket.create_server(("::1", 0), family=socket.AF_INET6) as squatter:
        taken = squatter.getsockname()[1]
        with pytest.raises(ConfigurationError):
            Receiver.bind((taken,))


def test_when_all_ports_are_taken_they_are_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as one, socket.create_server(("127.0.0.1", 0)) as two:
        ports = one.getsockname()[1], two.getsockname()[1]
        with pytest.raises(ConfigurationError) as raised:
            Receiver.bind(ports)
    assert raised.value.code == "sign_in.ports_taken"
    assert raised.value.facts == {"ports": f"{ports[0]}, {ports[1]}"}


def test_only_loopback_is_bound() -> None:
    with Receiver.bind((0,)) as receiver:
        bound = {listener.getsockname()[0] for listener in receiver._listeners}  # noqa: SLF001  nobody else may see them
    assert bound <= {"127.0.0.1", "::1"}
