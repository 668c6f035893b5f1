package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.kube.cni.CniException;
import org.hopscope.model.kube.cni.HostLocal;
import org.hopscope.model.kube.cni.JsonValue;
import org.hopscope.model.kube.cni.NetConf;

/**
 * host-local, whose only memory is a folder of the host: {@code /var/lib/cni/networks/NETWORK} (or below {@code dataDir}) holds a
 * file for each address that is given, with the container's name and its device in it, {@code last_reserved_ip.N} for each range
 * and an empty {@code lock} (plugins plugins/ipam/host-local).
 */
final class CniHostLocal implements CniPlugin {
  private final CniDeeds deeds;

  CniHostLocal(CniDeeds deeds) {
    this.deeds = deeds;
  }

  private List<String> owner() {
    return List.of(deeds.call().container(), deeds.device());
  }

  private String folder(NetConf conf) throws CniException {
    return conf.object("ipam").text("dataDir").filter(d -> !d.isEmpty()).orElse("/var/lib/cni/networks") + "/" + deeds
        .call().network();
  }

  /** The sets of ranges: the container gets an address of each. */
  private static List<List<HostLocal>> ranges(NetConf conf) throws CniException {
    if (!conf.has("ipam")) {
      throw new CniException("IPAM config missing 'ipam' key");
    }
    NetConf ipam = conf.object("ipam");
    List<List<NetConf>> rows = new ArrayList<>();
    for (JsonValue set : conf.object("runtimeConfig").list("ipRanges")) {
      rows.add(rows(set));
    }
    if (ipam.has("subnet")) {
      rows.add(List.of(ipam));
    }
    for (JsonValue set : ipam.list("ranges")) {
      rows.add(rows(set));
    }
    if (rows.isEmpty()) {
      throw new CniException("no IP ranges specified");
    }
    List<List<HostLocal>> sets = new ArrayList<>();
    for (List<NetConf> set : rows) {
      sets.add(set(sets.size(), set));
    }
    apart(conf, sets);
    return sets;
  }

  private static List<NetConf> rows(JsonValue set) throws CniException {
    List<NetConf> rows = new ArrayList<>();
    for (JsonValue row : set instanceof JsonValue.Array(List<JsonValue> items) ? items : List.<JsonValue>of()) {
      rows.add(NetConf.of(row, "ranges"));
    }
    return rows;
  }

  private static List<HostLocal> set(int place, List<NetConf> rows) throws CniException {
    List<HostLocal> set = new ArrayList<>();
    if (rows.isEmpty()) {
      throw new CniException("invalid range set " + place + ": empty range set");
    }
    for (NetConf row : rows) {
      String typed = row.text("subnet").orElse("");
      InterfaceAddress subnet = InterfaceAddress.parse(typed).filter(_ -> typed.contains("/")).orElseThrow(
          () -> new CniException("invalid CIDR address: " + typed));
      Optional<IpAddress> first = address(row, "rangeStart");
      Optional<IpAddress> last = address(row, "rangeEnd");
      Optional<IpAddress> gateway = address(row, "gateway");
      try {
        set.add(range(subnet, first, last, gateway));
      } catch (CniException wrong) {
        throw wrong.behind("invalid range set " + place);
      }
    }
    if (set.stream().map(r -> r.subnet().address().family()).distinct().count() > 1) {
      throw new CniException("invalid range set " + place + ": mixed address families");
    }
    return set;
  }

  private static Optional<IpAddress> address(NetConf row, String name) throws CniException {
    Optional<String> typed = row.text(name).filter(t -> !t.isEmpty());
    Optional<IpAddress> address = typed.flatMap(IpAddress::parse);
    if (typed.isPresent() && address.isEmpty()) {
      throw new CniException("invalid IP address: " + typed.get());
    }
    return address;
  }

