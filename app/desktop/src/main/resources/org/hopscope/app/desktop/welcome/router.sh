ip netns add left
ip netns add router
ip netns add right
ip link add eth0 netns left type veth peer name eth0 netns router
ip link add eth0 netns right type veth peer name eth1 netns router
ip -n left addr add 10.1.0.2/24 dev eth0
ip -n router addr add 10.1.0.1/24 dev eth0
ip -n router addr add 10.2.0.1/24 dev eth1
ip -n right addr add 10.2.0.2/24 dev eth0
ip -n left link set eth0 up
ip -n router link set eth0 up
ip -n router link set eth1 up
ip -n right link set eth0 up
ip -n left route add default via 10.1.0.1
ip -n right route add default via 10.2.0.1
ip netns exec router sysctl -w net.ipv4.ip_forward=1
