package org.hopscope.model.shell;

import java.util.List;
import java.util.stream.Stream;
import org.hopscope.model.net.Inet6Address;
import org.hopscope.model.net.VirtualTime;

/** IPv6 addresses in the shapes of {@code ip addr} (iproute2 6.1 ip/ipaddress.c print_addrinfo). */
public final class Inet6Text {
  private static final long FOREVER = 4294967295L;

  private Inet6Text() {
  }

  static String local(Inet6Address address) {
    return address.peer().map(p -> address.address() + " peer " + p + "/" + address.local().length())
        .orElse(address.local().toString());
  }

  /** The flags that are set, in the order printed. */
  public static List<String> flags(Inet6Address address, VirtualTime now) {
    boolean duplicate = address.isDuplicateAt(now);
    return Stream.of(address.deprecated() ? "deprecated" : "", duplicate ? "dadfailed" : "",
        address.isTentativeAt(now) ? "tentative" : "", address.traits().nodad() ? "nodad" : "",
        address.traits().noprefixroute() ? "noprefixroute" : "").filter(s -> !s.isEmpty()).toList();
  }

  static List<String> lines(Inet6Address address, VirtualTime now) {
    String flags = String.join(" ", flags(address, now));
    return List.of(
        "    inet6 " + local(address) + (address.traits().metric() > 0 ? " metric " + address.traits().metric() : "")
            + " scope " + address.scope().word() + " " + flags + (flags.isEmpty() ? "" : " "),
        "       valid_lft forever preferred_lft " + (address.deprecated() ? "0sec" : "forever"));
  }

  static Json.Row json(Inet6Address address, VirtualTime now) {
    Json.Row row = new Json.Row().put("family", "inet6").put("local", address.address().toString());
    address.peer().ifPresent(p -> row.put("address", p.toString()));
    row.put("prefixlen", address.local().length()).putIf(address.traits().metric() > 0, "metric",
        address.traits().metric()).put("scope", address.scope().word());
    flags(address, now).forEach(f -> row.put(f, true));
    return row.put("valid_life_time", FOREVER).put("preferred_life_time", address.deprecated() ? 0L : FOREVER);
  }
}
