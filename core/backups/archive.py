"""The archive: a tar file whose last words say what must be in it, each file with size and SHA-256.

Order: `database.dump`, `settings.env`, `media/…`, `manifest.json`, `manifest.sha256`. An archive that was cut lacks
its end; one that was changed differs from its manifest. With a recipient all of it passes through age, and only the
holder of the key reads it. Neither says who wrote it: keep archives where nobody else can put one.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

from core.backups import programs
from core.backups.errors import BackupRefused

DATABASE, SETTINGS, MANIFEST, SEAL, MEDIA = (
    "database.dump",
    "settings.env",
    "manifest.json",
    "manifest.sha256",
    "media/",
)
FORMAT = 1
_CHUNK = 1024 * 1024


class _Hashed(io.RawIOBase):
    """A file that is hashed while tar reads it."""

    def __init__(self, source: IO[bytes]) -> None:
        self.source, self.digest = source, hashlib.sha256()

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self.source.read(size)
        self.digest.update(data)
        return data


class _Counted:
    """What tar needs of an output that cannot be rewound: a pipe to age."""

    def __init__(self, output: IO[bytes]) -> None:
        self._output, self._written = output, 0

    def write(self, data: bytes) -> int:
        self._output.write(data)
        self._written += len(data)
        return len(data)

    def tell(self) -> int:
        return self._written


class Writer:
    """Adds files to an archive and remembers what it added."""

    def __init__(self, output: IO[bytes]) -> None:
        self._tar = tarfile.TarFile(fileobj=_Counted(output), mode="w", format=tarfile.PAX_FORMAT)
        self.files: dict[str, dict[str, Any]] = {}

    def add(self, name: str, path: Path) -> bool:
        """False where the file went in the meantime."""
        try:
            source = path.open("rb")
        except FileNotFoundError:
            return False
        with source:
            entry = tarfile.TarInfo(name)
            entry.size, entry.mode, entry.mtime = os.fstat(source.fileno()).st_size, 0o600, int(path.stat().st_mtime)
            hashed = _Hashed(source)
            self._tar.addfile(entry, hashed)
        self.files[name] = {"size": entry.size, "sha256": hashed.digest.hexdigest()}
        return True

    def add_text(self, name: str, text: str) -> None:
        self._tar.addfile(self._entry(name, text), io.BytesIO(text.encode()))
        self.files[name] = {"size": len(text.encode()), "sha256": hashlib.sha256(text.encode()).hexdigest()}

    def finish(self, facts: dict[str, Any]) -> dict[str, Any]:
        """Writes the manifest, `facts` and the files, and closes the archive."""
        manifest = {"format": FORMAT, **facts, "files": self.files}
        text = json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)
        seal = hashlib.sha256(text.encode()).hexdigest() + "\n"
        for name, body in ((MANIFEST, text), (SEAL, seal)):
            self._tar.addfile(self._entry(name, body), io.BytesIO(body.encode()))
        self._tar.close()
        return manifest

    @staticmethod
    def _entry(name: str, text: str) -> tarfile.TarInfo:
        entry = tarfile.TarInfo(name)
        entry.size, entry.mode = len(text.encode()), 0o600
        return entry


@contextmanager
def sink(target: Path, recipient: str) -> Iterator[IO[bytes]]:
    """Where the archive's bytes go: to `target`, through age where there is a recipient; on disk at the end."""
    with target.open("xb") as file:
        os.fchmod(file.fileno(), 0o600)
        if recipient:
            program = [programs.path_of("age", "age"), "--encrypt", "--recipient", recipient]
            with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=file, stderr=subprocess.PIPE) as age:
                try:
                    yield age.stdin
                except BrokenPipeError:
                    pass  # age has ended: its own words below say why
                _close(age.stdin)
                age.stdin = None
                said = age.stderr.read().decode(errors="replace")
                if age.wait():
                    raise BackupRefused(_("age did not encrypt the archive:") + "\n" + programs.last_words(said))
        else:
            yield file
        file.flush()
        os.fsync(file.fileno())


def _close(stream: IO[bytes]) -> None:
    try:
        stream.close()
    except BrokenPipeError:
        pass


