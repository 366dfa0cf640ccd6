"""Reads an uploaded file as it arrives, for its hash alone: nothing of it is kept."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from core.reports import verification


class HashedFile(UploadedFile):
    """What is known of the file when it has passed; it has no content."""

    def __init__(self, *, name: str, size: int, sha256: str, marks: frozenset[str]) -> None:
        super().__init__(file=None, name=name, size=size)
        self.sha256 = sha256
        self.marks = marks


class HashingUploadHandler(FileUploadHandler):
    """Hashes what passes, and no more once it is over `most` bytes: the form then refuses it by its size."""

    def __init__(self, request: Any = None, *, most: int) -> None:
        super().__init__(request)
        self._most = most

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash = hashlib.sha256()
        self._size = 0
        self._marks: set[str] = set()
        self._tail = b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._size += len(raw_data)
        if self._size > self._most:
            return
        self._hash.update(raw_data)
        window = self._tail + raw_data  # a mark may lie across two chunks
        self._marks |= verification.marks_in(window)
        self._tail = window[-verification.MARK_LENGTH :]

    def file_complete(self, file_size: int) -> HashedFile:
        return HashedFile(
            name=self.file_name,
            size=self._size,
            sha256=self._hash.hexdigest(),
            marks=frozenset(self._marks),
        )
