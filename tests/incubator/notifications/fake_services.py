"""A server on this machine that stands for the robots' services, and a mailbox that refuses some."""

import json
import smtplib
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

from django.core.mail.backends.locmem import EmailBackend

ADDRESSES = {
    "wecom": "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=693a91f6-7xxx-secret-key",
    "dingtalk": "https://oapi.dingtalk.com/robot/send?access_token=0123456789abcdefsecret",
    "feishu": "https://open.feishu.cn/open-apis/bot/v2/hook/aaaa-bbbb-secret",
}
GOOD = {"errcode": 0, "errmsg": "ok", "code": 0, "msg": "success"}


class FakeServices:
    """``answers``: what the next requests get, the last one for ever: a dict (200 with it), a status, "hang", "drip",
    "redirect" or "text". ``requests``: what came: (path, query, JSON)."""

    def __init__(self):
        self.answers, self.requests, self.base = [GOOD], [], ""

    def next(self):
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]

    @property
    def texts(self):
        bodies = [body for _path, _query, body in self.requests]
        return [body["text"]["content"] if "text" in body else body["content"]["text"] for body in bodies]


@contextmanager
def serving():
    fake = FakeServices()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            parts = urlsplit(self.path)
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            fake.requests.append((parts.path, parse_qs(parts.query), body))
            answer = fake.next()
            if answer == "hang":
                time.sleep(3)
                return
            if answer == "drip":
                self.send_response(200)
                self.end_headers()
                for _byte in range(30):
                    self.wfile.write(b" ")
                    self.wfile.flush()
                    time.sleep(0.1)
                return
            status, headers, content = 200, {}, b""
            if answer == "redirect":
                status, headers = 302, {"Location": f"{fake.base}/elsewhere"}
            elif answer == "text":
                content = b"<html>hello</html>"
            elif isinstance(answer, int):
                status = answer
            else:
                content = json.dumps(answer).encode()
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *arguments):
            """Silent."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request, client_address):
            """A client that hung up is what these tests are about."""

    server = Server(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    fake.base = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()


class PickyBackend(EmailBackend):
    """Takes every letter but those to "nobody@…" (no such mailbox) and "busy@…" (later)."""

    def send_messages(self, letters):
        for letter in letters:
            for address in letter.to:
                if address.startswith("nobody@"):
                    raise smtplib.SMTPRecipientsRefused({address: (550, f"5.1.1 <{address}> unknown".encode())})
                if address.startswith("busy@"):
                    raise smtplib.SMTPRecipientsRefused({address: (450, b"4.2.1 mailbox busy")})
        return super().send_messages(letters)
