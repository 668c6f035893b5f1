hop cluster create demo --nodes 2 --cni flannel
kubectl create deployment web --image=nginx --replicas=3 --port=80
kubectl expose deployment web --port=80
kubectl run client --image=busybox
