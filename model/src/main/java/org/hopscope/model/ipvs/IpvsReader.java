package org.hopscope.model.ipvs;

import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.ipvs.IpvsCommand.Order;
import org.hopscope.model.ipvs.IpvsCommand.Shown;

/** Reads the words behind {@code ipvsadm} of version 1.31, in its order and with its complaints (ipvsadm.c). */
public final class IpvsReader {
  private static final String TRY = "Try `ipvsadm -h' or 'ipvsadm --help' for more information.";
  private static final int MAX_TIMEOUT = 86400 * 31;
  /** Seconds that a client's server is remembered where none are said (IPVS_SVC_PERSISTENT_TIMEOUT). */
  private static final int PERSISTENT = 360;
  private static final Map<String, Order> ORDERS = Map.ofEntries(Map.entry("add-service", Order.ADD_SERVICE),
      Map.entry("edit-service", Order.EDIT_SERVICE), Map.entry("delete-service", Order.DELETE_SERVICE),
      Map.entry("clear", Order.CLEAR), Map.entry("list", Order.LIST), Map.entry("zero", Order.ZERO),
      Map.entry("add-server", Order.ADD_SERVER), Map.entry("edit-server", Order.EDIT_SERVER),
      Map.entry("delete-server", Order.DELETE_SERVER), Map.entry("set", Order.SET),
      Map.entry("restore", Order.RESTORE), Map.entry("save", Order.SAVE), Map.entry("help", Order.HELP),
      Map.entry("version", Order.VERSION));
  private static final Map<String, Shown> SHOWN = Map.ofEntries(Map.entry("numeric", Shown.NUMERIC),
      Map.entry("connection", Shown.CONNECTIONS), Map.entry("stats", Shown.STATS), Map.entry("rate", Shown.RATE),
      Map.entry("exact", Shown.EXACT),
      Map.entry("thresholds", Shown.THRESHOLDS), Map.entry("persistent-conn", Shown.PERSISTENT),
      Map.entry("nosort", Shown.UNSORTED), Map.entry("timeout", Shown.TIMEOUT), Map.entry("daemon", Shown.DAEMON),
      Map.entry("tun-info", Shown.TUNNELS));
  /** What the kernel has and the model has not. */
  private static final Set<String> LEFT_OUT = Set.of("ops", "pe", "start-daemon", "stop-daemon",
      "mcast-interface", "syncid", "mcast-group", "mcast-port", "mcast-ttl", "sync-maxlen", "tun-port", "tun-nocsum",
      "tun-csum", "tun-remcsum");
  private static final Set<String> OTHER_SCHEDULERS = Set.of("lblc", "lblcr", "mh", "twos");

  private final IpvsNames names;
  /** The options given, by the names that the program has for them. */
  private final Set<String> given = new LinkedHashSet<>();
  private final Set<Shown> shown = Shown.none();
  private int mark;
  private int protocol;
  private IpAddress address = Ipv4Address.ANY;
  private int port;
  private String scheduler = "wlc";
  private Optional<String> flags = Optional.empty();
  private boolean persistent;
  private int seconds;
  private int mask = Persistence.EACH4;
  private Optional<RealServer.Key> server = Optional.empty();
  private Forwarding forwarding = Forwarding.DIRECT;
  private int weight = 1;
  private int upper;
  private int lower;

  private IpvsReader(IpvsNames names) {
    this.names = names;
  }

  /** Reads a command. */
  public static IpvsCommand read(List<String> words, IpvsNames names) throws IpvsComplaint {
    if (words.isEmpty()) {
      return new IpvsCommand(Order.LIST, Optional.empty(), Optional.empty(), Optional.empty(), Shown.none(),
          Ipvs.Timeouts.USUAL);
    }
    return new IpvsReader(names).read(new IpvsOptions(words));
  }

  /** All options by their long names. */
  public static Set<String> options() {
    return IpvsOptions.names();
  }

  private IpvsCommand read(IpvsOptions options) throws IpvsComplaint {
    Order order = order(options);
    if (order == Order.HELP || order == Order.VERSION) {
      return new IpvsCommand(order, Optional.empty(), Optional.empty(), Optional.empty(), shown, Ipvs.Timeouts.USUAL);
    }
    Optional<IpvsOptions.Option> option = options.next();
    while (option.isPresent()) {
      take(option.get());
      option = options.next();
    }
    List<String> others = options.others();
    Ipvs.Timeouts timeouts = Ipvs.Timeouts.USUAL;
    if (order == Order.SET) {
      timeouts = timeouts(others);
      others = others.subList(3, others.size());
    }
    if (!others.isEmpty()) {
      throw IpvsComplaint.usage("unexpected argument " + others.getFirst());
    }
    IpvsLegality.check(order, given);
    return command(order, timeouts);
  }