  /** plugins plugins/ipam/host-local/backend/allocator/range.go Canonicalize. */
  private static HostLocal range(InterfaceAddress typed, Optional<IpAddress> first, Optional<IpAddress> last,
      Optional<IpAddress> gateway) throws CniException {
    IpPrefix subnet = typed.network();
    if (subnet.length() > subnet.address().width() - 2) {
      throw new CniException("Network " + typed + " too small to allocate from");
    }
    if (!typed.address().equals(subnet.address())) {
      throw new CniException("Network has host bits set. For a subnet mask of length " + subnet.length()
          + " the network address is " + subnet.address());
    }
    HostLocal range = HostLocal.of(subnet, first, last, gateway);
    within(range, "RangeStart", first);
    within(range, "RangeEnd", last);
    return range;
  }

  private static void within(HostLocal range, String name, Optional<IpAddress> end) throws CniException {
    if (end.filter(a -> !range.contains(a)).isPresent()) {
      throw new CniException(name + " " + end.get() + " not in network " + range.subnet());
    }
  }

  private static void apart(NetConf conf, List<List<HostLocal>> sets) throws CniException {
    for (int i = 0; i < sets.size(); i++) {
      for (int j = i + 1; j < sets.size(); j++) {
        for (HostLocal one : sets.get(i)) {
          for (HostLocal other : sets.get(j)) {
            if (one.contains(other.first()) || one.contains(other.last()) || other.contains(one.first())) {
              throw new CniException("range set " + i + " overlaps with " + j);
            }
          }
        }
      }
    }
    long families = sets.stream().map(s -> s.getFirst().subnet().address().family()).distinct().count();
    if (families < sets.size() && !conf.isFrom("0.3.0")) {
      throw new CniException("CNI version " + conf.version() + " does not support more than 1 address per family");
    }
  }

  /** The addresses somebody wishes for: of CNI_ARGS, of args.cni and of the runtime. */
  private List<IpAddress> wished(NetConf conf) throws CniException {
    List<String> typed = new ArrayList<>(deeds.argument("IP").stream().toList());
    List<JsonValue> said = new ArrayList<>(conf.object("args").object("cni").list("ips"));
    said.addAll(conf.object("runtimeConfig").list("ips"));
    for (JsonValue each : said) {
      if (each instanceof JsonValue.Text(String text)) {
        typed.add(text.replaceFirst("/.*", ""));
      }
    }
    List<IpAddress> wished = new ArrayList<>();
    for (String each : typed) {
      wished.add(IpAddress.parse(each).orElseThrow(() -> new CniException("ARGS: error parsing value of pair \"IP="
          + each + "\": invalid IP address: " + each)));
    }
    return wished;
  }

