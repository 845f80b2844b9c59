#!/usr/bin/env python3
"""Stands between a client and a server: relay.py PORTFILE TARGETPORT MODEFILE SILENTFILE. What MODEFILE says when a client
connects happens to what the server sends: `pass`, `cut N` (the line breaks after N bytes), `stall N` (nothing comes after N
bytes, until the client goes; SILENTFILE says N from then on)."""
import os
import socket
import sys
import threading

portfile, target, modefile, silentfile = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]


def put(path, text):
    with open(path + ".new", "w") as out:
        out.write(text)
    os.rename(path + ".new", path)


def forward(source, sink, limit=None, at_limit=None):
    while data := source.recv(1 << 14):
        if limit is not None and len(data) >= limit:
            sink.sendall(data[:limit])
            at_limit()
            break
        if limit is not None:
            limit -= len(data)
        sink.sendall(data)
    for end in (source, sink):
        try:
            end.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass


def serve(client):
    words = open(modefile).read().split()
    limit = int(words[1]) if len(words) > 1 else None
    server = socket.create_connection(("127.0.0.1", target))
    gone = threading.Event()

    def listen():
        quiet(client, server)
        gone.set()

    def be_silent():
        put(silentfile, f"{limit}\n")
        gone.wait()

    threading.Thread(target=listen, daemon=True).start()
    quiet(server, client, limit, be_silent if words[0] == "stall" else lambda: None)


def quiet(*arguments):
    try:
        forward(*arguments)
    except OSError:
        pass


listener = socket.create_server(("127.0.0.1", 0))
put(portfile, str(listener.getsockname()[1]))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
