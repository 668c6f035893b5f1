#!/usr/bin/env python3
"""Asks the real nft about every rule of nft-lines.txt, one at a time, and writes nft-truth.tsv.

A line `:FAMILY HOOK [nat]` says in what base chain the rules below it stand; `any` is ip and inet. Of each rule is written:
the family, the hook, the type of the chain, the exit status, the rule, what `nft list chain` prints of it, and the first line of
what was complained about. Run as root, in a network of its own:

    unshare -n python3 record_nft.py
"""
import pathlib
import subprocess

HERE = pathlib.Path(__file__).parent
PRIORITY = {"prerouting": "-100", "postrouting": "100"}


def nft(*words):
    return subprocess.run(("nft",) + words, capture_output=True, text=True)


def ask(family, hook, kind, line):
    nft("flush ruleset")
    nft("add table %s t; add chain %s t c { type %s hook %s priority %s; }"
        % (family, family, kind, hook, PRIORITY.get(hook, "0")))
    done = nft("add rule %s t c %s" % (family, line))
    listed = [l.strip() for l in nft("list", "chain", family, "t", "c").stdout.splitlines() if l.startswith("\t\t")][1:]
    said = done.stderr.strip().splitlines()
    return "\t".join([family, hook, kind, str(done.returncode), line, " ;; ".join(listed), said[0] if said else ""])


def main():
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    out = []
    families, hook, kind = [], "", ""
    for line in (HERE / "nft-lines.txt").read_text().splitlines():
        if line.startswith(":"):
            words = line[1:].split()
            families = ["ip", "inet"] if words[0] == "any" else [words[0]]
            hook, kind = words[1], words[2] if len(words) > 2 else "filter"
            continue
        out += [ask(family, hook, kind, line) for family in families]
    (HERE / "nft-truth.tsv").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
