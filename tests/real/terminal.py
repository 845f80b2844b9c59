#!/usr/bin/env python3
"""A person at a terminal: terminal.py [--answer TEXT REPLY]... [--when TEXT N COMMAND] COMMAND...

Starts the command at a terminal of its own, writes REPLY each time TEXT appears, and runs the shell COMMAND, with the number of the started program in $CHILD, once TEXT
has appeared N times, before it replies. Prints what is said there, then `answers: N` for each TEXT; ends as the command does.
"""
import os
import pty
import select
import subprocess
import sys
import time

LONGEST = 300  # seconds; whoever waits longer waits for an answer that nobody gives

replies, events, arguments = {}, [], sys.argv[1:]
while arguments and arguments[0].startswith('--'):
    option = arguments.pop(0)
    if option == '--answer':
        text, reply = arguments.pop(0), arguments.pop(0)
        replies[text.encode()] = reply.encode()
    elif option == '--when':
        events.append([arguments.pop(0).encode(), int(arguments.pop(0)), arguments.pop(0)])
    else:
        sys.exit(f'terminal.py: {option}?')

# A shell leads the session: the program may die without the terminal's going.
child, terminal = pty.fork()
if child == 0:
    os.execv('/bin/sh', ['sh', '-c', '"$@"; exit $?', 'sh', *arguments])


def started():
    with open(f'/proc/{child}/task/{child}/children', encoding='ascii') as children:
        return children.read().split()[0]


said, answered = b'', {text: 0 for text in replies}
end = time.monotonic() + LONGEST
while True:
    if not select.select([terminal], [], [], max(0, end - time.monotonic()))[0]:
        sys.exit('terminal.py: still waiting behind: ' + said.decode(errors='replace')[-500:])
    try:
        more = os.read(terminal, 65536)
    except OSError:  # Linux says so when the last one closes it
        more = b''
    if not more:
        break
    said += more
    for event in list(events):
        if said.count(event[0]) >= event[1]:
            events.remove(event)
            subprocess.run(['/bin/sh', '-c', event[2]], env={**os.environ, 'CHILD': started()}, check=True)
    for text, reply in replies.items():
        while said.count(text) > answered[text]:
            os.write(terminal, reply + b'\n')
            answered[text] += 1
status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
sys.stdout.write(said.decode(errors='replace').replace('\r\n', '\n'))
for text, count in answered.items():
    print(f'answers to {text.decode()}: {count}')
sys.exit(status if status >= 0 else 128 - status)
