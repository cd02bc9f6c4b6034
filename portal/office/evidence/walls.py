"""The walls a parsing process puts around itself: memory, time, no files, no network, no other process.

Linux. Resource limits always stand (setrlimit, POSIX); where the kernel and the processor are known, a
seccomp filter also refuses every system call a parser has no use for (seccomp(2), bpf(4)).
"""

import ctypes
import platform
import resource
import struct
import sys

_PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _FILTER = 4, 38, 22, 2
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # SECCOMP_RET_ALLOW; SECCOMP_RET_ERRNO with EPERM
_LOAD, _EQUAL, _RETURN = 0x20, 0x15, 0x06  # BPF: load a word, jump if equal, return
# What reading a pipe, computing and writing a pipe take. Numbers from the kernel's syscall tables.
_CALLS = {
    "x86_64": (0xC000003E, {
        "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11,
        "brk": 12, "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "mremap": 25, "madvise": 28,
        "getpid": 39, "exit": 60, "gettimeofday": 96, "sigaltstack": 131, "gettid": 186, "futex": 202,
        "sched_yield": 24, "clock_gettime": 228, "exit_group": 231, "newfstatat": 262, "getrandom": 318,
        "restart_syscall": 219, "getrusage": 98,
    }),
    "aarch64": (0xC00000B7, {
        "read": 63, "write": 64, "close": 57, "fstat": 80, "lseek": 62, "mmap": 222, "mprotect": 226,
        "munmap": 215, "brk": 214, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139,
        "mremap": 216, "madvise": 233, "getpid": 172, "exit": 93, "gettimeofday": 169, "sigaltstack": 132,
        "gettid": 178, "futex": 98, "sched_yield": 124, "clock_gettime": 113, "exit_group": 94,
        "newfstatat": 79, "getrandom": 278, "restart_syscall": 128, "getrusage": 165,
    }),
}  # fmt: skip


def limit(*, cpu_seconds: int, memory: int) -> None:
    """Bound time and memory, before anything is read.

    ``memory`` bounds the whole address space in bytes, and so what can ever be resident.
    """
    resource.setrlimit(resource.RLIMIT_CPU, (cpu_seconds, cpu_seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def close_in() -> bool:
    """Put up every other wall, for good, once all code is loaded. True when the call filter stands too."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))  # open ones stay: the pipes to the parent
    return _filter_calls()


def _filter_calls() -> bool:
    if sys.platform != "linux" or platform.machine() not in _CALLS:
        return False
    processor, calls = _CALLS[platform.machine()]
    program = _program(processor, sorted(calls.values()))
    steps = ctypes.create_string_buffer(program, len(program))
    fprog = struct.pack("HxxxxxxP", len(program) // 8, ctypes.addressof(steps))
    libc = ctypes.CDLL(None, use_errno=True)
    libc.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    if libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(
        libc.prctl(_PR_SET_SECCOMP, _FILTER, ctypes.create_string_buffer(fprog, len(fprog)), 0, 0) == 0
    )


def _program(processor: int, calls: list[int]) -> bytes:
    """The filter: another processor's calls are refused, then all but the listed ones."""
    allow = len(calls) + 1
    steps = [_step(_LOAD, 4), _step(_EQUAL, processor, 0, allow), _step(_LOAD, 0)]
    steps += [_step(_EQUAL, call, allow - 1 - place) for place, call in enumerate(calls)]
    return b"".join([*steps, _step(_RETURN, _REFUSE), _step(_RETURN, _ALLOW)])


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
