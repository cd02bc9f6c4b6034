"""Makes the real components ready before the tests run: Debian's browser, PostgreSQL, Redis, nginx.

What cannot be had is said aloud; with CI=true it is a fault.
"""

import os
import re
import shutil
import subprocess
import sys

from components import ALL, Component, must_have_all

_APT = ("apt-get", "-qq", "-o", "DPkg::Lock::Timeout=120")
_LONGEST = 900  # seconds for one apt-get
_ADDRESS = re.compile(r"\S+://\S+")


def main() -> int:
    """Install what is missing where that is possible; the exit status."""
    missing = [component for component in ALL if component.find() is None]
    if not missing:
        return 0
    why = why_not() or install(missing)
    still = [component for component in missing if component.find() is None]
    for component in still:
        print(
            f"⚠ Không có {component.package}: {why}\n  Các phép thử cần nó sẽ bị bỏ qua. / "
            f"{component.package} cannot be had; its tests are skipped.",
            file=sys.stderr,
        )
    if still and must_have_all():
        print("✗ CI=true: thiếu thành phần là lỗi. / a missing component is a fault.", file=sys.stderr)
        return 1
    return 0


def why_not() -> str:
    """Why nothing can be installed here; empty when it can."""
    if shutil.which("apt-get") is None:
        return "máy này không dùng gói của Debian. / no apt-get here."
    if os.geteuid() != 0:
        return "cần quyền root để cài gói. / installing packages needs root."
    return ""


def install(missing: list[Component]) -> str:
    """Fetch the packages of ``missing``; why it did not work, empty when it did."""
    names = [component.package for component in missing]
    print(
        f"→ Cài {', '.join(names)} từ gói của Debian, lần đầu mất vài phút"
        f" / installing from Debian's packages, a few minutes the first time …",
        flush=True,
    )
    for command in (("update",), ("install", "-y", "--no-install-recommends", *names)):
        if fault := run(*_APT, *command):
            return fault
    return ""


def run(*command: str) -> str:
    """Run ``command`` quietly; what went wrong, without addresses, empty when nothing did."""
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    try:
        done = subprocess.run(
            command, env=quiet, capture_output=True, text=True, stdin=subprocess.DEVNULL, timeout=_LONGEST
        )
    except subprocess.TimeoutExpired:
        return f"apt-get quá {_LONGEST} giây. / took too long."
    if done.returncode == 0:
        return ""
    lines = done.stderr.strip().splitlines() or [f"apt-get: {done.returncode}"]
    return _ADDRESS.sub("…", lines[-1])


if __name__ == "__main__":
    sys.exit(main())
