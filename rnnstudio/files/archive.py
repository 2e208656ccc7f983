"""Zip archives, read without trust in what they say about themselves, and written so that the bytes repeat."""

from __future__ import annotations

import io
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable

from rnnstudio.engine.limits import LIMITS, MB, InputError

#: Members of an archive, bytes of its directory, of all members together, and the ratio of a packed member.
MEMBERS, DIRECTORY_BYTES, TOTAL_BYTES, RATIO = 1_024, 1 * MB, 256 * MB, 100
#: A small member may be packed as tightly as it likes (all zeros, for example); but not very many of them.
_RATIO_FROM, _RATIO_FROM_ALL = 1 * MB, 16 * MB
_CHUNK = 256 * 1_024
_END, _LONG_FORM = b"PK\x05\x06", b"PK\x06\x07"
_UNSAFE = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:|\\|\0")
_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error, OSError, ValueError,
    OverflowError, MemoryError, LookupError,
)  # fmt: skip


def is_archive(data: bytes) -> bool:
    """Whether the bytes begin like a zip archive."""
    return data[:4] in (b"PK\x03\x04", _END)


def read_members(data: bytes, where: str, members: int = MEMBERS) -> dict[str, bytes]:
    """Name → bytes of every member of a zip archive; nothing is written to the disk.

    Parameters
    ----------
    data : bytes
        The archive.
    where : str
        Its path, for sentences.
    members : int
        How many members it may have.

    Raises
    ------
    InputError
        The archive is damaged, or has a member of a kind that no file for this program has: too many or too large,
        packed beyond measure, encrypted, a link, two of one name, one over the other, a path that leads out.
    """
    _check_directory(data, where, members)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            _check_infos(infos, where, members, len(data))
            found: dict[str, bytes] = {}
            left = TOTAL_BYTES
            for info in infos:
                found[info.filename] = _read_member(archive, info, where, left)
                left -= len(found[info.filename])
            return found
    except InputError:
        raise
    except _ZIP_ERRORS as error:
        raise InputError(f"{where}: the archive is damaged ({_short(error)}); a whole copy is wanted") from None


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _check_directory(data: bytes, where: str, members: int) -> None:
    """The record at the end says how much there is to read; look before anything is read."""
    at = data.rfind(_END, max(0, len(data) - 65_557))
    if at < 0 or at + 22 > len(data):
        raise InputError(f"{where}: the archive is cut off or none at all; a whole copy is wanted")
    if data[max(0, at - 20) : at].startswith(_LONG_FORM):
        # the sizes that count would then stand in another record, which is not looked at here
        raise InputError(f"{where}: the archive is in the long form (ZIP64), for over 4 GB; the plain form is read")
    count, size = struct.unpack_from("<HI", data, at + 10)
    if count > members or size > DIRECTORY_BYTES:
        raise InputError(f"{where}: the archive says that it has {count:,} members; up to {members:,} fit")


def _check_infos(infos: list[zipfile.ZipInfo], where: str, members: int, size: int) -> None:
    if len(infos) > members:
        raise InputError(f"{where}: the archive has {len(infos):,} members; up to {members:,} fit")
    names: set[str] = set()
    for info in infos:
        name = info.filename
        shown = ascii(name[:60])
        # orig_filename: the name before Python cut it at a zero byte
        if len(name) > 255 or _UNSAFE.search(info.orig_filename) or _UNSAFE.search(name):
            raise InputError(f"{where}: the member {shown} has a name that leads out of the archive")
        if name.casefold() in names:
            raise InputError(f"{where}: the member {shown} is there twice; each name once is wanted")
        names.add(name.casefold())
        if stat.S_ISLNK(info.external_attr >> 16):
            raise InputError(f"{where}: the member {shown} is a link; plain members are wanted")
        if info.flag_bits & 0x1:
            raise InputError(f"{where}: the member {shown} is encrypted; save it without a password")
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise InputError(f"{where}: the member {shown} is packed in a way that is not read; stored or deflated is")
        if info.file_size > LIMITS.file_bytes:
            raise InputError(
                f"{where}: the member {shown} is {info.file_size / MB:,.0f} MB; up to {LIMITS.file_bytes // MB} MB fit"
            )
        if info.file_size > max(_RATIO_FROM, RATIO * info.compress_size):
            raise InputError(f"{where}: the member {shown} is packed more than {RATIO} : 1, as no real data are")
    _check_places(infos, where, size)


def _check_places(infos: list[zipfile.ZipInfo], where: str, size: int) -> None:
    """The members one behind the other from the beginning, and not too much of them all together."""
    total = sum(info.file_size for info in infos)
    if total > min(TOTAL_BYTES, max(_RATIO_FROM_ALL, RATIO * size)):
        raise InputError(
            f"{where}: unpacked, the archive is {total / MB:,.0f} MB, more than {TOTAL_BYTES // MB} MB or packed more "
            f"than {RATIO} : 1; smaller parts fit"
        )
    if min((info.header_offset for info in infos), default=0) != 0:
        raise InputError(f"{where}: something else stands before the archive; the archive alone is wanted")
    end = size
    for info in sorted(infos, key=lambda info: info.header_offset, reverse=True):
        if info.header_offset + 30 + info.compress_size > end:
            raise InputError(f"{where}: the member {info.filename[:60]!a} lies over another one")
        end = info.header_offset


def _read_member(archive: zipfile.ZipFile, info: zipfile.ZipInfo, where: str, left: int) -> bytes:
    """Unpack with a counter: what the archive says about a size is not believed."""
    limit = min(left, LIMITS.file_bytes, max(_RATIO_FROM, RATIO * info.compress_size))
    parts: list[bytes] = []
    count = 0
    with archive.open(info) as member:
        while part := member.read(_CHUNK):
            count += len(part)
            if count > limit:
                raise InputError(
                    f"{where}: unpacked, the archive is larger than {TOTAL_BYTES // MB} MB or packed more "
                    f"than {RATIO} : 1; smaller parts fit"
                )
            parts.append(part)
    return b"".join(parts)


def archive_bytes(members: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive with stored members and fixed dates: the same members give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3  # the same on every system
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)
    return target.getvalue()