  private static Order order(IpvsOptions options) throws IpvsComplaint {
    Optional<IpvsOptions.Option> first;
    try {
      first = options.next();
    } catch (IpvsComplaint none) {
      throw IpvsComplaint.refused(TRY);
    }
    String name = first.map(IpvsOptions.Option::name).orElse("");
    if (LEFT_OUT.contains(name) && name.endsWith("daemon")) {
      throw IpvsComplaint.unsupported("--" + name);
    }
    return Optional.ofNullable(ORDERS.get(name)).orElseThrow(() -> IpvsComplaint.refused(TRY));
  }

  private void take(IpvsOptions.Option option) throws IpvsComplaint {
    String name = option.name();
    if (LEFT_OUT.contains(name)) {
      throw IpvsComplaint.unsupported("--" + name);
    }
    if (ORDERS.containsKey(name)) {
      throw IpvsComplaint.usage("invalid option `" + name + "'");
    }
    String value = option.value().orElse("");
    if (SHOWN.containsKey(name)) {
      give(name);
      shown.add(SHOWN.get(name));
      return;
    }
    switch (name) {
      case "sort" -> {
      }
      case "tcp-service" -> service(ServiceKey.TCP, value);
      case "udp-service" -> service(ServiceKey.UDP, value);
      case "sctp-service" -> service(ServiceKey.SCTP, value);
      case "fwmark-service" -> mark(value);
      case "ipv6" -> six();
      case "scheduler" -> {
        give("scheduler");
        scheduler = value;
      }
      case "persistent" -> {
        give("persistent");
        persistent = true;
        seconds = option.value().isEmpty() ? PERSISTENT : timeout(value, 1);
      }
      case "netmask" -> netmask(value);
      case "sched-flags" -> {
        give("sched-flags");
        flags = Optional.of(value);
      }
      default -> takeServer(name, value);
    }
  }

  private void takeServer(String name, String value) throws IpvsComplaint {
    switch (name) {
      case "real-server" -> {
        give("real-server");
        Optional<RealServer.Key> read = place(value, port);
        server = Optional.of(read.orElseThrow(
            () -> IpvsComplaint.usage("illegal real server address[:port] specified")));
      }
      case "masquerading" -> forwarding(Forwarding.MASQUERADE);
      case "ipip" -> forwarding(Forwarding.TUNNEL);
      case "gatewaying" -> forwarding(Forwarding.DIRECT);
      case "weight" -> {
        give("weight");
        weight = number(value, 0, 65535).orElseThrow(() -> IpvsComplaint.usage("illegal weight specified"));
      }
      case "u-threshold" -> upper = threshold("u-threshold", "illegal u_threshold specified", value);
      case "l-threshold" -> lower = threshold("l-threshold", "illegal l_threshold specified", value);
      case "tun-type" -> {
        give("tun-type");
        if (value.equals("gue") || value.equals("gre")) {
          throw IpvsComplaint.unsupported("--tun-type " + value);
        }
        if (!value.equals("ipip")) {
          throw IpvsComplaint.usage("illegal tunnel type specified");
        }
      }
      default -> throw IpvsComplaint.unsupported("--" + name);
    }
  }

  private void give(String option) throws IpvsComplaint {
    if (!given.add(option)) {
      throw IpvsComplaint.usage("multiple '" + option + "' options specified");
    }
  }

  private void forwarding(Forwarding how) throws IpvsComplaint {
    give("forwarding-method");
    forwarding = how;
  }

  private int threshold(String name, String complaint, String value) throws IpvsComplaint {
    give(name);
    return number(value, 0, Integer.MAX_VALUE).orElseThrow(() -> IpvsComplaint.usage(complaint));
  }

  private void service(int which, String value) throws IpvsComplaint {
    give("service-address");
    protocol = which;
    RealServer.Key at = place(value, 0)
        .orElseThrow(() -> IpvsComplaint.usage("illegal virtual server address[:port] specified"));
    address = at.address();
    port = at.port();
    mask = address.family() == IpFamily.INET6 ? Persistence.EACH6 : mask;
  }

  private void mark(String value) throws IpvsComplaint {
    give("service-address");
    try {
      long number = Long.parseLong(value);
      if (number <= 0 || number > 0xffff_ffffL) {
        throw new NumberFormatException(value);
      }
      mark = (int) number;
    } catch (NumberFormatException none) {
      throw IpvsComplaint.usage("invalid fwmark value `" + value + "' specified");
    }
    protocol = ServiceKey.TCP;
  }

  private void six() throws IpvsComplaint {
    if (mark == 0) {
      throw IpvsComplaint.usage("-6 used before -f\n");
    }
    address = IpFamily.INET6.unspecified();
    mask = Persistence.EACH6;
  }

  private void netmask(String value) throws IpvsComplaint {
    give("netmask");
    mask = switch (address.family()) {
      case INET -> Ipv4Address.parse(value).map(Ipv4Address::bits)
          .orElseThrow(() -> IpvsComplaint.usage("illegal virtual server persistent mask specified"));
      case INET6 ->
          number(value, 1, 128).orElseThrow(() -> IpvsComplaint.usage("illegal ipv6 netmask specified"));
    };
  }

