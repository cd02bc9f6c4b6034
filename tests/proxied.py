"""The proxy of deploy/ in front of a real server, both on the loopback, and somebody who reads there."""

import gzip
import http.client
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import brotli
from components import NGINX
from servers import NotToBeHad, free_port

EXAMPLE = Path(__file__).parents[1] / "deploy" / "nginx" / "namro.conf"
ENCODINGS = ("identity", "gzip", "br")
_PATIENCE = 90.0  # seconds for a server to start
_MAIN = """\
daemon off;
{user}
pid {folder}/nginx.pid;
error_log {folder}/error.log crit;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
{site}
}}
"""


@dataclass(frozen=True, slots=True)
class Got:
    """One answer as its reader has it: unpacked."""

    status: str
    headers: http.client.HTTPMessage
    data: bytes

    @property
    def status_code(self) -> int:
        """The number alone."""
        return int(self.status.split()[0])

    @property
    def etag(self) -> str:
        """What the answer is called; empty when it has no such name."""
        return self.headers.get("ETag", "")

    def close(self) -> None:
        """Nothing stays open."""


@dataclass(slots=True)
class Browser:
    """Reads at ``port`` and keeps every answer it got without conditions, by address and encoding."""

    port: int
    kept: dict[tuple[str, str], Got] = field(default_factory=dict)
    _line: http.client.HTTPConnection | None = None

    def get(self, address: str, *, encoding: str = "identity", known: str = "") -> Got:
        """What the proxy answers; ``known``: the ETag of what the reader holds already."""
        asked = {"Accept-Encoding": encoding, "Accept": "text/html,*/*"}
        got = self._ask(address, {**asked, "If-None-Match": known} if known else asked)
        if not known:
            self.kept[address, encoding] = got
        return got

    def close(self) -> None:
        """Hang up."""
        if self._line:
            self._line.close()

    def _ask(self, address: str, headers: Mapping[str, str]) -> Got:
        if self._line is None:
            self._line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        self._line.request("GET", address.encode("utf-8").decode("latin-1"), headers=dict(headers))
        answer = self._line.getresponse()
        body = _unpacked(answer.read(), answer.headers.get("Content-Encoding", ""))
        return Got(f"{answer.status} {answer.reason}", answer.headers, body)


def _unpacked(body: bytes, encoding: str) -> bytes:
    if not body or not encoding:
        return body
    return gzip.decompress(body) if encoding == "gzip" else bytes(brotli.decompress(body))


def example_site(folder: Path, *, port: int, upstream: int) -> str:
    """deploy/nginx/namro.conf as it stands, but for its ports, its certificates and where it writes."""
    site = EXAMPLE.read_text(encoding="utf-8")
    site = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", site, count=1, flags=re.DOTALL)
    site = re.sub(r"^ +(listen \[::\]|ssl_).*\n", "", site, flags=re.MULTILINE)
    site, places = re.subn(r"listen 443 ssl http2;", f"listen 127.0.0.1:{port};", site)
    assert places == 1, "the example has another shape than this test knows"
    site = re.sub(r"127\.0\.0\.1:800[12]", f"127.0.0.1:{upstream}", site)
    return site.replace("/var/cache/nginx", str(folder / "cache")).replace("/var/log/nginx", str(folder))


@contextmanager
def nginx(folder: Path, site: str, *, port: int) -> Iterator[None]:
    """A running nginx with this site. Raises NotToBeHad."""
    found = NGINX.find()
    if found is None:
        raise NotToBeHad("nginx is not installed")
    (folder / "cache").mkdir(parents=True, exist_ok=True)
    user = "user root;" if os.geteuid() == 0 else ""
    config = folder / "nginx.conf"
    config.write_text(_MAIN.format(user=user, folder=folder, site=site), encoding="utf-8")
    tried = subprocess.run([found, "-t", "-q", "-c", config, "-p", folder], capture_output=True, text=True)
    assert tried.returncode == 0, tried.stderr
    with _running(subprocess.Popen([found, "-c", config, "-p", folder], stderr=subprocess.DEVNULL), port):
        yield


@contextmanager
def portal(*, environ: Mapping[str, str], door: str = "public", workers: int = 2) -> Iterator[int]:
    """``portal run`` as its unit starts it; the port."""
    port = free_port()
    command = [sys.executable, "-m", "portal", "run", "--door", door, "--port", str(port)]
    command += ["--workers", str(workers), "--no-follower"]
    process = subprocess.Popen(
        command, env={**os.environ, **environ}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    with _running(process, port):
        yield port


@contextmanager
def _running(process: "subprocess.Popen[bytes]", port: int) -> Iterator[None]:
    try:
        _wait(process, port)
        yield
    finally:
        process.terminate()
        try:
            process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + _PATIENCE
    while True:
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            line.request("GET", "/tinh-trang")
            line.getresponse().read()
            return
        except OSError as fault:
            if process.poll() is not None or time.monotonic() > until:
                raise NotToBeHad(f"it does not start: {fault}") from fault
            time.sleep(0.05)
        finally:
            line.close()
