"""Makes `python bin/supervisor …` run the package of this directory, which also reads `core.variables`."""

import sys
from pathlib import Path

sys.path[:1] = map(str, Path(__file__).resolve().parents[1:3])

from supervisor.main import main  # noqa: E402  the path comes first

sys.exit(main(sys.argv[1:]))
