package org.hopscope.model.docker;

import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.PortNumber;

/**
 * Images that there are: of each, whether something listens in it. Those of plain systems wait here as with
 * {@code sleep infinity}, where real ones would end at once without a command.
 */
public enum Image {
  NGINX("nginx", "/docker-entrypoint.sh nginx -g daemon off;", 80), HTTPD("httpd", "httpd-foreground", 80),
  WHOAMI("traefik/whoami", "/whoami", 80), BUSYBOX("busybox", "sh", 0), ALPINE("alpine", "/bin/sh", 0),
  DEBIAN("debian", "bash", 0), UBUNTU("ubuntu", "/bin/bash", 0);

  private final String word;
  private final String command;
  private final int port;

  Image(String word, String command, int port) {
    this.word = word;
    this.command = command;
    this.port = port;
  }

  /** The repository's name. */
  public String word() {
    return word;
  }

  /** What runs in it unless something else is said. */
  public String command() {
    return command;
  }

  /** Where it listens, for TCP. */
  public Optional<PortNumber> port() {
    return port == 0 ? Optional.empty() : Optional.of(new PortNumber(port));
  }

  /** By its name, with or without a tag and the registry in front. */
  public static Optional<Image> of(String typed) {
    String bare = typed.replaceFirst("^docker\\.io/", "").replaceFirst("^library/", "").replaceFirst(":[\\w.-]+$", "");
    return Stream.of(values()).filter(i -> i.word.equals(bare)).findFirst();
  }
}
