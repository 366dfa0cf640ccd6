"""The register of the space: its page, its timeline, its events, responsibilities and rules."""
