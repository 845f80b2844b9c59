#!/usr/bin/env python3
"""Ports of 127.0.0.1 for servers that cannot choose one themselves: ports.py FILE COUNT. FILE says which. Until this program
ends they stay bound, so nobody else is given one; a server that sets SO_REUSEADDR, as servers do, may listen there."""
import os
import signal
import socket
import sys

file, count = sys.argv[1], int(sys.argv[2])
held = []
for _ in range(count):
    one = socket.socket()
    one.bind(("127.0.0.1", 0))  # before the option: no other program's port, whatever options it set
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.append(one)
with open(file + ".new", "w") as out:
    print(*(one.getsockname()[1] for one in held), file=out)
os.rename(file + ".new", file)
signal.pause()
