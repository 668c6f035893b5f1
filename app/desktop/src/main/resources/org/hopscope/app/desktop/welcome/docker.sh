docker network create shop
docker run -d --name web --network shop -p 8080:80 nginx
docker run -d --name api --network shop traefik/whoami
docker run -d --name other busybox
