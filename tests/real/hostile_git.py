"""A git server that means no good, by git:// on loopback: hostile_git.py PORT_FILE MODE_FILE HEARD_FILE.

The first word of MODE_FILE says what a connection gets: `endless` references without an end; `many` references of no end of
names, within the bytes that are read; `bomb` a delta of 20 kB that stands for 1.5 GB; `drip` one byte a second of a list of
references; `drip-objects` of a pack; `rubbish` what is no packet; `rubbish-objects` a pack that is none. HEARD_FILE gets what
clients sent first."""

import hashlib
import os
import socket
import struct
import sys
import threading
import time
import zlib

COMMIT = b"1" * 40


def packet(text):
    return b"%04x" % (len(text) + 4) + text


def size_bytes(size):
    out = b""
    while True:
        out += bytes([size & 127 | (128 if size > 127 else 0)])
        size >>= 7
        if size == 0:
            return out


def entry(kind, size, rest):
    first, more = size & 15, size >> 4
    out = bytes([kind << 4 | first | (128 if more else 0)])
    return out + (size_bytes(more) if more else b"") + rest


def bomb():
    base = 16 << 20
    result = 1_500_000_000
    copies = b""
    left = result
    while left > 0:
        count = min(left, 0xFFFFFF)
        copies += b"\xf0" + struct.pack("<I", count)[:3]  # copy COUNT bytes from offset 0
        left -= count
    delta = size_bytes(base) + size_bytes(result) + copies
    zeros = zlib.compress(bytes(base), 9)
    first = entry(3, base, zeros)
    distance = len(first)
    offset = bytes([distance & 127])
    distance >>= 7
    while distance:
        distance -= 1
        offset = bytes([128 | distance & 127]) + offset
        distance >>= 7
    second = entry(6, len(delta), offset + zlib.compress(delta))
    pack = b"PACK" + struct.pack(">II", 2, 2) + first + second
    return pack + hashlib.sha1(pack).digest()


def references():
    return packet(COMMIT + b" HEAD\0ofs-delta symref=HEAD:refs/heads/main\n") + packet(COMMIT + b" refs/heads/main\n")


def drip(client, text):
    for byte in text:
        client.sendall(bytes([byte]))
        time.sleep(1)


def until_done(client):
    heard = b""
    while b"done" not in heard:
        came = client.recv(4096)
        if not came:
            return
        heard += came


def serve(client, mode):
    if mode == "endless":
        client.sendall(references())
        block = b"".join(packet(COMMIT + b" refs/heads/%08d\n" % n) for n in range(4000))
        while True:
            client.sendall(block)
    elif mode == "many":
        client.sendall(references() + b"".join(packet(COMMIT + b" refs/heads/%d\n" % n) for n in range(210_000)) + b"0000")
        time.sleep(600)
    elif mode == "drip":
        drip(client, references() * 1000)
    elif mode == "drip-http":
        client.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n")
        drip(client, b"[" + b" " * 10_000)
    elif mode == "rubbish":
        client.sendall(b"<html>no git here</html>" * 100)
        time.sleep(600)
    else:
        client.sendall(references() + b"0000")
        until_done(client)
        client.sendall(packet(b"NAK\n"))
        if mode == "bomb":
            client.sendall(bomb())
        elif mode == "rubbish-objects":
            client.sendall(b"no pack at all, whatever git may think" * 100)
        else:
            drip(client, bomb())
        time.sleep(600)


def answer(client, mode_file, heard_file):
    with client:
        heard = client.recv(4096)
        with open(heard_file, "ab") as file:
            file.write(heard + b"\n")
        with open(mode_file, encoding="ascii") as file:
            mode = file.read().split()[0]
        try:
            serve(client, mode)
        except OSError:
            pass


def main(port_file, mode_file, heard_file):
    server = socket.create_server(("127.0.0.1", 0))
    with open(port_file + ".new", "w", encoding="ascii") as file:
        file.write(str(server.getsockname()[1]))
    os.rename(port_file + ".new", port_file)
    while True:
        client, _ = server.accept()
        threading.Thread(target=answer, args=(client, mode_file, heard_file), daemon=True).start()


main(*sys.argv[1:])
