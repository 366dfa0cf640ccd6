"""Documents of governance: the act of a handover and the pack for incoming animators.

Importing this package registers their kinds; `AppConfig.ready()` does.
"""

from core.reports import registry, verification
from governance.documents.act import ACT, HandoverAct, verify
from governance.documents.pack import PACK, AnimatorPack

__all__ = ["ACT", "PACK"]

registry.register(HandoverAct())
registry.register(AnimatorPack())
verification.register(verify)