  /** An address with or without a port (parse_service). */
  private Optional<RealServer.Key> place(String text, int otherwise) {
    if (text.chars().allMatch(Character::isDigit)) {
      return Optional.empty();
    }
    if (text.startsWith("[")) {
      int end = text.indexOf("]:");
      return end < 0 ? Optional.empty()
          : IpAddress.parse(text.substring(1, end)).flatMap(a -> port(text.substring(end + 2))
              .map(p -> new RealServer.Key(a, p)));
    }
    Optional<IpAddress> six = text.indexOf(':') != text.lastIndexOf(':') ? IpAddress.parse(text) : Optional.empty();
    if (six.isPresent()) {
      return six.map(a -> new RealServer.Key(a, otherwise));
    }
    int colon = text.lastIndexOf(':');
    Optional<Ipv4Address> four = Ipv4Address.parse(colon < 0 ? text : text.substring(0, colon));
    return colon < 0
        ? four.map(a -> new RealServer.Key(a, otherwise))
        : four.flatMap(a -> port(text.substring(colon + 1)).map(p -> new RealServer.Key(a, p)));
  }

  private Optional<Integer> port(String text) {
    return number(text, 0, 65535).or(() -> names.port(text));
  }

  private static Optional<Integer> number(String text, int least, int most) {
    try {
      long number = Long.parseLong(text.strip());
      return number < least || number > most ? Optional.empty() : Optional.of((int) number);
    } catch (NumberFormatException none) {
      return Optional.empty();
    }
  }

  private static int timeout(String text, int least) throws IpvsComplaint {
    return number(text, least, MAX_TIMEOUT)
        .orElseThrow(() -> IpvsComplaint.usage("invalid timeout value `" + text + "' specified"));
  }

  private static Ipvs.Timeouts timeouts(List<String> words) throws IpvsComplaint {
    if (words.size() < 3) {
      throw IpvsComplaint.usage("--set option requires 3 timeout values");
    }
    return new Ipvs.Timeouts(timeout(words.get(0), 0), timeout(words.get(1), 0), timeout(words.get(2), 0));
  }

  private IpvsCommand command(Order order, Ipvs.Timeouts timeouts) throws IpvsComplaint {
    boolean makes = order == Order.ADD_SERVICE || order == Order.EDIT_SERVICE;
    if (makes && mark == 0 && port == 0 && !persistent) {
      throw IpvsComplaint.usage("Zero port specified for non-persistent service");
    }
    Optional<ServiceKey> key = !given.contains("service-address") ? Optional.empty()
        : Optional.of(mark != 0 ? ServiceKey.marked(mark, address.family()) : ServiceKey.at(protocol, address, port));
    return new IpvsCommand(order, key, makes ? settings(key.orElseThrow()) : Optional.empty(), realServer(order),
        shown.isEmpty() ? Shown.none() : EnumSet.copyOf(shown), timeouts);
  }

  private Optional<VirtualService> settings(ServiceKey key) throws IpvsComplaint {
    if (OTHER_SCHEDULERS.contains(scheduler)) {
      throw IpvsComplaint.unsupported("-s " + scheduler);
    }
    Set<String> words = new LinkedHashSet<>();
    for (String flag : flags.map(f -> List.of(f.split(","))).orElse(List.of())) {
      if (Set.of("flag-1", "flag-2", "flag-3", "mh-fallback", "mh-port").contains(flag)) {
        throw IpvsComplaint.unsupported("-b " + flag);
      }
      if (!Set.of("sh-fallback", "sh-port").contains(flag)) {
        throw IpvsComplaint.usage("invalid scheduler flag `" + flag + "'");
      }
      if (!scheduler.equals("sh")) {
        throw IpvsComplaint.usage("incompatible scheduler flag `" + flag + "'");
      }
      words.add(flag);
    }
    Optional<Persistence> kept = persistent ? Optional.of(new Persistence(seconds, mask)) : Optional.empty();
    return Scheduler.named(scheduler).map(s -> new VirtualService(key, s, words.contains("sh-port"),
        words.contains("sh-fallback"), kept, VirtualService.of(key, s).servers()));
  }

  private Optional<RealServer> realServer(Order order) throws IpvsComplaint {
    boolean makes = order == Order.ADD_SERVER || order == Order.EDIT_SERVER;
    boolean fixed = makes && mark == 0 && forwarding != Forwarding.MASQUERADE;
    Optional<RealServer> read = server.map(k -> new RealServer(fixed ? new RealServer.Key(k.address(), port) : k,
        forwarding, weight, new RealServer.Thresholds(upper, lower)));
    if (makes && read.filter(r -> r.key().address().family() != address.family()).isPresent()) {
      throw forwarding == Forwarding.TUNNEL ? IpvsComplaint.unsupported("-i to the other family")
          : IpvsComplaint.usage("Different address family is allowed only for tunneling servers");
    }
    if (makes && given.contains("tun-type") && forwarding != Forwarding.TUNNEL) {
      throw IpvsComplaint.usage("Tunnel options conflict with forward method");
    }
    return read;
  }
}
