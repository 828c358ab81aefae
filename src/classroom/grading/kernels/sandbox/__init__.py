"""The sandbox of a kernel: what learners' code sees of the machine, and what it may use.

Two ways lead to the same view. *jail* is entered by a process that we have forked ourselves (see
`jail`); *bwrap* starts a new process through bubblewrap. Both give the kernel its own user, mount,
process, network and ipc namespaces, no privileges, and a file system that holds Python, the
packages and the copy of one submission; no gradebook, no solution, no home.

Nothing here needs root. Whoever is root nevertheless (in a container) has the kernel run as an
unprivileged user.
"""
