package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.Lifetime;
import org.hopscope.model.net.VirtualTime;

/** IPv6 addresses in the shapes of {@code ip addr} (iproute2 6.1 ip/ipaddress.c print_addrinfo). */
public final class Inet6Text {
  private static final long FOREVER = 4294967295L;

  private Inet6Text() {
  }

  static String local(Inet6Address address) {
    int metric = address.traits().metric();
    return address.peer().map(p -> address.address() + " peer " + p + "/" + address.local().length())
        .orElse(address.local().toString()) + (metric > 0 ? " metric " + metric : "");
  }

  /** The flags that are set, in the order printed. */
  public static List<String> flags(Inet6Address address, VirtualTime now) {
    boolean duplicate = address.isDuplicateAt(now);
    return Stream.of(address.traits().nodad() ? "nodad" : "", duplicate ? "dadfailed" : "",
        address.isDeprecatedAt(now) ? "deprecated" : "", address.isTentativeAt(now) ? "tentative" : "",
        address.traits().lifetime().valid().isPresent() ? "dynamic" : "",
        address.traits().noprefixroute() ? "noprefixroute" : "").filter(s -> !s.isEmpty()).toList();
  }

  static List<String> lines(Inet6Address address, VirtualTime now) {
    String flags = String.join(" ", flags(address, now));
    return List.of(
        "    inet6 " + local(address)
            + " scope " + address.scope().word() + " " + flags + (flags.isEmpty() ? "" : " "),
        times(address.traits().lifetime(), now));
  }

  /** The line about how long an address counts. */
  static String times(Lifetime lifetime, VirtualTime now) {
    return "       valid_lft " + seconds(lifetime.valid(), now) + " preferred_lft "
        + seconds(lifetime.preferred(), now);
  }

  private static String seconds(Optional<VirtualTime> limit, VirtualTime now) {
    return limit.map(l -> Lifetime.left(l, now) + "sec").orElse("forever");
  }

  /** The same as JSON. */
  static Json.Row times(Json.Row row, Lifetime lifetime, VirtualTime now) {
    return row.put("valid_life_time", lifetime.valid().map(l -> Lifetime.left(l, now)).orElse(FOREVER))
        .put("preferred_life_time", lifetime.preferred().map(l -> Lifetime.left(l, now)).orElse(FOREVER));
  }

  /** What is shown of an IPv4 address: one that stays tells no other time (kernel inet_fill_ifaddr). */
  static Lifetime shown(Lifetime of) {
    return of.valid().isPresent() ? of : Lifetime.FOREVER;
  }

  /** The address with its far end, the length of its network and its metric: what is told even when brief. */
  static Json.Row place(Json.Row row, Inet6Address address) {
    row.put("local", address.address().toString());
    address.peer().ifPresent(p -> row.put("address", p.toString()));
    return row.put("prefixlen", address.local().length()).putIf(address.traits().metric() > 0, "metric",
        address.traits().metric());
  }

  static Json.Row json(Inet6Address address, VirtualTime now) {
    Json.Row row = place(new Json.Row().put("family", "inet6"), address).put("scope", address.scope().word());
    flags(address, now).forEach(f -> row.put(f, true));
    return times(row, address.traits().lifetime(), now);
  }
}
