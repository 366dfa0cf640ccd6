"""Which servers the portal may ask: never one inside the network it stands in, by whatever name or number it is called.

The rule is over the address a socket is connected to, after names were resolved (`links` connects to nothing else).
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Sequence
from typing import Any

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network
Resolver = Callable[..., Sequence[tuple[Any, ...]]]  # as `socket.getaddrinfo`

PORTS = (80, 443)  # of those below 1024: no mail server and no shell is spoken to
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# what clouds answer from, to machines inside them, though Python takes the numbers for public
_METADATA = [ipaddress.ip_network("168.63.129.16/32"), ipaddress.ip_network("192.0.0.0/24")]


class AddressRefused(Exception):
    """The host stands where the portal asks nobody."""


def is_public(address: Address) -> bool:
    """Whether a server anywhere in the world may be meant; an IPv4 address that is wrapped in IPv6 is looked at itself."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address.teredo or address.is_site_local:
            return False
    if any(address in network for network in _METADATA):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


def resolve(
    host: str, port: int, *, resolver: Resolver = socket.getaddrinfo, allowed: Iterable[Network] = ()
) -> Address:
    """An address of `host` to connect to. Raises `AddressRefused` where any of its addresses may not be asked, `OSError`
    where it has none. Numbers in whatever form ("2130706433", "0x7f.1") pass the resolver as names do.
    """
    if port < 1024 and port not in PORTS:
        raise AddressRefused
    found = [ipaddress.ip_address(row[4][0].partition("%")[0]) for row in resolver(host, port, type=socket.SOCK_STREAM)]
    if not found:
        raise OSError(f"{host} has no address.")
    exceptions = list(allowed)
    if not all(is_public(each) or any(each in network for network in exceptions) for each in found):
        raise AddressRefused
    return found[0]
