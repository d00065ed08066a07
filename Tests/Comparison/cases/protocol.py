"""Requests about HTTP: methods, paths, content types, origins, bodies in chunks."""

from __future__ import annotations

import dataclasses

from cases.making import call
from exchange import Request

CONTENT_TYPES = [
    "application/json", "application/json;charset=utf-8", "application/json ; charset=UTF-8", "application/json;",
    "application/json; charset=latin-1", 'application/json; charset="utf-8"; x=y', "APPLICATION/JSON",
    "Application/Json", " application/json", "application/json ", "application/jsonx", "application/json-patch+json",
    "application/ld+json", "text/json", "text/plain", "text/html", "application/xml", "application/octet-stream",
    "multipart/form-data", "multipart/form-data; boundary=x", "json", "*/*", "application/*", "application", "/", ";",
    "", "application/json, text/plain",
]  # fmt: skip

PATHS = [
    "//", "/x", "/x/y", "/functions", "/functions/", "/functions/example.greet", "/function.example",
    "/example.greet", "/?a=1", "/?", "/%20", "/%", "/%FF", "/index.html", "/_", "/_x", "/__/", "/.", "/..", "/a/../b",
    "/a/functions.example.greet", "/x?functions.example.greet", "/" + "x" * 2000,
]  # fmt: skip

ORIGINS = [
    "http://localhost", "http://localhost:4200", "https://localhost:4200", "http://127.0.0.1:1", "http://[::1]:8080",
    "http://example.com", "https://localhost.example.com", "http://127.0.0.1.example.com", "null",
    "http://192.168.1.2",
]  # fmt: skip


def requests() -> list[Request]:
    """Returns the requests of this kind."""
    greet = call("protocol/greet", "example.greet")
    variants = [greet]

    def add(id: str, **changes: object) -> None:
        variants.append(dataclasses.replace(greet, id=f"protocol/{id}", **changes))

    plain = greet.headers
    for number, value in enumerate(CONTENT_TYPES):
        add(f"content-type-{number}", headers=(("Content-Type", value),))
    add("content-type-none", headers=())
    add("content-type-of-bad-body", headers=(("Content-Type", "text/plain"),), body=b"{")
    for method in ("PUT", "PATCH", "DELETE", "TRACE"):
        add(f"method-{method}", method=method)
        add(f"method-{method}-without-body", method=method, headers=(), body=b"")
        add(f"method-{method}-elsewhere", method=method, path="/elsewhere")
        add(f"method-{method}-with-origin", method=method, headers=(*plain, ("Origin", "http://localhost:4200")))
    for method in ("OPTIONS", "HEAD"):
        add(f"method-{method}", method=method, headers=(), body=b"")
        add(f"method-{method}-with-body", method=method)
        add(f"method-{method}-elsewhere", method=method, headers=(), body=b"", path="/elsewhere")
    add("method-GET", method="GET", headers=(), body=b"")
    add("method-GET-page", method="GET", headers=(("Accept", "text/html"),), body=b"")
    add("method-GET-with-body", method="GET")
    asked = (("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "content-type"))
    for number, origin in enumerate(ORIGINS):
        add(f"origin-{number}", headers=(*plain, ("Origin", origin)))
        add(f"origin-{number}-preflight", method="OPTIONS", headers=(("Origin", origin), *asked), body=b"")
        add(f"origin-{number}-unknown-function", headers=(*plain, ("Origin", origin)), body=b'{"name":"example.nope"}')
        add(f"origin-{number}-failing", headers=(*plain, ("Origin", origin)), body=b'{"name":"errs.boom"}')
    for number, path in enumerate(PATHS):
        add(f"path-{number}", path=path)
    for path in ("/_/", "/_/nothing", "/_/health/x"):
        add(f"path-of-ours{path}", path=path)
    for site in ("cross-site", "same-origin", "same-site", "none"):
        add(f"fetch-site-{site}", headers=(*plain, ("Sec-Fetch-Site", site)))
    for host in (
        "localhost",
        "LOCALHOST:80",
        "127.0.0.1:9999",
        "[::1]:80",
        "example.com",
        "localhost.example.com",
        "evil.test:8020",
    ):
        add(f"host-{host}", headers=(*plain, ("Host", host)))
    chunked = (*plain, ("Transfer-Encoding", "chunked"))
    add("chunked", headers=chunked)
    add("chunked-bad-body", headers=chunked, body=b"{")
    add("expect-continue", headers=(*plain, ("Expect", "100-continue")))
    add("many-headers", headers=(*plain, *((f"X-Number-{number}", "x") for number in range(60))))
    add("cookie", headers=(*plain, ("Cookie", "function=args.echo; a=b")))
    add("accept", headers=(*plain, ("Accept", "text/html")))
    add("accept-encoding", headers=(*plain, ("Accept-Encoding", "gzip, br")))
    add("authorization", headers=(*plain, ("Authorization", "signature 00")))
    return variants
