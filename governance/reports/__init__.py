"""Documents of governance: the act of a handover and the pack for incoming animators.

Importing this package registers their kinds; `AppConfig.ready()` does.
"""

from core.reports import registry, verification
from governance.reports.act import ACT, HandoverAct, verify
from governance.reports.pack import PACK, AnimatorPack
from governance.reports.panel import Panel, newest_pdf, panel

__all__ = ["ACT", "PACK", "Panel", "newest_pdf", "panel"]

registry.register(HandoverAct())
registry.register(AnimatorPack())
verification.register(verify)
