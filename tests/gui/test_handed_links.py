"""A link that the desktop hands to the running program, as macOS does."""

import subprocess
import sys

SCRIPT = """
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from writeback.gui.handed_links import Application

application = Application([])
handed = []
application.link_handed.connect(handed.append)
application.sendEvent(application, QFileOpenEvent(QUrl("writeback://record/account/r%2042")))
application.sendEvent(application, QFileOpenEvent("/tmp/changes.csv"))
print(handed)
"""


def test_a_link_is_heard_as_it_came_and_a_file_is_not_taken_for_one() -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "['writeback://record/account/r%2042']"
