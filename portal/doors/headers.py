"""What every answer says to the browser: nothing from elsewhere, nothing inline, no frame, no trace."""

from flask import Flask, Response

_STILL = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def policy(style_source: str, *, over_tls: bool, talks: bool = False) -> str:
    """The Content-Security-Policy: own files, the one known style, forms to ourselves.

    ``talks``: scripts may send to ourselves too, as the desk's does to keep what is being typed.
    """
    rules = [
        "default-src 'none'",
        f"style-src {style_source}",
        "script-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types 'none'",
    ]
    if talks:
        rules.append("connect-src 'self'")
    return "; ".join([*rules, "upgrade-insecure-requests"] if over_tls else rules)


def guard(app: Flask, style_source: str, *, base_url: str, talks: bool = False) -> None:
    """Send the headers with every answer of ``app``. HSTS only where the site is served over TLS."""
    over_tls = base_url.startswith("https://")
    sent = {**_STILL, "Content-Security-Policy": policy(style_source, over_tls=over_tls, talks=talks)}
    if over_tls:
        sent["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"

    @app.after_request
    def send(response: Response) -> Response:
        for name, value in sent.items():
            response.headers.setdefault(name, value)
        return response
