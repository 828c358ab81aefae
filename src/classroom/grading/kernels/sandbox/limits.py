"""What one kernel and all its processes may use of the machine."""

from dataclasses import asdict, dataclass
import sys

try:
    import resource
except ImportError:  # Windows, where nothing but the sandbox "none" works
    resource = None


@dataclass(frozen=True)
class Limits:
    """What one kernel and all its processes may use, but for the memory they hold together.

    `address_mb` is what each may reserve, which for TensorFlow is far more than it holds; what
    they hold, the grader's client watches. `scratch_mb` is the size of /tmp, home and the working
    copy each.
    """

    address_mb: int = 12288
    processes: int = 256
    file_mb: int = 256
    scratch_mb: int = 512
    open_files: int = 1024

    def as_dict(self) -> dict[str, int]:
        """Return the limits as JSON can hold them."""
        return asdict(self)

    def apply(self) -> None:
        """Limit this process and what it starts, as far as the system can."""
        if resource is None:
            return
        for name, most in (
            ("AS", self.address_mb * 2**20),
            ("NPROC", self.processes),
            ("FSIZE", self.file_mb * 2**20),
            ("NOFILE", self.open_files),
            ("CORE", 0),
        ):
            what = getattr(resource, f"RLIMIT_{name}", None)
            if what is None:
                continue
            _, hard = resource.getrlimit(what)
            if hard != resource.RLIM_INFINITY:
                most = min(most, hard)
            try:
                resource.setrlimit(what, (most, most))
            except (OSError, ValueError):
                if sys.platform == "linux":
                    raise
