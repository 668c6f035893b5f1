#!/usr/bin/env python3
"""Asks Debian's Open vSwitch what it does with the commands of cases/*.ovs, and writes truth/*.txt.

The switch runs in a folder of its own with its dummy datapath (--disable-system --enable-dummy): nothing of the machine's
network is touched. Needs the package openvswitch-switch. Each line of a case is a command; a port without a type is a
dummy. What differs from run to run is left out: times, Megaflow lines, and the datapath's own numbers, for which the
names of the ports stand.
"""
import pathlib
import re
import shlex
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).parent
SCHEMA = "/usr/share/openvswitch/vswitch.ovsschema"


class Switch:
    def __init__(self, folder):
        self.folder = folder
        self.env = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "OVS_RUNDIR": folder, "OVS_LOGDIR": folder,
                    "OVS_DBDIR": folder, "OVS_SYSCONFDIR": folder}
        self.db = f"--db=unix:{folder}/db.sock"
        self.run("ovsdb-tool", "create", f"{folder}/conf.db", SCHEMA)
        self.run("ovsdb-server", f"--remote=punix:{folder}/db.sock", f"--pidfile={folder}/db.pid", "--detach",
                 "--no-chdir", f"--log-file={folder}/db.log", f"{folder}/conf.db")
        self.run("ovs-vsctl", self.db, "--no-wait", "init")
        self.run("ovs-vswitchd", f"unix:{folder}/db.sock", "--enable-dummy=override", "--disable-system",
                 "--disable-system-route", f"--pidfile={folder}/vs.pid", "--detach", "--no-chdir",
                 f"--log-file={folder}/vs.log", f"--unixctl={folder}/vs.ctl")

    def run(self, *words, text=None):
        return subprocess.run(words, env=self.env, capture_output=True, text=True, timeout=20, input=text)

    def command(self, line):
        words = shlex.split(line)
        if words[0] == "ovs-vsctl":
            words = ["ovs-vsctl", self.db] + self.dummies(words[1:])
        elif words[0] == "ovs-appctl":
            words = ["ovs-appctl", "-t", f"{self.folder}/vs.ctl"] + words[1:]
        done = self.run(*words)
        return done.returncode, (done.stdout + done.stderr).splitlines()

    @staticmethod
    def dummies(words):
        """A bridge has the dummy datapath, a port without a type is a dummy."""
        out, parts = [], " ".join(words).split(" -- ")
        typed = " ".join(words)
        for part in parts:
            out.append(part)
            bits = [w for w in part.split() if not w.startswith("--")]
            if bits and bits[0] == "add-br" and len(bits) == 2:
                out.append(f"set bridge {bits[1]} datapath_type=dummy")
            if bits and bits[0] == "add-port" and len(bits) > 2 and f"interface {bits[2]} type=" not in typed:
                out.append(f"set interface {bits[2]} type=dummy")
        return " -- ".join(out).split(" ")

    def names(self):
        found = {}
        for line in self.command("ovs-appctl dpif/show")[1]:
            match = re.match(r"\s+(\S+) \d+/(\d+):", line)
            if match:
                found[match.group(2)] = match.group(1)
        return found

    def end(self):
        self.run("ovs-appctl", "-t", f"{self.folder}/vs.ctl", "exit")
        for line in pathlib.Path(self.folder, "db.pid").read_text().split():
            subprocess.run(["kill", line], check=False)


def normal(switch, lines):
    out = []
    for line in lines:
        if line.startswith("Megaflow:") or line.strip().startswith("datapath_type:"):
            continue
        if line.startswith("Datapath actions: "):
            names = switch.names()
            line = "Datapath actions: " + ",".join(names.get(t, t) for t in line[18:].split(","))
        line = re.sub(r"duration=[0-9.]+s, |, idle_age=\d+|\(xid=0x[0-9a-f]+\)|/[^ ]*/vs.ctl", "", line)
        line = re.sub(r"^( +\S+ +\d+  [0-9a-f:]{17}) +\d+$", r"\1", line)
        out.append(line)
    return out


def main():
    for case in sorted((HERE / "cases").glob("*.ovs")):
        if len(sys.argv) > 1 and case.stem not in sys.argv[1:]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            switch = Switch(folder)
            try:
                text = []
                for line in case.read_text().splitlines():
                    line = line.split("#")[0].strip()
                    if line:
                        status, lines = switch.command(line)
                        text += [f"$ {line}", f"? {status}"] + ["  " + l for l in normal(switch, lines)]
                (HERE / "truth" / f"{case.stem}.txt").write_text("\n".join(text) + "\n")
            finally:
                switch.end()
        print(case.stem)


if __name__ == "__main__":
    main()
