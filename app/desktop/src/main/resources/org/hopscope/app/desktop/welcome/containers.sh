hop host add outside
hop cable add host:eth0 outside:eth0
ip addr add 192.0.2.10/24 dev eth0
ip link set eth0 up
hop on outside ip addr add 192.0.2.1/24 dev eth0
hop on outside ip link set eth0 up
ip link add cni0 type bridge
ip addr add 10.88.0.1/24 dev cni0
ip link set cni0 up
for n in 2 3; do
  ip netns add container$n
  ip link add eth0 netns container$n type veth peer name vc$n
  ip link set vc$n master cni0
  ip link set vc$n up
  ip -n container$n addr add 10.88.0.$n/24 dev eth0
  ip -n container$n link set eth0 up
  ip -n container$n route add default via 10.88.0.1
done
sysctl -w net.ipv4.ip_forward=1
iptables -t nat -A POSTROUTING -s 10.88.0.0/24 ! -o cni0 -j MASQUERADE
