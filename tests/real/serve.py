#!/usr/bin/env python3
"""A server with the go.dev/dl layout: serve.py FOLDER PORTFILE [CUT]. The index answers at /?mode=json.
With CUT, an archive's connection is cut after that many bytes, and the server ends: it was killed in mid-download."""
import functools
import http.server
import os
import sys

folder, portfile = sys.argv[1:3]
cut = int(sys.argv[3]) if len(sys.argv) > 3 else None


class Handler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        if self.path.split("?")[0] == "/":
            self.path = "/index.json"
        if cut is None or self.path.endswith(".json"):
            return super().do_GET()
        path = os.path.join(folder, self.path.lstrip("/"))
        self.send_response(200)
        self.send_header("Content-Length", str(os.path.getsize(path)))
        self.end_headers()
        with open(path, "rb") as file:
            self.wfile.write(file.read(cut))
        self.wfile.flush()
        os._exit(0)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
with open(portfile + ".new", "w") as out:
    out.write(str(server.server_address[1]))
os.rename(portfile + ".new", portfile)
server.serve_forever()
