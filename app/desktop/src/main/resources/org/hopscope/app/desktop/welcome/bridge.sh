ip link add br0 type bridge
ip link set br0 up
for n in 1 2 3; do
  ip netns add pc$n
  ip link add eth0 netns pc$n type veth peer name v-pc$n
  ip link set v-pc$n master br0
  ip link set v-pc$n up
  ip -n pc$n addr add 192.168.1.$n/24 dev eth0
  ip -n pc$n link set eth0 up
done
