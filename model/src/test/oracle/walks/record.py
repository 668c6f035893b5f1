#!/usr/bin/env python3
"""Asks the kernel how packets walk through the rules of labs.txt, and writes truth.txt: the events of `-j TRACE`.

All labs have the same three machines: a and b, and r between them, whose rules are looked at (SETUP). In labs.txt a line
`= NAME` begins a lab; lines with `iptables` are done on r; a line `ping|udp|tcp FROM ADDRESS [PORT]` sends something.
Events are written as `table:chain:rule:NUMBER:VERDICT`, `table:chain:return:` and `table:chain:policy:VERDICT`, with the
rule's number where the kernel tells its handle. Needs nft for these. Run as root:

    unshare -n -m --pid --fork --mount-proc python3 record.py [NAME...]
"""
import pathlib
import re
import shlex
import signal
import subprocess
import sys
import time

HERE = pathlib.Path(__file__).parent
SETUP = (HERE / "setup.txt").read_text().splitlines()
CLIENT = """
import socket, sys
s = socket.socket(socket.AF_INET6 if ':' in sys.argv[2] else socket.AF_INET,
                  socket.SOCK_STREAM if sys.argv[1] == 'tcp' else socket.SOCK_DGRAM)
s.settimeout(0.4)
try:
    s.connect((sys.argv[2], int(sys.argv[3])))
    s.send(b'LAB00000000\\n')
    s.recv(100)
except OSError:
    pass
"""


def run(*words, check=False):
    return subprocess.run(words, capture_output=True, text=True, check=check)


def numbers():
    """(table, chain, handle) -> number of the rule in its chain."""
    found = {}
    for family in ("ip", "ip6"):
        for table in ("raw", "mangle", "nat", "filter", "security"):
            chain, count = "", 0
            for line in run("ip", "netns", "exec", "r", "nft", "-a", "list", "table", family, table).stdout.splitlines():
                begin = re.match(r"\tchain (\S+) ", line)
                handle = re.search(r"# handle (\d+)$", line)
                if begin:
                    chain, count = begin.group(1), 0
                elif line.startswith("\t\t") and handle:
                    count += 1
                    found[family, table, chain, int(handle.group(1))] = count
    return found


def event(line, known):
    family = {"2": "ip", "10": "ip6"}
    got = re.match(r" TRACE: (\d+) \w+ (\w+):(\S+?):(rule|return|policy):(?:0x(\w+):)?(\S*)", line)
    if not got:
        return None
    number, table, chain, kind, handle, verdict = got.groups()
    verdict = {"0xfffffffb": "RETURN"}.get(verdict, verdict)
    verdict = re.sub(r"^0x[0-9a-f]+03$", "QUEUE", verdict)
    if kind == "rule":
        return "%s:%s:rule:%d:%s" % (table, chain, known[family[number], table, chain, int(handle, 16)], verdict)
    return "%s:%s:%s:%s" % (table, chain, kind, verdict)


def events(text, known, together):
    """In order; what REJECT and TEE send is told before their rule is, so there all of one packet is put together."""
    found = [(re.match(r" TRACE: \d+ (\w+)", l), event(l, known)) for l in text.splitlines()]
    found = [(m.group(1), e) for m, e in found if e]
    if together:
        first = {}
        for i, (packet, _) in enumerate(found):
            first.setdefault(packet, i)
        found.sort(key=lambda f: first[f[0]])
    return [e for _, e in found]


def lab(name, lines, out):
    for line in SETUP:
        run(*shlex.split(line), check=True)
    out.append("= " + name)
    for line in lines:
        words = shlex.split(line)
        if words[0] in ("ping", "udp", "tcp"):
            known = numbers()
            watch = subprocess.Popen(["ip", "netns", "exec", "r", "xtables-monitor", "-t"], stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL, text=True)
            time.sleep(0.25)
            send = (["ping", "-c1", "-W1", "-n", words[2]] if words[0] == "ping"
                    else [sys.executable, "-c", CLIENT, words[0], words[2], words[3]])
            run("ip", "netns", "exec", words[1], *send)
            time.sleep(0.25)
            watch.send_signal(signal.SIGINT)
            try:
                text = watch.communicate(timeout=2)[0]
            except subprocess.TimeoutExpired:
                watch.kill()
                text = watch.communicate()[0]
            out.append(line)
            out += ["  " + e for e in events(text, known, "reject" in name or "tee" in name)]
        else:
            done = run("ip", "netns", "exec", "r", *words)
            if done.returncode:
                raise SystemExit("%s: %s: %s" % (name, line, done.stderr))
            out.append(line)
    for netns in ("a", "b", "r"):
        run("ip", "netns", "del", netns, check=True)


def main():
    run("mount", "-t", "tmpfs", "none", "/run", check=True)
    labs = {}
    for line in (HERE / "labs.txt").read_text().splitlines():
        if line.startswith("= "):
            labs[line[2:]] = lines = []
        elif line:
            lines.append(line)
    out = []
    for name, lines in labs.items():
        if not sys.argv[1:] or name in sys.argv[1:]:
            lab(name, lines, out)
    if sys.argv[1:]:
        print("\n".join(out))
    else:
        (HERE / "truth.txt").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
