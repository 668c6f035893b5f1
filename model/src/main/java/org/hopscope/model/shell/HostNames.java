package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.docker.linux.Sandbox;

/**
 * Whom a name means. There is no resolver but the hosts file, which knows {@code localhost}, and Docker's for its
 * containers; a namespace is no host.
 */
final class HostNames {
  private HostNames() {
  }

  static Optional<IpAddress> find(Prompt prompt, String name) {
    return name.equals("localhost") ? Optional.of(Ipv4Address.of("127.0.0.1"))
        : literal(name).or(() -> Sandbox.resolve(prompt.lab(), prompt.at(), name));
  }

  /** An address as programs read one: IPv6's, or whatever inet_aton(3) takes for IPv4's. */
  static Optional<IpAddress> literal(String text) {
    return text.indexOf(':') >= 0 ? IpAddress.parse(text) : numeric(text).map(a -> a);
  }

  /** An address in full, as inet_pton(3) takes one: no number begins with a needless 0. */
  static Optional<IpAddress> presented(String text) {
    return text.indexOf(':') < 0 && text.matches("(.*\\.)?0[0-9].*") ? Optional.empty() : IpAddress.parse(text);
  }

  /** inet_aton(3): fewer than four numbers leave the last one more bytes. */
  static Optional<Ipv4Address> numeric(String text) {
    String number = "(0[xX][0-9a-fA-F]{1,8}|0[0-7]{0,11}|[1-9][0-9]{0,9})";
    if (!text.matches(number + "(\\." + number + "){0,3}")) {
      return Optional.empty();
    }
    List<Long> parts = Stream.of(text.split("\\.")).map(Long::decode).toList();
    long last = parts.getLast();
    long bits = 0;
    for (Long part : parts.subList(0, parts.size() - 1)) {
      if (part > 255) {
        return Optional.empty();
      }
      bits = bits << 8 | part;
    }
    int room = 8 * (5 - parts.size());
    return last >= 1L << room ? Optional.empty() : Optional.of(new Ipv4Address((int) (bits << room | last)));
  }
}
