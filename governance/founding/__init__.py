"""The first mandate of a space: written once, by an administrator; every later one comes by a handover."""
