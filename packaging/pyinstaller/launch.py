"""Where the packaged program begins."""

import sys

from writeback.__main__ import main

if __name__ == "__main__":
    if sys.platform == "darwin" and ".app/Contents/" in sys.executable and not sys.argv[1:]:
        sys.argv.append("gui")  # opened from the Finder, which gives no arguments
    sys.exit(main())
