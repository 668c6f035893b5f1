#!/usr/bin/env python3
"""Runs every script of scripts.txt with the real plugins of CNI and writes truth.txt.

A line `== NAME` begins a script; each other line is a command of bash that the product's shell understands too. Of each
command its exit status and its standard output are kept. Hardware addresses and the names of veth ends, which are drawn at
random, are numbered as they appear; numbers of interfaces and lengths of queues, which version 1.1.1 of the plugins sets to 0
and later ones do not, are left out. Needs Debian's containernetworking-plugins,
unpacked anywhere. Run as root; each script gets namespaces of its own, which end with it:

    python3 record.py /usr/lib/cni
"""
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent


def plain(text, seen):
    def number(kind):
        def replaced(match):
            names = seen.setdefault(kind, [])
            if match.group() not in names:
                names.append(match.group())
            return "%s%d" % (kind, names.index(match.group()) + 1)
        return replaced
    text = re.sub(r"(?<!ether )(?<!brd )\b(?!ff:ff|00:00:00:00:00:00)[0-9a-f]{2}(:[0-9a-f]{2}){5}\b", number("MAC"), text)
    text = re.sub(r"(?<=ether )[0-9a-f]{2}(:[0-9a-f]{2}){5}", number("MAC"), text)
    text = re.sub(r"\bveth[0-9a-f]{8}\b", number("VETH"), text)
    text = re.sub(r"( qlen \d+| (?= link-netns)|(?<=default) $)", "", text, flags=re.M)
    return re.sub(r"@if\d+", "@if", re.sub(r"(?m)^\d+: ", "N: ", text))


def run(lines, plugins):
    with tempfile.TemporaryDirectory() as folder:
        script = ["mount -t tmpfs none /opt", "mkdir -p /opt/cni/bin", "mount --bind %s /opt/cni/bin" % plugins,
                  "mount -t tmpfs none /run", "mkdir -p /run/netns", "mount -t tmpfs none /var/lib", "mount -t tmpfs none /root",
                  "cd /root; unset PREV; ip link set lo up"]
        for i, line in enumerate(lines):
            script.append("{ %s\n} >%s/%d.out 2>%s/%d.err; echo $? >%s/%d.rc" % (line, folder, i, folder, i, folder, i))
        (pathlib.Path(folder) / "all.sh").write_text("\n".join(script) + "\n")
        subprocess.run(["unshare", "--net", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child=KILL", "bash",
                        folder + "/all.sh"], timeout=120, check=True)
        seen = {}
        read = lambda i, what: (pathlib.Path(folder) / ("%d.%s" % (i, what))).read_text()
        return [(int(read(i, "rc")), plain(read(i, "out").replace("\r", ""), seen)) for i in range(len(lines))]


def main():
    out = []
    scripts = []
    for line in (HERE / "scripts.txt").read_text().splitlines():
        if line.startswith("== "):
            scripts.append((line, []))
        elif line and not line.startswith("#"):
            scripts[-1][1].append(line)
    for name, lines in scripts:
        out.append(name)
        for line, (status, text) in zip(lines, run(lines, sys.argv[1])):
            out.append("$ " + line)
            out.extend("| " + l for l in text.splitlines())
            out.append("= %d" % status)
    (HERE / "truth.txt").write_text("\n".join(out) + "\n")
    print("%d scripts, %d commands" % (len(scripts), sum(len(l) for _, l in scripts)))


if __name__ == "__main__":
    main()
