"""What the tests stand on: the database as two roles, strict templates, a worker, a browser. See docs/testing.md."""
