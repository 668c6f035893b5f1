#!/bin/sh
# @NAME@: written by Hopscope. Makes the lab on this machine's kernel, in namespaces of its own that end with this
# script, sends the lab's probes, and compares what they see with what Hopscope predicts.
# Needs root, unshare, iproute2, sysctl, ping and python3. Ends with 0 when all is as predicted, 1 when a probe was
# not, 2 when it cannot be run here.
if [ "$(id -u)" != 0 ]; then
  echo "cannot be run here: it needs root" >&2
  exit 2
fi
for program in unshare ip bridge sysctl ping python3; do
  if ! command -v "$program" >/dev/null; then
    echo "cannot be run here: $program is not installed" >&2
    exit 2
  fi
done
if [ -z "$HOPSCOPE_INSIDE" ]; then
  HOPSCOPE_INSIDE=yes exec unshare --net --mount --pid --fork --mount-proc --kill-child=KILL sh "$0"
fi
mount -t tmpfs hopscope /run && mkdir -p /run/netns || exit 2
set -e
failed=0
servers=0

within() {
  if [ "$1" = @host ]; then
    shift
    "$@"
  else
    space=$1
    shift
    ip netns exec "$space" "$@"
  fi
}

program() {
  if ! command -v "$1" >/dev/null; then
    echo "cannot be run here: $1 is not installed" >&2
    exit 2
  fi
}

need() {
  case "$1" in
    tun)
      if ip tuntap add dev hopscope-try mode tun 2>/dev/null; then
        ip link del hopscope-try
        return 0
      fi ;;
    wireguard)
      if ! command -v wg >/dev/null; then
        echo "cannot be run here: wg is not installed" >&2
        exit 2
      fi ;;
  esac
  words=
  case "$1" in
    vxlan) words="id 1 dstport 0" ;;
    geneve) words="id 1 remote 127.0.0.1" ;;
  esac
  if ! ip link add hopscope-try type "$1" $words 2>/dev/null; then
    case "$1" in
      macvlan) return 0 ;;
    esac
    echo "cannot be run here: this kernel has no devices of type $1" >&2
    exit 2
  fi
  ip link del hopscope-try
}

# The kernel's own defaults, whatever this machine's administrator has chosen.
defaults() {
  within "$1" sysctl -qw net.ipv4.ip_forward=0 net.ipv4.conf.all.rp_filter=0 net.ipv4.conf.default.rp_filter=0 \
    net.ipv4.conf.all.arp_ignore=0 net.ipv4.conf.default.arp_ignore=0 net.ipv4.conf.all.arp_announce=0 \
    net.ipv4.conf.default.arp_announce=0 net.ipv4.conf.all.proxy_arp=0 net.ipv4.icmp_echo_ignore_broadcasts=1
}

# A program that opens a tun or tap device and reads nothing, or carries its packets in UDP: SPACE DEVICE MODE [SOCKET NET=SOCKET...].
hold() {
  servers=$((servers + 1))
  place=$1
  shift
  within "$place" python3 /run/hopscope.py hold "/run/listening.$servers" "$@" </dev/null &
  waited=0
  while [ ! -e "/run/listening.$servers" ]; do
    waited=$((waited + 1))
    if [ $waited -gt 100 ]; then
      echo "cannot be run here: nobody can open $1 in $place" >&2
      exit 2
    fi
    sleep 0.1
  done
}

listen() {
  servers=$((servers + 1))
  within "$1" python3 /run/hopscope.py serve "$2" "$3" "$4" "$5" "/run/listening.$servers" </dev/null &
  waited=0
  while [ ! -e "/run/listening.$servers" ]; do
    waited=$((waited + 1))
    if [ $waited -gt 100 ]; then
      echo "cannot be run here: a server on port $3 in $1 does not start" >&2
      exit 2
    fi
    sleep 0.1
  done
}

expect() {
  name=$1
  predicted=$2
  space=$3
  shift 3
  if [ "$1" = ping ]; then
    seen=$(within "$space" "$@" 2>&1 | python3 /run/hopscope.py ping)
  else
    shift
    seen=$(within "$space" python3 /run/hopscope.py talk "$@")
  fi
  if [ "$seen" = "$predicted" ]; then
    echo "as predicted: $name: $seen"
  else
    echo "NOT as predicted: $name: predicted \"$predicted\", seen \"$seen\""
    failed=1
  fi
}

cat >/run/hopscope.py <<'PYTHON'
import errno, fcntl, os, re, socket, struct, sys, threading

WORDS = {errno.ECONNREFUSED: "refused", errno.EHOSTUNREACH: "host-unreachable", errno.ENETUNREACH: "net-unreachable",
         errno.EACCES: "prohibited", errno.EPERM: "prohibited", errno.EMSGSIZE: "frag-needed",
         errno.ENOPROTOOPT: "proto-unreachable", errno.EINVAL: "invalid", errno.EADDRNOTAVAIL: "no-such-address",
         errno.ECONNRESET: "reset"}


def family(address):
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def banner(label, peer, own):
    plain = lambda a: a[7:] if a.startswith("::ffff:") else a
    return ("%s %s %d %s %d" % (label, plain(peer[0]), peer[1], plain(own[0]), own[1])).encode()


def answer(conn, label):
    data = b""
    try:
        while True:
            if label and len(data) >= 12 and len(data) >= 12 + int(data[3:11]):
                conn.sendall(banner(label, conn.getpeername(), conn.getsockname()))
                break
            more = conn.recv(65536)
            if not more:
                break
            data += more
        conn.shutdown(socket.SHUT_WR)
        while conn.recv(65536):
            pass
    except OSError:
        pass
    conn.close()


