"""Makes `python bin/supervisor …` run the package of this directory."""

import sys
from pathlib import Path

sys.path[0] = str(Path(__file__).resolve().parent.parent)

from supervisor.main import main

sys.exit(main(sys.argv[1:]))
