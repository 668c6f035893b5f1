#!/usr/bin/env python3
"""Asks the real iptables about every rule of lines.txt, one at a time, and writes truth.tsv.

A line `:FAMILY TABLE CHAIN` says where the rules below it are appended; a chain `user` is there, too. Of each rule is
written: the exit status, the rule, what `iptables -S` prints of it (several are parted by ` ;; `), and the first line of
what was complained about. The sets of SETS are there. Run as root, in namespaces of its own:

    unshare -n -m bash -c 'mount -t tmpfs none /run && python3 record.py'
"""
import pathlib
import shlex
import subprocess

HERE = pathlib.Path(__file__).parent
SETS = ("blue hash:ip", "green hash:net timeout 60", "red hash:ip,port", "blue6 hash:ip family inet6")


def run(*words):
    return subprocess.run(words, capture_output=True, text=True)


def main():
    out = []
    program = table = chain = ""
    for words in SETS:
        run("ipset", "create", *words.split())
    for line in (HERE / "lines.txt").read_text().splitlines():
        if line.startswith(":"):
            family, table, chain = line[1:].split()
            program = "iptables" if family == "4" else "ip6tables"
            run(program, "-t", table, "-N", "user")
            out.append(line)
            continue
        run(program, "-t", table, "-F")
        done = run(program, "-t", table, "-A", chain, *shlex.split(line))
        begin = "-A " + chain
        saved = [l[len(begin):].strip() for l in run(program, "-t", table, "-S", chain).stdout.splitlines()
                 if l.startswith("-A ")]
        said = done.stderr.strip().splitlines()
        out.append("%d\t%s\t%s\t%s" % (done.returncode, line, " ;; ".join(saved), said[0] if said else ""))
    (HERE / "truth.tsv").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
