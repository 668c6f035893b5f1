#!/usr/bin/env python3
"""Asks the real iptables how it lists every rule that it takes, and writes list-truth.tsv.

The rules are those of lines.txt, each alone in its chain. Of each is written: the rule, what `iptables -nvL` and what
`iptables -L` says of it (without counters; several rules are parted by ` ;; `). Needs root; everything runs in the private
namespaces of kernel_run.py.
"""
import pathlib
import re
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
sys.path.insert(0, str(HERE.parent))
from kernel_run import run_isolated  # noqa: E402
from record import SETS  # noqa: E402

AT_ONCE = 400


def taken():
    """-> (place, rule) of every line; the machine's own names for addresses and users are left out"""
    place = ""
    for line in (HERE / "truth.tsv").read_text().splitlines():
        if line.startswith(":"):
            place = line
        elif line.startswith("0\t") and not re.search("localhost|cloudsdk|-owner 1000", line):
            yield place, line.split("\t")[1]


def script(rules):
    lines = ["ipset create " + words for words in SETS]
    for place, rule in rules:
        family, table, chain = place[1:].split()
        program = ("iptables" if family == "4" else "ip6tables") + " -t " + table
        lines += [program + " -F", program + " -N user", "%s -A %s %s" % (program, chain, rule),
                  "%s -nvL %s" % (program, chain), "%s -L %s" % (program, chain), program + " -F"]
    return "\n".join(lines) + "\n"


def listed(result):
    lines = [re.sub(r"<([0-9a-f:]{17})>", r"\1", l) for l in result["out"][2:]]
    return " ;; ".join(re.sub(r"^\s*\S+\s+\S+ ", "", l) if "-nvL" in result["cmd"] else l for l in lines)


def main():
    rules, out, last = list(taken()), [], ""
    for at in range(0, len(rules), AT_ONCE):
        some = rules[at:at + AT_ONCE]
        with tempfile.NamedTemporaryFile("w", suffix=".lab") as lab:
            lab.write(script(some))
            lab.flush()
            results = run_isolated(lab.name)["results"]
        for i, (place, rule) in enumerate(some):
            numbers, names = results[len(SETS) + 6 * i + 3], results[len(SETS) + 6 * i + 4]
            if place != last:
                out.append(place)
                last = place
            out.append("%s\t%s\t%s" % (rule, listed(numbers), listed(names)))
    (HERE / "list-truth.tsv").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
