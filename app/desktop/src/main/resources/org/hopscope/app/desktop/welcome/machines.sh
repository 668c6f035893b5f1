hop host add node2
hop cable add host:eth0 node2:eth0
ip addr add 192.168.0.1/24 dev eth0
ip link set eth0 up
hop on node2 ip addr add 192.168.0.2/24 dev eth0
hop on node2 ip link set eth0 up
