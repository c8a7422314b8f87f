"""Servers on this machine for tests of fetching: one that answers anything, and one that only counts who comes."""

import contextlib
import socket
import socketserver
import ssl
import threading

LOOPBACK = "127.0.0.1"
OTHER_LOOPBACK = "127.0.0.2"
_LISTENING = (LOOPBACK, OTHER_LOOPBACK, "::1")


def response(body=b"", *, status="200 OK", **headers):
    """Return the bytes of a usual response. Names of headers have _ for -."""
    told = {"Content_Type": "text/html; charset=utf-8", "Content_Length": len(body), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in told.items() if value is not None]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode() + body


def redirect(location, status="302 Found", **headers):
    return response(b"Moved.", status=status, Location=location, **headers)


class TestServer:
    """Answers each path with the bytes, or by the function, that stand in `answers`, and keeps what it was asked.

    A function gets the connection, and an event that is set when the server closes, for waiting on.
    """

    __test__ = False

    def __init__(self, address=LOOPBACK, tls=None):
        self.answers = {}
        self.requests = []
        self.over = threading.Event()
        self._tls = tls
        self._server = _Server((address, 0), self._handler())
        self.address, self.port = self._server.server_address[:2]
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()

    def url(self, path="/", host="site.example"):
        return f"{'https' if self._tls else 'http'}://{host}:{self.port}{path}"

    @property
    def pair(self):
        """Address and port, as a guard takes them."""
        return self.address, self.port

    def close(self):
        self.over.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def _handler(self):
        server = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self):
                with contextlib.suppress(OSError):  # The other side may have had enough.
                    server._answer(self.request)

        return Handler

    def _answer(self, connection):
        if self._tls:
            connection = self._tls.wrap_socket(connection, server_side=True)
        with connection:
            request = b""
            while b"\r\n\r\n" not in request:
                more = connection.recv(65536)
                if not more:
                    return
                request += more
            self.requests.append(request.decode())
            path = request.split(b" ")[1].decode()
            answer = self.answers.get(path, response(b"Nothing here.", status="404 Not Found"))
            if callable(answer):
                answer(connection, self.over)
            else:
                connection.sendall(answer)
            if self._tls:
                connection.unwrap()


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = False


class CountingListener:
    """Listens at several loopback addresses, all at one port, and counts the connections that were made."""

    def __init__(self):
        self._sockets = []
        self.port = 0
        for address in _LISTENING:
            family = socket.AF_INET6 if ":" in address else socket.AF_INET
            with contextlib.suppress(OSError):  # Not every machine speaks IPv6.
                listening = socket.create_server((address, self.port), family=family, backlog=100)
                listening.setblocking(False)
                self.port = listening.getsockname()[1]
                self._sockets.append(listening)

    @property
    def addresses(self):
        return [listening.getsockname()[0] for listening in self._sockets]

    def count(self):
        """Return how many connections were made since the last time. The system makes them before anybody accepts."""
        made = 0
        for listening in self._sockets:
            with contextlib.suppress(BlockingIOError):
                while True:
                    listening.accept()[0].close()
                    made += 1
        return made

    def close(self):
        for listening in self._sockets:
            listening.close()


def server_tls(certificate):
    """Return what makes a server speak TLS with this certificate of trustme."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(context)
    return context
