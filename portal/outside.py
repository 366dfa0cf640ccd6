"""What the rest of the world answers: the portal's name, its certificate, its mail server. Asked by the doctor alone.

Each question waits some seconds at most; a page would wait for all of them.
"""

from __future__ import annotations

import datetime as dt
import smtplib
import socket
import ssl
from collections.abc import Iterator
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.utils.translation import gettext as _, ngettext, pgettext

from portal.machine import Check

WAIT = 5  # seconds
RENEW = 14  # days before a certificate's end


def checks(now: dt.datetime) -> list[Check]:
    return [_name(), *_certificate(now), _mail_server(), *_mail_domain()]


def _name() -> Check:
    host = urlsplit(settings.BASE_URL).hostname or ""
    label = _("Name of the portal")
    try:
        found = sorted({str(answer[4][0]) for answer in socket.getaddrinfo(host, None)})
    except OSError as error:
        detail = _("The name %(host)s leads nowhere (%(problem)s). Enter it with whoever keeps your domain.")
        return Check(label, "no", _("Unknown"), detail % {"host": host, "problem": error})
    return Check(label, "ok", ", ".join(found[:3]))


def _certificate(now: dt.datetime) -> Iterator[Check]:
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme != "https" or not parts.hostname:
        return
    label = _("Certificate")
    try:
        with (
            socket.create_connection((parts.hostname, parts.port or 443), timeout=WAIT) as plain,
            ssl.create_default_context().wrap_socket(plain, server_hostname=parts.hostname) as secured,
        ):
            end = ssl.cert_time_to_seconds(str((secured.getpeercert() or {})["notAfter"]))
    except (OSError, KeyError) as error:
        detail = _("Browsers will refuse the portal's address: %(problem)s. Look at the proxy's log.")
        yield Check(label, "no", _("Refused"), detail % {"problem": error})
        return
    days = int((end - now.timestamp()) // 86_400)
    word = ngettext("%(number)s day left", "%(number)s days left", days) % {"number": days}
    if days < RENEW:
        yield Check(label, "wait", word, _("The proxy renews it by itself a month before its end: look at its log."))
    else:
        yield Check(label, "ok", word)


def _mail_server() -> Check:
    label = _("Mail server")
    transport = get_connection(settings.MAIL_TRANSPORT)
    if not settings.MAIL_TRANSPORT.endswith("smtp.EmailBackend"):
        return Check(label, "wait", _("None"), _("Mails are written into a folder. Set PORTAL_EMAIL_URL to send them."))
    transport.timeout = WAIT
    try:
        transport.open()
        transport.close()
    except (smtplib.SMTPException, OSError) as error:
        detail = _("It does not take the portal's mails: %(problem)s. Look at PORTAL_EMAIL_URL.")
        return Check(label, "no", _("Refused"), detail % {"problem": error})
    return Check(label, "ok", pgettext("of a machine", "Answers"))


def _mail_domain() -> Iterator[Check]:
    """What receivers look up before they believe a mail is ours. Python asks no text records: the questions are given."""
    if not settings.MAIL_TRANSPORT.endswith("smtp.EmailBackend"):
        return
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    detail = _("Ask yourself: “dig TXT %(domain)s” must answer v=spf1 …, “dig TXT _dmarc.%(domain)s” v=DMARC1 …")
    yield Check(_("Sender of mails (SPF, DMARC, DKIM)"), "old", _("Not looked up here"), detail % {"domain": domain})


def send_test_mail(address: str) -> Check:
    """Past the outbox, at once: what the server says is the answer."""
    label = _("Test mail")
    transport = get_connection(settings.MAIL_TRANSPORT)
    message = EmailMessage(
        _("Test mail of the portal"),
        _("Whoever reads this knows that the portal's mails arrive."),
        to=[address],
        connection=transport,
    )
    try:
        message.send()
    except (smtplib.SMTPException, OSError) as error:
        return Check(label, "no", _("Refused"), str(error))
    detail = _("Now look into the mailbox, and into its folder of unwanted mails.")
    return Check(label, "ok", _("Handed over to the mail server"), detail)
