#!/usr/bin/env python3
"""Stands between a client and a server: relay.py PORTFILE TARGETPORT MODEFILE. What MODEFILE says when a client connects
happens to what the server sends: `pass`, `cut N` (the line breaks after N bytes), `stall N` (nothing comes after N bytes)."""
import os
import socket
import sys
import threading

portfile, target, modefile = sys.argv[1], int(sys.argv[2]), sys.argv[3]


def forward(source, sink, limit, stall):
    while True:
        data = source.recv(1 << 14)
        if not data:
            break
        if limit is not None and len(data) >= limit:
            sink.sendall(data[:limit])
            if stall:
                threading.Event().wait(60)
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
    threading.Thread(target=quiet, args=(client, server, None, False), daemon=True).start()
    quiet(server, client, limit, words[0] == "stall")


def quiet(*arguments):
    try:
        forward(*arguments)
    except OSError:
        pass


listener = socket.create_server(("127.0.0.1", 0))
with open(portfile + ".new", "w") as out:
    out.write(str(listener.getsockname()[1]))
os.rename(portfile + ".new", portfile)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
