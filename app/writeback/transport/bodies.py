"""A streamed answer's body that fails in our words, however it is read."""

import contextlib
from collections import abc
from typing import Any

from writeback.transport.translating import FOREIGN, translate


class StreamedBody:
    """A streamed answer's body whose failures are ours, whether it is read raw or through requests."""

    def __init__(self, raw: Any, *, is_write: bool, host: str) -> None:  # noqa: ANN401  urllib3's response
        self._raw = raw
        self._is_write = is_write
        self._host = host

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever urllib3's response has
        return getattr(self._raw, name)

    def read(self, *args: Any, **options: Any) -> bytes:  # noqa: ANN401  urllib3's own signature
        """Read like urllib3's response."""
        with self._door():
            return bytes(self._raw.read(*args, **options))

    def read1(self, *args: Any, **options: Any) -> bytes:  # noqa: ANN401  urllib3's own signature
        """Read what is there."""
        with self._door():
            return bytes(self._raw.read1(*args, **options))

    def readinto(self, buffer: Any) -> int:  # noqa: ANN401  a writable buffer
        """Read into a buffer."""
        with self._door():
            return int(self._raw.readinto(buffer))

    def stream(self, *args: Any, **options: Any) -> abc.Iterator[bytes]:  # noqa: ANN401  urllib3's own signature
        """Read piece by piece."""
        with self._door():
            yield from self._raw.stream(*args, **options)

    @contextlib.contextmanager
    def _door(self) -> abc.Iterator[None]:
        try:
            yield
        except FOREIGN as error:
            lost = translate(error, is_sent=True, is_write=self._is_write, host=self._host)
            raise lost from None
