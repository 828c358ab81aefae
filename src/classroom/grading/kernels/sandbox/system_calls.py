"""Calls of the operating system that no lesson needs and attacks on it begin with."""

import ctypes
import errno
import platform
import struct

from classroom.grading.kernels.sandbox.libc import check, libc

PR_SET_SECCOMP = 22
# Their numbers: on x86_64, and on others of the generic table.
FORBIDDEN = {
    "acct": (163, 89),
    "add_key": (248, 217),
    "adjtimex": (159, 171),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clock_adjtime": (305, 266),
    "clock_settime": (227, 112),
    "delete_module": (176, 106),
    "fanotify_init": (300, 262),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "ioperm": (173, None),
    "iopl": (172, None),
    "kcmp": (312, 272),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "lookup_dcookie": (212, 18),
    "migrate_pages": (256, 238),
    "memfd_create": (319, 279),  # memory that nobody counts, like that of the next ones
    "memfd_secret": (447, 447),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "msgget": (68, 186),
    "move_pages": (279, 239),
    "name_to_handle_at": (303, None),
    "nfsservctl": (180, 42),
    "open_by_handle_at": (304, None),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "quotactl": (179, 60),
    "quotactl_fd": (443, 443),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "settimeofday": (164, 170),
    "shmget": (29, 194),
    "swapoff": (168, 225),
    "swapon": (167, 224),
    "syslog": (103, 116),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
ARCHITECTURES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid_calls() -> None:
    """Have the operating system refuse calls that only attacks on it need, where we know them."""
    if platform.machine() not in ARCHITECTURES:
        return
    column, architecture = ARCHITECTURES[platform.machine()]
    load, equal, greater, answer = 0x20, 0x15, 0x35, 0x06
    refuse, allow, kill = 0x00050000 | errno.EPERM, 0x7FFF0000, 0x80000000

    def step(code, skip_if=0, skip_else=0, value=0):
        return struct.pack("=HBBI", code, skip_if, skip_else, value)

    program = [
        step(load, value=4),  # the architecture; another one has other numbers
        step(equal, 1, 0, architecture),
        step(answer, value=kill),
        step(load, value=0),  # the number of the call
    ]
    if platform.machine() == "x86_64":  # the numbers of its 32-bit variant
        program += [step(greater, 0, 1, 0x40000000), step(answer, value=refuse)]
    for numbers in FORBIDDEN.values():
        if numbers[column] is not None:
            program += [step(equal, 0, 1, numbers[column]), step(answer, value=refuse)]
    program.append(step(answer, value=allow))
    code = b"".join(program)
    filter_ = _Program(len(program), code)
    check(libc().prctl(PR_SET_SECCOMP, ctypes.c_ulong(2), ctypes.byref(filter_), 0, 0), "seccomp")
