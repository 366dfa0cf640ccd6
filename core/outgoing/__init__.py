"""Requests that the portal makes to servers of others, for links that people wrote."""
