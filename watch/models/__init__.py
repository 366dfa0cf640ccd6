from watch.models.correction import Correction
from watch.models.item import WatchItem
from watch.models.link_check import LinkCheck
from watch.models.revision import WatchRevision

__all__ = ["Correction", "LinkCheck", "WatchItem", "WatchRevision"]
