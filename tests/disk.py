"""The disk under SQLite, as tests of faults want it: watched, full, broken, or without power.

A VFS of the very engine that serves, since pysqlite3 exports SQLite's own functions: the ordinary
one of the system, but for the calls that read, change or sync a file. Those are steps, and whoever
watches hears of each before it is taken, and may refuse it with an error of SQLite's.

What a power cut leaves of a file: all that was written before its last sync, and of what came
later each sector of 512 bytes or not, by chance. A disk that lies about its syncs is not modelled.
"""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import NamedTuple

from pysqlite3 import _sqlite3

#: Result codes, as sqlite3.h names them.
OK, FULL = 0, 13
BROKEN = {"read": 266, "write": 778, "sync": 1034, "truncate": 1546, "delete": 2570}
SECTOR = 512


class Step(NamedTuple):
    """`kind` is read, write, truncate, sync or delete. Others may put their own into a log."""

    kind: str
    path: str = ""
    #: Where a write begins, or the length that a file is cut to.
    offset: int = 0
    data: bytes = b""
    #: Whether nothing that was done to the file before can be undone by a power cut.
    is_lasting: bool = False


#: Hears of a step before it is taken. OK lets it be taken; any other code is SQLite's answer.
Watcher = Callable[[Step], int]
#: Files by path, as bytes.
Files = dict[str, bytes]


@contextmanager
def watched(watcher: Watcher) -> Iterator[None]:
    """Connections that are opened inside have a watched disk."""
    _watchers.append(watcher)
    _engine.sqlite3_vfs_register(ctypes.byref(_ours), 1)
    try:
        yield
    finally:
        _engine.sqlite3_vfs_unregister(ctypes.byref(_ours))
        _watchers.remove(watcher)


def files_of(database: Path) -> Files:
    """A database and its journals as they are now."""
    names = (database, Path(f"{database}-wal"), Path(f"{database}-journal"))
    return {str(name): name.read_bytes() for name in names if name.exists()}


def put(files: Files, folder: Path) -> None:
    """Lay files out in another folder, and nothing of what was there."""
    for old in folder.iterdir():
        old.unlink()
    for path, content in files.items():
        (folder / Path(path).name).write_bytes(content)


def after_kill(start: Files, steps: list[Step]) -> Files:
    """What is left when the process dies after these steps: all of them, since the system lives."""
    return _replayed(start, steps, lambda _number, _step: True)


def after_power_cut(start: Files, steps: list[Step], chance: Random) -> Files:
    """What is left when the power goes after these steps."""
    synced = {step.path: number for number, step in enumerate(steps) if step.is_lasting}
    return _replayed(
        start,
        steps,
        lambda number, step: number <= synced.get(step.path, -1) or chance.random() < 0.5,
    )


def _replayed(start: Files, steps: list[Step], is_kept: Callable[[int, Step], bool]) -> Files:
    files = {path: bytearray(content) for path, content in start.items()}
    for number, step in enumerate(steps):
        for part in _sectors(step):
            if is_kept(number, part):
                _take(part, files)
    return {path: bytes(content) for path, content in files.items()}


def _sectors(step: Step) -> Iterator[Step]:
    """A write in the pieces that a disk writes whole, or not at all."""
    if step.kind != "write":
        yield step
        return
    begin, end = step.offset, step.offset + len(step.data)
    while begin < end:
        stop = min(end, begin - begin % SECTOR + SECTOR)
        piece = step.data[begin - step.offset : stop - step.offset]
        yield step._replace(offset=begin, data=piece)
        begin = stop


def _take(step: Step, files: dict[str, bytearray]) -> None:
    if step.kind == "write":
        file = files.setdefault(step.path, bytearray())
        file.extend(bytes(max(0, step.offset - len(file))))
        file[step.offset : step.offset + len(step.data)] = step.data
    elif step.kind == "truncate" and step.path in files:
        del files[step.path][step.offset :]
    elif step.kind == "delete":
        files.pop(step.path, None)


# ---- the engine's own structures, as sqlite3.h declares them ---------------------------------

