package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.addr.Ipv6Address;
import org.hopscope.model.dns.RecordType;
import org.hopscope.model.dns.ResolvConf;
import org.hopscope.model.dns.StubResolver;

/**
 * Whom a name means: an address as it stands, what the hosts file says, or what the name servers of
 * {@code /etc/resolv.conf} answer. A namespace is no host.
 */
final class HostNames {
  private HostNames() {
  }

  /** What a program does with the addresses it found, at least one. */
  interface Found {
    Command of(IpAddress address) throws Stop;
  }

  /** What a program says when a name means nobody. */
  interface Missed {
    Stop of(StubResolver.Outcome why);
  }

  /**
   * Finds an address for a name, with packets where name servers have to be asked. Of several the first IPv4 address is
   * taken, or the first IPv6 address where there is none or the program wants one.
   */
  static Command find(Prompt prompt, String name, Optional<IpFamily> family, Found found, Missed missed) throws Stop {
    Optional<IpAddress> here = name.equals("localhost")
        ? Optional.of(family.equals(Optional.of(IpFamily.INET6)) ? Ipv6Address.LOOPBACK : Ipv4Address.of("127.0.0.1"))
        : literal(name);
    if (here.isPresent()) {
      return found.of(here.get());
    }
    NameFiles files = new NameFiles(prompt.lab(), prompt.at());
    Optional<IpAddress> known = choose(files.known(name), family);
    if (known.isPresent()) {
      return found.of(known.get());
    }
    Optional<ResolvConf> conf = files.resolver().filter(c -> !c.servers().isEmpty());
    if (conf.isEmpty() || !name.matches("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*\\.?")) {
      throw missed.of(conf.isEmpty() ? StubResolver.Outcome.TRY_AGAIN : StubResolver.Outcome.NOT_FOUND);
    }
    List<RecordType> types = family.map(f -> List.of(f == IpFamily.INET ? RecordType.A : RecordType.AAAA))
        .orElse(List.of(RecordType.A, RecordType.AAAA));
    return Inquiry.of(prompt, new Inquiry.Order(conf.get(), name, types, false), heard -> found.of(
        choose(heard.resolution().addresses(), family).orElseThrow(() -> missed.of(heard.resolution().outcome()))));
  }

  private static Optional<IpAddress> choose(List<IpAddress> all, Optional<IpFamily> family) {
    return all.stream().filter(a -> a.family() == family.orElse(IpFamily.INET)).findFirst()
        .or(() -> all.stream().filter(_ -> family.isEmpty()).findFirst());
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
