"""Makes `python bin/supervisor …` run the package of this directory."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from supervisor.main import main  # noqa: E402  the path comes first

sys.exit(main(sys.argv[1:]))
