"""Faults are reported to Sentry, or to what speaks its protocol, where an address is given; nobody's data goes along.

What leaves is where the fault arose, its kind, and the number by which the log has the rest. No address (it may hold a
token or search words), header, cookie, form, person, local variable or text of an exception leaves the machine.
"""

from __future__ import annotations

from typing import Any

from core.logs import request_number

_KEPT = {"platform", "event_id", "timestamp", "level", "logger", "release", "environment", "sdk"}
_SAFE_NAMES = {"component", "task"}  # the transaction is called by a view or a task, not by an address


def report_to(dsn: str) -> None:
    """From settings, so that web server, workers and scheduler report alike; without `dsn` nothing is loaded."""
    if not dsn:
        return
    import sentry_sdk
    from sentry_sdk.integrations.django import DjangoIntegration

    sentry_sdk.init(
        dsn,
        integrations=[DjangoIntegration(transaction_style="function_name")],
        before_send=scrubbed,
        before_breadcrumb=lambda crumb, hint: None,
        send_default_pii=False,
        include_local_variables=False,
        max_request_body_size="never",
        auto_session_tracking=False,
        server_name="",
    )


def scrubbed(event: dict[str, Any], hint: dict[str, Any]) -> dict[str, Any]:
    """What may leave of `event`: kept by name, so that what a later version of the library adds stays here."""
    kept = {key: value for key, value in event.items() if key in _KEPT}
    kept["tags"] = {"request": request_number.get()}
    if method := event.get("request", {}).get("method"):
        kept["request"] = {"method": method}
    if event.get("transaction_info", {}).get("source") in _SAFE_NAMES:
        kept["transaction"] = event["transaction"]
    if entry := event.get("logentry"):
        kept["logentry"] = {"message": entry.get("message")}  # the sentence of the code, without what was put into it
    if values := event.get("exception", {}).get("values"):
        kept["exception"] = {"values": [{**value, "value": ""} for value in values]}
    return kept