_engine = ctypes.CDLL(_sqlite3.__file__)
_engine.sqlite3_vfs_find.restype = ctypes.c_void_p
_int, _long, _pointer, _text = ctypes.c_int, ctypes.c_int64, ctypes.c_void_p, ctypes.c_char_p
_VFS = """open delete access full_path dl_open dl_error dl_sym dl_close randomness sleep time error
time_64 set_call get_call next_call"""
_METHODS = """close read write truncate sync size lock unlock check control sector device shm_map
shm_lock shm_barrier shm_unmap fetch unfetch"""


class _Vfs(ctypes.Structure):
    _fields_ = [
        *((name, _int) for name in ("version", "file_size", "longest_path")),
        *(("next", _pointer), ("name", _text), ("data", _pointer)),
        *((name, _pointer) for name in _VFS.split()),
    ]


class _Methods(ctypes.Structure):
    _fields_ = [("version", _int), *((name, _pointer) for name in _METHODS.split())]


#: What a call that may be refused looks like in C.
_SHAPES = {
    "open": ctypes.CFUNCTYPE(_int, _pointer, _pointer, _pointer, _int, _pointer),
    "delete": ctypes.CFUNCTYPE(_int, _pointer, _text, _int),
    "read": ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int, _long),
    "write": ctypes.CFUNCTYPE(_int, _pointer, _pointer, _int, _long),
    "truncate": ctypes.CFUNCTYPE(_int, _pointer, _long),
    "sync": ctypes.CFUNCTYPE(_int, _pointer, _int),
}
_system = _Vfs.from_address(_engine.sqlite3_vfs_find(None))
_ours = _Vfs.from_buffer_copy(_system)
_watchers: list[Watcher] = []
#: Paths of open files by address, and tables of methods by that of the ordinary ones.
_paths: dict[int, str] = {}
_tables: dict[int, _Methods] = {}
#: Whatever SQLite holds an address of must not be collected.
_kept: list[object] = []


def _verdict(step: Step) -> int:
    return next((code for watcher in _watchers if (code := watcher(step))), OK)


def _replaced(table: ctypes.Structure, name: str, step_of: Callable[..., Step]) -> None:
    """Let a call be judged as the step that it is, before it is made."""
    ordinary = _SHAPES[name](getattr(table, name))

    def judged(*arguments: int) -> int:
        return _verdict(step_of(*arguments)) or ordinary(*arguments)

    _set(table, name, judged)


def _set(table: ctypes.Structure, name: str, function: Callable[..., int]) -> None:
    callback = _SHAPES[name](function)
    _kept.append(callback)
    setattr(table, name, ctypes.cast(callback, _pointer).value)


def _opened(vfs: int, name: int | None, file: int, flags: int, out: int | None) -> int:
    code: int = _SHAPES["open"](_system.open)(vfs, name, file, flags, out)
    methods = _pointer.from_address(file)
    if code == OK and methods.value:
        _paths[file] = ctypes.string_at(name).decode() if name else ""
        methods.value = ctypes.addressof(_table(methods.value))
    return code


def _table(ordinary: int) -> _Methods:
    """The methods of a file with ours in between: one table for every ordinary one."""
    if ordinary not in _tables:
        table = _Methods.from_buffer_copy(_Methods.from_address(ordinary))
        _replaced(table, "read", lambda file, *_: Step("read", _paths[file]))
        _replaced(table, "write", _written)
        _replaced(table, "truncate", lambda file, size: Step("truncate", _paths[file], size))
        _replaced(table, "sync", lambda file, _: Step("sync", _paths[file], is_lasting=True))
        _tables[ordinary] = table
    return _tables[ordinary]


def _written(file: int, data: int, size: int, offset: int) -> Step:
    return Step("write", _paths[file], offset, ctypes.string_at(data, size))


def _deleted(_vfs: int, name: bytes, syncs_folder: int) -> Step:
    return Step("delete", name.decode(), is_lasting=bool(syncs_folder))


_NAME = b"watched"
_ours.name = _NAME
_set(_ours, "open", _opened)
_replaced(_ours, "delete", _deleted)
