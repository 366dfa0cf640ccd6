"""A small OpenID Connect provider, a process of its own: discovery, authorization with PKCE, token, signed identity.

Run as `python -m tests.support.identity_provider`; prints its port. Nobody types anything: `as=<sub>` in the address of
authorization says who is signed in there, `wrong=issuer|audience|late|code|refused` makes one thing false.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import subprocess
import sys
import time
from typing import Any
from urllib.parse import parse_qs, urlencode
from wsgiref.simple_server import WSGIRequestHandler, make_server

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "portail", "secret-du-portail"


class Provider:
    """The process, from the side of a test."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.identity_provider"], stdout=subprocess.PIPE, text=True
        )
        self.url = f"http://127.0.0.1:{int(self._process.stdout.readline())}"

    def stop(self) -> None:
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()


class _Server:
    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.codes: dict[str, dict[str, str]] = {}
        self.issuer = ""

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        asked = {name: values[0] for name, values in parse_qs(environ["QUERY_STRING"]).items()}
        if environ["REQUEST_METHOD"] == "POST":
            body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])).decode()
            asked |= {name: values[0] for name, values in parse_qs(body).items()}
        status, headers, answer = self.answer(environ["PATH_INFO"], asked)
        start_response(status, [("Content-Type", "application/json"), *headers])
        return [json.dumps(answer).encode()]

    def answer(self, path: str, asked: dict[str, str]) -> tuple[str, list[tuple[str, str]], Any]:
        match path:
            case "/.well-known/openid-configuration":
                names = {"authorization": "/authorize", "token": "/token", "userinfo": "/userinfo"}
                addresses = {f"{name}_endpoint": self.issuer + place for name, place in names.items()}
                methods = {"token_endpoint_auth_methods_supported": ["client_secret_post"]}
                return "200 OK", [], {"issuer": self.issuer, "jwks_uri": f"{self.issuer}/keys", **addresses, **methods}
            case "/keys":
                public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
                return "200 OK", [], {"keys": [public | {"kid": "1", "alg": "RS256", "use": "sig"}]}
            case "/authorize":
                return self.authorize(asked)
            case "/token":
                return self.token(asked)
        return "404 Not Found", [], {}

    def authorize(self, asked: dict[str, str]) -> tuple[str, list[tuple[str, str]], Any]:
        assert asked["client_id"] == CLIENT
        assert asked["response_type"] == "code"
        assert asked["scope"] == "openid", asked["scope"]
        assert asked["code_challenge_method"] == "S256"
        if asked.get("wrong") == "refused":
            back = {"error": "access_denied"}
        else:
            back = {"code": secrets.token_urlsafe()}
            self.codes[back["code"]] = asked
        target = f"{asked['redirect_uri']}?{urlencode({**back, 'state': asked['state']})}"
        return "302 Found", [("Location", target)], {}

    def token(self, asked: dict[str, str]) -> tuple[str, list[tuple[str, str]], Any]:
        given = self.codes.pop(asked["code"], None)
        if given is None or given.get("wrong") == "code":
            return "400 Bad Request", [], {"error": "invalid_grant"}
        digest = hashlib.sha256(asked["code_verifier"].encode()).digest()
        proved = base64.urlsafe_b64encode(digest).rstrip(b"=").decode() == given["code_challenge"]
        known = (asked["client_id"], asked["client_secret"], asked["redirect_uri"])
        if not proved or known != (CLIENT, SECRET, given["redirect_uri"]):
            return "401 Unauthorized", [], {"error": "invalid_client"}
        wrong, now = given.get("wrong"), int(time.time())
        claims = {
            "iss": "http://ailleurs.example" if wrong == "issuer" else self.issuer,
            "aud": "un-autre" if wrong == "audience" else CLIENT,
            "sub": given["as"],
            "iat": now - 600 if wrong == "late" else now,
            "exp": now - 300 if wrong == "late" else now + 300,
            "email": given.get("email", ""),
            "email_verified": True,
        }
        token = jwt.encode(claims, self.key, algorithm="RS256", headers={"kid": "1"})
        return "200 OK", [], {"access_token": secrets.token_urlsafe(), "token_type": "Bearer", "id_token": token}


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


def main() -> None:
    provider = _Server()
    server = make_server("127.0.0.1", 0, provider, handler_class=_Quiet)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    sys.stdout.write(f"{server.server_port}\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    main()
