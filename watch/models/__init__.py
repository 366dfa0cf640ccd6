from watch.models.item import WatchItem
from watch.models.revision import WatchRevision

__all__ = ["WatchItem", "WatchRevision"]
