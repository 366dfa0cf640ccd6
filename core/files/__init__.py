"""Files that people send: what they are is read from their content, never believed from their name.

    checked = validate_upload(request.FILES["file"], allowed=DOCUMENTS | IMAGES)   # or the form field UploadField
    stored = store(file=checked, by=request.user, now=timezone.now())              # core.models.StoredFile
    return serve(stored, request=request)                                          # after the view asked for the right

`kinds` lists what is taken, `archives` looks into ODF and OOXML, `images` draws pictures anew, `names` cleans
file names, `storage` puts bytes on the disk so that a crash leaves a whole file or none.
"""

from .fields import UploadField
from .kinds import DOCUMENTS, IMAGES, FileKind
from .serve import serve
from .store import remove, remove_on_commit, store
from .validate import CheckedUpload, UploadRefused, validate_upload

__all__ = [
    "DOCUMENTS",
    "IMAGES",
    "CheckedUpload",
    "FileKind",
    "UploadField",
    "UploadRefused",
    "remove",
    "remove_on_commit",
    "serve",
    "store",
    "validate_upload",
]