def unpack(archive: Path, folder: Path, identity: Path | None) -> dict[str, Any]:
    """Unpacks into `folder`, which is empty, and returns the manifest. Raises BackupRefused where anything differs."""
    with _source(archive, identity) as source:
        found = _unpacked(source, folder)
    _check_seal(folder, found)
    manifest = json.loads((folder / MANIFEST).read_text())
    if manifest.get("format") != FORMAT:
        raise BackupRefused(_("This archive was written by another release, in a form that this one does not know."))
    for name in (MANIFEST, SEAL):
        del found[name]
    differing = sorted(name for name in {*found, *manifest["files"]} if found.get(name) != manifest["files"].get(name))
    if DATABASE not in found:
        raise BackupRefused(_("The archive holds no database. Nothing was restored."))
    if differing:
        told = _("The archive was changed since it was made: %(names)s. Nothing was restored.")
        raise BackupRefused(told % {"names": ", ".join(differing[:5])})
    return manifest


@contextmanager
def _source(archive: Path, identity: Path | None) -> Iterator[IO[bytes]]:
    try:
        with archive.open("rb") as file:
            encrypted = file.read(20).startswith(b"age-encryption.org/")
        file = archive.open("rb")
    except OSError as error:
        told = _("The archive %(path)s cannot be read: %(problem)s.")
        raise BackupRefused(told % {"path": archive, "problem": error.strerror}) from error
    with file:
        if not encrypted:
            yield file
            return
        if identity is None:
            raise BackupRefused(_("The archive is encrypted: give the file with its key by --identity."))
        program = [programs.path_of("age", "age"), "--decrypt", "--identity", str(identity)]
        with subprocess.Popen(program, stdin=file, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as age:
            try:
                yield age.stdout
            except BaseException:
                if age.stdout.read(1):  # age still goes on: the refusal is not its own
                    age.kill()
                else:
                    _require_opened(age)
                raise
            while age.stdout.read(_CHUNK):
                pass  # what stands behind the end of the tar: age must come to its own end
            _require_opened(age)


def _require_opened(age: subprocess.Popen[bytes]) -> None:
    said = age.stderr.read().decode(errors="replace")
    if age.wait():
        told = _("age cannot open the archive: a wrong key, or the archive was cut or changed.")
        raise BackupRefused(f"{told}\n{programs.last_words(said)}")


def _unpacked(source: IO[bytes], folder: Path) -> dict[str, dict[str, Any]]:
    """Name, size and hash of every file of the archive, each written below `folder`."""
    found: dict[str, dict[str, Any]] = {}
    try:
        with tarfile.open(fileobj=source, mode="r|") as tar:
            for entry in tar:
                if not entry.isreg() or not _is_ours(entry.name) or entry.name in found:
                    raise BackupRefused(
                        _("This is no archive of the portal: it holds “%(name)s”.") % {"name": entry.name}
                    )
                target = folder / entry.name
                target.parent.mkdir(parents=True, exist_ok=True)
                found[entry.name] = _copied(tar.extractfile(entry), target)
    except (tarfile.TarError, EOFError) as error:
        told = _("The archive cannot be read to its end, it was cut or changed: %(problem)s. Nothing was restored.")
        raise BackupRefused(told % {"problem": error}) from error
    return found


def _is_ours(name: str) -> bool:
    parts = PurePosixPath(name).parts
    if ".." in parts or name.startswith("/") or "\\" in name:
        return False
    return name in {DATABASE, SETTINGS, MANIFEST, SEAL} or (name.startswith(MEDIA) and len(parts) > 1)


def _copied(source: IO[bytes], target: Path) -> dict[str, Any]:
    digest, size = hashlib.sha256(), 0
    with target.open("xb") as output:
        while data := source.read(_CHUNK):
            digest.update(data)
            size += len(data)
            output.write(data)
        output.flush()
        os.fsync(output.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _check_seal(folder: Path, found: dict[str, Any]) -> None:
    if MANIFEST not in found or SEAL not in found:
        raise BackupRefused(_("The archive has no end: it was cut. Nothing was restored."))
    if (folder / SEAL).read_text().strip() != found[MANIFEST]["sha256"]:
        raise BackupRefused(_("The archive’s list of contents was changed since it was made. Nothing was restored."))