  @Override
  public CniResult add(NetConf conf) throws CniException {
    List<List<HostLocal>> sets = ranges(conf);
    List<IpAddress> wished = new ArrayList<>(wished(conf));
    String folder = folder(conf);
    deeds.write(folder + "/lock", List.of());
    List<CniResult.Ip> given = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      List<HostLocal> set = sets.get(i);
      try {
        Optional<IpAddress> wish = wished.stream().filter(w -> set.stream().anyMatch(r -> r.contains(w))).findFirst();
        wish.ifPresent(wished::remove);
        IpAddress address = wish.isPresent() ? asked(folder, set, wish.get()) : next(folder, set, i);
        HostLocal range = set.stream().filter(r -> r.contains(address)).findFirst().orElseThrow();
        deeds.write(folder + "/" + address, owner());
        deeds.write(folder + "/last_reserved_ip." + i, List.of(address.toString()));
        given.add(new CniResult.Ip(-1, new InterfaceAddress(address, range.subnet().length()),
            Optional.of(range.gateway())));
      } catch (CniException wrong) {
        given.forEach(g -> deeds.remove(folder + "/" + g.address().address()));
        throw wrong.behind("failed to allocate for range " + i);
      }
    }
    if (!wished.isEmpty()) {
      given.forEach(g -> deeds.remove(folder + "/" + g.address().address()));
      throw new CniException("failed to allocate all requested IPs: " + wished.stream().map(Object::toString).collect(
          Collectors.joining(" ")));
    }
    return new CniResult(List.of(), given, CniResult.routes(conf.object("ipam")), resolver(conf));
  }

  private IpAddress asked(String folder, List<HostLocal> set, IpAddress wish) throws CniException {
    if (set.stream().anyMatch(r -> r.gateway().equals(wish))) {
      throw new CniException("requested ip " + wish + " is subnet's gateway");
    }
    if (taken(folder).contains(wish)) {
      throw new CniException("requested IP address " + wish + " is not available in range set " + name(set));
    }
    return wish;
  }

  private static String name(List<HostLocal> set) {
    return set.stream().map(HostLocal::toString).collect(Collectors.joining(","));
  }

  private IpAddress next(String folder, List<HostLocal> set, int place) throws CniException {
    for (IpAddress had : held(folder)) {
      if (set.stream().anyMatch(r -> r.contains(had))) {
        throw new CniException(had + " has been allocated to " + deeds.call().container()
            + ", duplicate allocation is not allowed");
      }
    }
    Optional<IpAddress> last = deeds.file(folder + "/last_reserved_ip." + place).map(String::strip)
        .flatMap(IpAddress::parse);
    return HostLocal.next(set, last, taken(folder)).orElseThrow(() -> new CniException(
        "no IP addresses available in range set: " + name(set)));
  }

  private Set<IpAddress> taken(String folder) {
    Set<IpAddress> taken = new HashSet<>();
    deeds.files(folder).keySet().forEach(name -> IpAddress.parse(name).ifPresent(taken::add));
    return taken;
  }

  /** The addresses that the container has. */
  private List<IpAddress> held(String folder) {
    return deeds.files(folder).entrySet().stream().filter(f -> f.getValue().lines().toList().equals(owner()))
        .flatMap(f -> IpAddress.parse(f.getKey()).stream()).toList();
  }

  /** {@code resolvConf}: a file that the settings of the container's resolver are read from. */
  private JsonValue.Fields resolver(NetConf conf) throws CniException {
    Optional<String> file = conf.object("ipam").text("resolvConf").filter(f -> !f.isEmpty());
    if (file.isEmpty()) {
      return new JsonValue.Fields(Map.of());
    }
    String text = deeds.file(file.get()).orElseThrow(() -> new CniException("open " + file.get()
        + ": no such file or directory"));
    Map<String, JsonValue> all = new LinkedHashMap<>();
    words(text, "nameserver").ifPresent(w -> all.put("nameservers", w));
    text.lines().filter(l -> l.startsWith("domain ")).findFirst().ifPresent(l -> all.put("domain", new JsonValue.Text(l
        .substring(7).strip())));
    words(text, "search").ifPresent(w -> all.put("search", w));
    words(text, "options").ifPresent(w -> all.put("options", w));
    return new JsonValue.Fields(all);
  }

  private static Optional<JsonValue> words(String text, String key) {
    List<JsonValue> words = text.lines().filter(l -> l.matches(key + "\\s.*")).flatMap(l -> List.of(l.substring(key
        .length()).strip().split("\\s+")).stream()).<JsonValue>map(JsonValue.Text::new).toList();
    return words.isEmpty() ? Optional.empty() : Optional.of(new JsonValue.Array(words));
  }

  /** Takes them back; the memory of the last one stays. */
  @Override
  public void delete(NetConf conf) throws CniException {
    ranges(conf);
    String folder = folder(conf);
    held(folder).forEach(a -> deeds.remove(folder + "/" + a));
  }

  @Override
  public void check(NetConf conf) throws CniException {
    ranges(conf);
    if (held(folder(conf)).isEmpty()) {
      throw new CniException("host-local: Failed to find address added by container " + deeds.call().container());
    }
  }
}
