"""What every answer says to the browser: nothing from elsewhere, nothing inline, no frame, no trace."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from flask import Flask

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

WORKER_POLICY = "giu-trang"  # the Trusted Types policy that may name a worker

_STILL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(
    style_source: str, *, over_tls: bool, talks: bool = False, framed: bool = False, keeps: bool = False
) -> str:
    """The Content-Security-Policy: own files, the one known style, forms to ourselves.

    ``talks``: scripts may send to ourselves too, as the desk's does to keep what is being typed.
    ``keeps``: our own worker may be registered, to read without a network; it is the one address that the
    script's policy of that name lets through (static/js/keep.js).
    ``framed``: any site may show this page in a frame, as a card is meant to be.
    """
    rules = [
        "default-src 'none'",
        f"style-src {style_source}",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors *" if framed else "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        f"trusted-types {WORKER_POLICY}" if keeps else "trusted-types 'none'",
    ]
    if keeps:
        rules += ["worker-src 'self'", "manifest-src 'self'"]
    if talks:
        rules.append("connect-src 'self'")
    return "; ".join([*rules, "upgrade-insecure-requests"] if over_tls else rules)


class Guard:
    """WSGI: gives every answer the headers ``sent``, unless it has its own; an empty one is none."""

    def __init__(self, app: "WSGIApplication", sent: Mapping[str, str]) -> None:
        self.app = app
        self.sent = [(name.lower(), (name, value)) for name, value in sent.items()]

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as the application does."""

        def start(status: str, headers: list[tuple[str, str]], *error: Any) -> Callable[[bytes], object]:
            own = {name.lower() for name, _ in headers}
            sent = [header for name, header in self.sent if name not in own]
            return start_response(status, [header for header in headers if header[1]] + sent, *error)

        return self.app(environ, start)


def guard(app: Flask, style_source: str, *, base_url: str, talks: bool = False, keeps: bool = False) -> None:
    """Send the headers with every answer of ``app``. HSTS only where the site is served over TLS."""
    over_tls = base_url.startswith("https://")
    asked = policy(style_source, over_tls=over_tls, talks=talks, keeps=keeps)
    sent = {**_STILL, "Content-Security-Policy": asked}
    if over_tls:
        sent["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
    app.wsgi_app = Guard(app.wsgi_app, sent)  # type: ignore[method-assign]
