package org.hopscope.model.ipvs;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.ipvs.IpvsCommand.Order;

/** Which options go with which order (ipvsadm.c generic_opt_check with its table commands_v_options). */
final class IpvsLegality {
  private static final List<String> OPTIONS = List.of("numeric", "connection", "service-address", "scheduler",
      "persistent", "netmask", "real-server", "forwarding-method", "weight", "u-threshold", "l-threshold",
      "mcast-interface", "timeout", "daemon", "stats", "rate", "thresholds", "persistent-conn", "nosort", "syncid",
      "exact", "ops", "pe", "sched-flags", "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen", "tun-info",
      "tun-type", "tun-port", "tun-nocsum", "tun-csum", "tun-remcsum");
  private static final String NOTHING = "x".repeat(OPTIONS.size());
  private static final String SERVICE = "xx+   xxxxxxxxxxxxxxx   xxxxxxxxxx";
  private static final String SERVER = "xx+xxx+    xxxxxxxxxxxxxxxxxx     ";
  /** By order and place of the option: + must stand, x must not, 1 must stand alone. */
  private static final Map<Order, String> LEGAL = Map.of(Order.ADD_SERVICE, SERVICE, Order.EDIT_SERVICE, SERVICE,
      Order.DELETE_SERVICE, "xx+" + NOTHING.substring(3), Order.LIST, " 11xxxxxxxxx11       xxxxxxx xxxxx",
      Order.ADD_SERVER, SERVER, Order.EDIT_SERVER, SERVER, Order.DELETE_SERVER, "xx+xxx+" + NOTHING.substring(7),
      Order.SAVE, " " + NOTHING.substring(1), Order.ZERO, "xx " + NOTHING.substring(3));
  private static final Map<Order, String> WORDS = Map.of(Order.CLEAR, "flush");

  private IpvsLegality() {
  }

  static void check(Order order, Set<String> given) throws IpvsComplaint {
    String legal = LEGAL.getOrDefault(order, NOTHING);
    String name = WORDS.getOrDefault(order, order.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    Optional<String> alone = Optional.empty();
    for (int i = 0; i < OPTIONS.size(); i++) {
      String option = OPTIONS.get(i);
      char sign = legal.charAt(i);
      if (!given.contains(option)) {
        if (sign == '+') {
          throw IpvsComplaint.usage("You need to supply the '" + option + "' option for the '" + name + "' command");
        }
      } else if (sign == 'x') {
        throw IpvsComplaint.usage("Illegal '" + option + "' option with the '" + name + "' command");
      } else if (sign == '1') {
        if (alone.isPresent()) {
          throw IpvsComplaint.usage("The option '" + option + "' conflicts with the '" + alone.get()
              + "' option in the '" + name + "' command");
        }
        alone = Optional.of(option);
      }
    }
    listing(order, given);
  }

  private static void listing(Order order, Set<String> given) throws IpvsComplaint {
    boolean other = given.contains("timeout") || given.contains("daemon");
    boolean counts = given.contains("stats") || given.contains("rate") || given.contains("thresholds");
    if (order == Order.LIST && (counts && (other || given.contains("connection"))
        || other && given.contains("persistent-conn"))) {
      throw IpvsComplaint.usage("options conflicts in the list command");
    }
  }
}
