"""Where the bundled resources lie: in the wheel, in a frozen build, or in the checkout.

The only place that knows; it reads nothing.
"""

from pathlib import Path

import writeback


def resource_folder() -> Path:
    """Give the folder that holds `icons`, `themes`, `help` and `samples`."""
    package = Path(writeback.__file__).parent
    bundled = package / "_resources"
    return bundled if bundled.is_dir() else package.parent.parent / "resources"


def template_folder() -> Path:
    """Give the folder of the template that `plugins new` renders."""
    package = Path(writeback.__file__).parent
    bundled = package / "_template"
    return bundled if bundled.is_dir() else package.parent.parent / "plugins" / "template"
