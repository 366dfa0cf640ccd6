"""The pack for incoming animators: its parts, its checklist, its ZIP."""
