package org.hopscope.app.desktop.frame;

/** Scripts of the labs that more than one screen shows. */
final class Scripts {
  /** Two machines with a pod each, joined by VXLAN. */
  static final String OVERLAY = Studio.script("D3") + Studio.solved("D3");

  static final String NAT = """
      ip link add br0 type bridge
      ip addr add 10.88.0.1/24 dev br0
      ip link set br0 up
      for n in 2 3; do
        ip netns add pod$n
        ip link add eth0 netns pod$n type veth peer name v-pod$n
        ip link set v-pod$n master br0
        ip link set v-pod$n up
        ip -n pod$n addr add 10.88.0.$n/24 dev eth0
        ip -n pod$n link set eth0 up
        ip -n pod$n route add default via 10.88.0.1
      done
      hop host add outside
      hop cable add host:eth0 outside:eth0
      ip addr add 192.0.2.10/24 dev eth0
      ip link set eth0 up
      hop on outside ip addr add 192.0.2.99/24 dev eth0
      hop on outside ip link set eth0 up
      sysctl -w net.ipv4.ip_forward=1
      iptables -A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT
      iptables -A FORWARD -i br0 -j ACCEPT
      iptables -P FORWARD DROP
      iptables -t nat -A POSTROUTING -s 10.88.0.0/24 -d 10.88.0.0/24 -j RETURN
      iptables -t nat -A POSTROUTING -s 10.88.0.0/24 ! -o br0 -j MASQUERADE
      iptables -t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 10.88.0.2:80
      serve pod2 80/tcp as pod2
      serve @outside 80/tcp as outside
      """;

  static final String WIREGUARD = """
      hop host add node2
      hop cable add host:eth0 node2:eth0
      ip addr add 192.168.0.1/24 dev eth0
      ip link set eth0 up
      hop on node2 ip addr add 192.168.0.2/24 dev eth0
      hop on node2 ip link set eth0 up
      wg genkey > here.key
      wg genkey > there.key
      wg pubkey < here.key > here.pub
      wg pubkey < there.key > there.pub
      ip link add wg0 type wireguard
      ip addr add 10.9.0.1/24 dev wg0
      wg set wg0 listen-port 51820 private-key here.key peer $(cat there.pub) allowed-ips 10.9.0.2/32 endpoint 192.168.0.2:51820
      ip link set wg0 up
      hop on node2 ip link add wg0 type wireguard
      hop on node2 ip addr add 10.9.0.2/24 dev wg0
      hop on node2 wg set wg0 listen-port 51820 private-key <(cat there.key) peer $(cat here.pub) allowed-ips 10.9.0.1/32
      hop on node2 ip link set wg0 up
      """;

  /** Three nodes, two applications, a policy. */
  static final String CLUSTER = """
      hop cluster create demo --dns none --nodes 3
      kubectl create deployment web --image=nginx --replicas=5 --port=80
      kubectl expose deployment web --port=80
      kubectl create deployment api --image=api --replicas=4 --port=8080
      kubectl expose deployment api --port=80 --target-port=8080 --type=NodePort
      kubectl run client --image=busybox
      kubectl apply -f - <<'END'
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata:
        name: api-from-web
      spec:
        podSelector:
          matchLabels:
            app: api
        ingress:
        - from:
          - podSelector:
              matchLabels:
                app: web
      END
      """;

  private Scripts() {
  }
}
