#!/usr/bin/env python3
"""git's own smart HTTP without TLS: git_http.py PORTFILE FOLDER HOOK [HEARD]. If the program HOOK is there it runs between the list
of references and the objects: a server whose references change meanwhile. While the file HOOK.closed is there, connections
are closed as if nobody listened; else each request is a line of the file HEARD."""
import http.server
import os
import subprocess
import sys

portfile, folder, hook = sys.argv[1:4]
heard = sys.argv[4] if len(sys.argv) > 4 else os.devnull
backend = os.path.join(subprocess.check_output(["git", "--exec-path"], text=True).strip(), "git-http-backend")


class Handler(http.server.BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if os.access(hook, os.X_OK):
            subprocess.run([hook], check=True)
        self.answer(body)

    def answer(self, body):
        if os.path.exists(hook + ".closed"):
            self.close_connection = True
            return
        with open(heard, "a") as out:
            out.write(f"{self.command} {self.path} {self.headers.get('Authorization', '')}\n")
        path, _, query = self.path.partition("?")
        environment = dict(os.environ, GIT_PROJECT_ROOT=folder, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path, QUERY_STRING=query,
                           REQUEST_METHOD=self.command, CONTENT_TYPE=self.headers.get("Content-Type", ""),
                           CONTENT_LENGTH=str(len(body)), HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""))
        said = subprocess.run([backend], input=body, env=environment, stdout=subprocess.PIPE, check=False).stdout
        head, _, rest = said.partition(b"\r\n\r\n")
        lines = [line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line]
        self.send_response(int(dict(lines).get("Status", "200").split()[0]))
        for name, value in lines:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(rest)))
        self.end_headers()
        self.wfile.write(rest)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
with open(portfile + ".new", "w") as out:
    out.write(str(server.server_address[1]))
os.rename(portfile + ".new", portfile)
server.serve_forever()
