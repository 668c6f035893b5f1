hop host add node2
hop cable add host:eth0 node2:eth0
sysctl -w net.ipv4.ip_forward=1
ip addr add 192.168.0.1/24 dev eth0
ip link set eth0 up
ip netns add pod1
ip link add cni0 type bridge
ip addr add 10.244.1.1/24 dev cni0
ip link set cni0 up
ip link add eth0 netns pod1 type veth peer name v-pod1
ip link set v-pod1 master cni0
ip link set v-pod1 mtu 1450
ip link set v-pod1 up
ip -n pod1 addr add 10.244.1.2/24 dev eth0
ip -n pod1 link set eth0 mtu 1450
ip -n pod1 link set eth0 up
ip -n pod1 route add default via 10.244.1.1
ip link add vxlan1 address 02:00:00:00:00:01 type vxlan id 1 dstport 8472 local 192.168.0.1 dev eth0 nolearning
ip addr add 10.244.1.0/32 dev vxlan1
ip link set vxlan1 up
ip route add 10.244.2.0/24 via 10.244.2.0 dev vxlan1 onlink
ip neigh add 10.244.2.0 lladdr 02:00:00:00:00:02 dev vxlan1 nud permanent
bridge fdb append 02:00:00:00:00:02 dev vxlan1 dst 192.168.0.2
hop on node2 sysctl -w net.ipv4.ip_forward=1
hop on node2 ip addr add 192.168.0.2/24 dev eth0
hop on node2 ip link set eth0 up
hop on node2 ip netns add pod2
hop on node2 ip link add cni0 type bridge
hop on node2 ip addr add 10.244.2.1/24 dev cni0
hop on node2 ip link set cni0 up
hop on node2 ip link add eth0 netns pod2 type veth peer name v-pod2
hop on node2 ip link set v-pod2 master cni0
hop on node2 ip link set v-pod2 mtu 1450
hop on node2 ip link set v-pod2 up
hop on node2 ip -n pod2 addr add 10.244.2.2/24 dev eth0
hop on node2 ip -n pod2 link set eth0 mtu 1450
hop on node2 ip -n pod2 link set eth0 up
hop on node2 ip -n pod2 route add default via 10.244.2.1
hop on node2 ip link add vxlan1 address 02:00:00:00:00:02 type vxlan id 1 dstport 8472 local 192.168.0.2 dev eth0 nolearning
hop on node2 ip addr add 10.244.2.0/32 dev vxlan1
hop on node2 ip link set vxlan1 up
hop on node2 ip route add 10.244.1.0/24 via 10.244.1.0 dev vxlan1 onlink
hop on node2 ip neigh add 10.244.1.0 lladdr 02:00:00:00:00:01 dev vxlan1 nud permanent
hop on node2 bridge fdb append 02:00:00:00:00:01 dev vxlan1 dst 192.168.0.1
