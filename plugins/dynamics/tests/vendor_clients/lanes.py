"""A lane: a process with a vendor's client in it that does one task a line and answers with one line."""

import json
import subprocess
import tempfile
from collections import abc
from typing import IO


class Lane:
    """Talks to one such process; starting it once saves seconds of imports."""

    def __init__(self, command: abc.Sequence[str]) -> None:
        self._errors: IO[str] = tempfile.TemporaryFile("w+")  # noqa: SIM115  closed by close()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
            encoding="utf-8",
        )

    def ask(self, told: abc.Mapping[str, object]) -> dict[str, object]:
        """Have one task done."""
        self._process.stdin.write(json.dumps(told) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            raise AssertionError(f"the lane ended: {self._errors.read()[-2000:]}")
        answer: dict[str, object] = json.loads(line)
        assert "crashed" not in answer, answer["crashed"]
        return answer

    def close(self) -> None:
        """End the process."""
        self._process.stdin.close()
        self._process.wait(timeout=30)
        self._process.stdout.close()
        self._errors.close()
