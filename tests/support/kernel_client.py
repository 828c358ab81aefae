"""What Jupyter starts as a kernel where `forked_kernels` lends some: it asks for one and stands in.

It passes signals on to the kernel and ends as the kernel ends; when it is killed, or has lost
whoever started it, the kernel is ended, too. Arguments: the address of the process that forks, and
the kernel's own.
"""

import json
import os
import signal
import socket
import sys

PASSED_ON = (signal.SIGHUP, signal.SIGINT, signal.SIGTERM)
SECONDS_BETWEEN_LOOKS = 1  # at whether the parent lives, as ipykernel does


def main():
    """Stand in for a kernel until it has ended."""
    parent = os.getppid()
    line = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line.connect(sys.argv[1])
    for number in PASSED_ON:
        signal.signal(number, lambda number, _: line.send(bytes([number])))
    request = {"arguments": sys.argv[2:], "cwd": os.getcwd(), "env": dict(os.environ)}
    socket.send_fds(line, [json.dumps(request).encode()], [0, 1, 2])
    line.settimeout(SECONDS_BETWEEN_LOOKS)
    while os.getppid() == parent:
        try:
            status = int(line.recv(8) or -signal.SIGKILL)
        except TimeoutError:
            continue
        if status < 0:
            if -status in PASSED_ON:
                signal.signal(-status, signal.SIG_DFL)
            os.kill(os.getpid(), -status)
        sys.exit(status)


if __name__ == "__main__":
    main()
