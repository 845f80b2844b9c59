#!/usr/bin/env python3
"""A proxy that only knows CONNECT: proxy.py PORTFILE LOG. Each tunnel asked for is a line of LOG."""
import http.server
import os
import select
import socket
import sys

portfile, log = sys.argv[1:3]


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_CONNECT(self):
        with open(log, "a") as out:
            out.write(self.path + "\n")
        host, port = self.path.rsplit(":", 1)
        with socket.create_connection((host, int(port))) as other:
            self.send_response(200)
            self.end_headers()
            self.close_connection = True
            self.relay(other)

    def relay(self, other):
        to = {self.connection: other, other: self.connection}
        while True:
            for ready in select.select(list(to), [], [])[0]:
                data = ready.recv(1 << 16)
                if not data:
                    return
                to[ready].sendall(data)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(portfile + ".new", "w") as out:
    out.write(str(server.server_address[1]))
os.rename(portfile + ".new", portfile)
server.serve_forever()
