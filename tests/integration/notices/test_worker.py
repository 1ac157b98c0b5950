"""The worker delivers without a window, before it ends when idle, and as a process that only runs."""

import os
import subprocess
import sys

from tests.integration.notices.conftest import Room
from tests.integration.notices.mailing import MailServer


def test_a_worker_tells_what_changed_since_the_last_one(room: Room, mail: MailServer, acme: str) -> None:
    room.set_up_mail(mail)
    room.delivering.run()
    room.delivering.close()
    room.sign_in(acme, is_needed=True)
    mine = room.settings
    folders = {"DATA": mine.data_dir, "CONFIG": mine.config_dir, "LOG": mine.log_dir}
    places = {f"WRITEBACK_{name}_DIR": str(folder) for name, folder in folders.items()}
    command = [sys.executable, "-m", "writeback", "--workspace", str(room.path), "worker", "--until-idle"]
    done = subprocess.run(
        command, env={**os.environ, **places}, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert [str(one.message["Subject"]) for one in mail.received] == [
        "Writeback: A connection: its sign-in has ended. Its jobs wait for a new one."
    ]
