"""Kernels for learners' code: forked warm or started new, in a sandbox, and watched."""
