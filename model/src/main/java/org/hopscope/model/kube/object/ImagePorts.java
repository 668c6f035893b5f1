package org.hopscope.model.kube.object;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where the programs of well-known images listen for TCP unless they are told otherwise, as their own documentation says. In
 * any other image nothing listens that its container does not declare.
 */
final class ImagePorts {
  /** {@code PORT IMAGE...}; an image by the last part of its name, or by the last two. */
  private static final Map<String, Integer> KNOWN = """
      80 nginx httpd whoami caddy traefik wordpress httpbin ealen/echo-server nginxdemos/hello gb-frontend
      3000 echo-basic grafana
      8080 bitnami/nginx nginx-unprivileged nginx-hello hello-app echoserver echo-server kuard-amd64 hello-kubernetes
      8080 tomcat jenkins http-https-echo
      3306 mysql mariadb
      5000 registry
      5432 postgres
      5672 rabbitmq
      6379 redis gb-redis-follower redis-follower
      9090 prometheus
      9200 elasticsearch
      9376 serve_hostname serve-hostname
      9898 podinfo
      11211 memcached
      27017 mongo
      """.lines().map(l -> l.split(" ")).flatMap(w -> Arrays.stream(w).skip(1).map(i -> Map.entry(i, Integer.valueOf(
      w[0])))).collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private ImagePorts() {
  }

  /** By an image's name and the words that it is started with; none when those start something else. */
  static Optional<Integer> of(String image, List<String> words) {
    String path = image.replaceFirst("@.*$", "").replaceFirst(":[^/]*$", "");
    String name = path.substring(path.lastIndexOf('/') + 1);
    String program = words.isEmpty() ? "" : words.getFirst().substring(words.getFirst().lastIndexOf('/') + 1);
    return switch (name) {
      case "agnhost" -> agnhost(program.equals("agnhost") ? words.subList(1, words.size()) : words);
      case "http-echo" -> option(words, "listen").or(() -> Optional.of(5678));
      default -> words.isEmpty() || program.startsWith("-") || program.startsWith(name)
          || program.startsWith("docker-entrypoint") ? known(path, name) : Optional.empty();
    };
  }

  private static Optional<Integer> known(String path, String name) {
    String[] parts = path.split("/");
    String both = parts.length < 2 ? name : parts[parts.length - 2] + "/" + name;
    return Stream.of(both, name).flatMap(n -> Optional.ofNullable(KNOWN.get(n)).stream()).findFirst();
  }

  /** The image of Kubernetes' own tests does what its first word says. */
  private static Optional<Integer> agnhost(List<String> words) {
    return switch (words.isEmpty() ? "pause" : words.getFirst()) {
      case "netexec" -> option(words, "http-port").or(() -> Optional.of(8080));
      case "serve-hostname" -> option(words, "port").or(() -> Optional.of(9376));
      default -> Optional.empty();
    };
  }

  /** The port that an option says, in one word or two, with one hyphen or two. */
  private static Optional<Integer> option(List<String> words, String name) {
    String line = " " + String.join(" ", words) + " ";
    return Optional.of(line.replaceFirst(".* --?" + name + "[= ]\\S*?(\\d{1,5}) .*", "$1")).filter(p -> p.matches(
        "\\d+")).map(Integer::valueOf).filter(p -> p > 0 && p < 65_536);
  }
}
