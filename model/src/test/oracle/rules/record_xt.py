#!/usr/bin/env python3
"""Asks the real nft how it shows what iptables wrote, rule by rule, and writes xt-truth.tsv.

The rules are those of lines.txt that iptables takes, and those of xt-lines.txt. Each stands alone in its chain. Of each is
written: the rule, whether nft warns of a table that is managed by iptables-nft, and what `nft list chain` prints (several rules
are parted by ` ;; `); a line `:FAMILY TABLE CHAIN` says where those below it stand. Needs root; everything runs in the private
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


def taken():
    """-> (place, rule) of every line; a place that iptables refuses comes out without rules"""
    place = ""
    for line in (HERE / "truth.tsv").read_text().splitlines():
        if line.startswith(":"):
            place = line
        elif line.startswith("0\t") and "localhost" not in line:
            yield place, line.split("\t")[1]
    for line in (HERE / "xt-lines.txt").read_text().splitlines():
        if line.startswith(":"):
            place = line
        elif line:
            yield place, line


def script(rules):
    lines = ["ipset create " + words for words in SETS] + ["nft add table ip x"]
    for place, rule in rules:
        family, table, chain = place[1:].split()
        program, nft = ("iptables", "ip") if family == "4" else ("ip6tables", "ip6")
        lines += ["nft flush ruleset", "%s -t %s -N user" % (program, table),
                  "%s -t %s -A %s %s" % (program, table, chain, rule), "nft list chain %s %s %s" % (nft, table, chain)]
    return "\n".join(lines) + "\n"


def listed(result):
    lines = [l[2:] for l in result["out"] if l.startswith("\t\t") and not l.startswith("\t\ttype ")]
    return re.sub(r"<([0-9a-f:]{17})>", r"\1", " ;; ".join(lines))


def main():
    rules = list(taken())
    with tempfile.NamedTemporaryFile("w", suffix=".lab") as lab:
        lab.write(script(rules))
        lab.flush()
        results = run_isolated(lab.name)["results"]
    out, last = [], ""
    for i, (place, rule) in enumerate(rules):
        made, shown = results[len(SETS) + 4 * i + 3], results[len(SETS) + 4 * i + 4]
        if made["rc"] != 0:
            print("refused: %s %s: %s" % (place, rule, made["err"]))
            continue
        if place != last:
            out.append(place)
            last = place
        warned = any("managed by iptables-nft" in l for l in shown["err"])
        out.append("%s\t%d\t%s" % (rule, warned, listed(shown)))
        if [l for l in shown["err"] if "managed by" not in l]:
            print(rule, shown["err"])
    (HERE / "xt-truth.tsv").write_text("\n".join(out) + "\n")


if __name__ == "__main__":
    main()
