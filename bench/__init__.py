"""How fast the portal is, as ratios against floors measured in the same run on the same machine (docs/performance.md).

`bin/bench` starts a private PostgreSQL and Redis and runs this package; nothing here is a timed test.
"""
