"""Keeps the portal's processes on one machine: what bin/run and bin/test hand over to.

Standard library only. Modules, each importing only those before it: console, processes, leftovers,
instance, postgres, redis_server, portal, main.
"""