def serve(transport, port, address, label, ready):
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    listeners = []
    for where in ["0.0.0.0", "::"] if address == "-" else [address]:
        try:
            listener = socket.socket(family(where), kind)
        except OSError:
            continue
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family(where) == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        elif transport == "udp":
            listener.setsockopt(socket.IPPROTO_IP, 8, 1)  # IP_PKTINFO
        listener.bind((where, int(port)))
        if transport == "tcp":
            listener.listen(128)
        listeners.append((listener, where))
    open(ready, "w").close()
    for listener, where in listeners[1:]:
        threading.Thread(target=attend, args=(listener, where, transport, port, label), daemon=True).start()
    attend(*listeners[0], transport, port, label)


def attend(listener, where, transport, port, label):
    while True:
        if transport == "tcp":
            threading.Thread(target=answer, args=(listener.accept()[0], label), daemon=True).start()
            continue
        data, extra, _, peer = listener.recvmsg(65536, 256)
        if not label:
            continue
        asked = where
        for level, name, value in extra:
            if level == socket.IPPROTO_IP and name == 8:
                asked = socket.inet_ntoa(value[4:8])
        text = banner(label, peer, (asked, int(port)))
        if family(where) == socket.AF_INET:
            info = struct.pack("@I4s4s", 0, socket.inet_aton(asked), b"\0" * 4)
            listener.sendmsg([text], [(socket.IPPROTO_IP, 8, info)], 0, peer)
        else:
            listener.sendto(text, peer)


def carry(device, local, rows):
    def number(address):
        return struct.unpack("!I", socket.inet_aton(address))[0]

    def socket_of(text):
        address, port = text.rsplit(":", 1)
        return address, int(port)

    def lowered(packet):
        if len(packet) < 20 or packet[0] >> 4 != 4 or packet[8] <= 1:
            return None
        changed = bytearray(packet)
        changed[8] -= 1
        total = struct.unpack("!H", changed[10:12])[0] + 0x100
        changed[10:12] = struct.pack("!H", (total & 0xffff) + (total >> 16))
        return bytes(changed)

    table = []
    for row in rows:
        net, hop = row.split("=")
        address, length = net.split("/")
        table.append((number(address), (0xffffffff << (32 - int(length))) & 0xffffffff, socket_of(hop)))
    outside = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    outside.setsockopt(socket.IPPROTO_IP, 10, 1)  # IP_MTU_DISCOVER, IP_PMTUDISC_WANT
    outside.bind(socket_of(local))

    def inward():
        while True:
            packet = lowered(outside.recv(65536))
            if packet:
                os.write(device, packet)

    def outward():
        while True:
            packet = os.read(device, 65536)
            hop = next((h for n, m, h in table if struct.unpack("!I", packet[16:20])[0] & m == n), None)
            packet = hop and lowered(packet)
            if packet:
                outside.sendto(packet, hop)

    for side in inward, outward:
        threading.Thread(target=side, daemon=True).start()


def hold(ready, name, mode, local=None, *rows):
    device = os.open("/dev/net/tun", os.O_RDWR)
    fcntl.ioctl(device, 0x400454CA, struct.pack("16sH", name.encode(), (1 if mode == "tun" else 2) | 0x1000))
    if local:
        carry(device, local, rows)
    open(ready, "w").close()
    threading.Event().wait()


def once(transport, to, port, source, source_port, size, wait, fragment):
    kind = socket.SOCK_STREAM if transport == "tcp" else socket.SOCK_DGRAM
    client = socket.socket(family(to), kind)
    client.settimeout(wait)
    connected = False
    try:
        if kind == socket.SOCK_DGRAM:
            client.setsockopt(socket.IPPROTO_IP, 11, 1)  # IP_RECVERR
        if fragment == "df":
            client.setsockopt(socket.IPPROTO_IP, 10, 2)  # IP_MTU_DISCOVER, IP_PMTUDISC_DO
        elif kind == socket.SOCK_DGRAM:
            client.setsockopt(socket.IPPROTO_IP, 10, 0)
        if source != "-" or source_port:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            client.bind(("" if source == "-" else source, source_port))
        client.connect((to, port))
        connected = kind == socket.SOCK_STREAM
        client.sendall(b"LAB%08d\n" % size + b"x" * size)
        text = client.recv(65536).decode()
        return "answered by " + text.rsplit(" ", 4)[0] if text else "closed"
    except socket.timeout:
        return "stalled" if connected else "timeout"
    except OSError as why:
        return WORDS.get(why.errno, "error %d" % why.errno)
    finally:
        client.close()


def ping(text):
    kinds = [("host-unreachable", r"Host Unreachable|No route to host"),
             ("net-unreachable", r"Net Unreachable|Network is unreachable"), ("ttl-exceeded", r"Time to live exceeded"),
             ("frag-needed", r"Frag needed|[Mm]essage too long"),
             ("prohibited", r"filtered|rohibited|not permitted|Permission denied"),
             ("port-unreachable", r"Port Unreachable"), ("invalid", r"Invalid argument"),
             ("no-such-address", r"Cannot assign")]
    got = re.search(r"(\d+) received", text)
    found = sorted((m.start(), kind) for kind, words in kinds for m in [re.search(words, text)] if m)
    return (got.group(1) if got else "0") + " received" + (", " + found[0][1] if found else "")


if sys.argv[1] == "serve":
    serve(*sys.argv[2:])
elif sys.argv[1] == "hold":
    hold(*sys.argv[2:])
elif sys.argv[1] == "ping":
    print(ping(sys.stdin.read()))
else:
    transport, to, port, count, source, source_port, size, wait, fragment = sys.argv[2:]
    print(", ".join(once(transport, to, int(port), source, int(source_port), int(size), float(wait), fragment)
                    for _ in range(int(count))))
PYTHON

defaults @host
@BUILD@
sleep @REST@
@PROBES@
exit $failed
