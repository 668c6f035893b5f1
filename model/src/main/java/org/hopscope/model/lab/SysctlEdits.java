package org.hopscope.model.lab;

import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Sysctls.DeviceKey;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;

/** Kernel settings are written ({@code sysctl -w KEY=VALUE}). */
final class SysctlEdits {
  private static final String FORWARDING = "forwarding";
  private static final String GEN_MODE = "addr_gen_mode";
  /** Linux IN6_ADDR_GEN_MODE_RANDOM. */
  private static final int RANDOM = 3;
  private static final int MAX_HOPS = 255;
  private static final int MIN_PORT = 1024;
  private static final int MAX_PORT = 65535;

  private SysctlEdits() {
  }

  static LabState write(LabState lab, NetnsId where, String key, String value) {
    Netns netns = Find.netns(lab, where);
    return switch (key) {
      case Sysctls.IP_FORWARD -> forward(lab, netns, number(key, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case "net.ipv4.icmp_echo_ignore_broadcasts", "net.ipv4.icmp_echo_ignore_all",
          "net.ipv4.icmp_errors_use_inbound_ifaddr",
          "net.ipv4.fib_multipath_use_neigh", "net.netfilter.nf_conntrack_tcp_loose",
          "net.netfilter.nf_conntrack_tcp_be_liberal", "net.netfilter.nf_conntrack_acct" ->
          put(lab, netns, key, number(key, value, 0, 1));
      case "net.ipv4.fib_multipath_hash_policy" -> put(lab, netns, key, zeroOrOne(key, value, 3));
      case "net.ipv4.ip_no_pmtu_disc" -> put(lab, netns, key, zeroOrOne(key, value, 255));
      case "net.ipv4.ip_default_ttl" -> put(lab, netns, key, number(key, value, 1, 255));
      case "net.ipv4.ip_local_port_range" -> put(lab, netns, key, portRange(lab, where, key, value));
      case "net.bridge.bridge-nf-call-iptables", "net.bridge.bridge-nf-call-ip6tables" ->
          put(lab, netns, key, number(key, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      case Sysctls.VS + "conntrack", Sysctls.VS + "expire_nodest_conn", Sysctls.VS + "expire_quiescent_template",
          Sysctls.VS + "sloppy_tcp", Sysctls.VS + "snat_reroute", Sysctls.VS + "conn_reuse_mode" ->
          put(lab, netns, key, number(key, value, Integer.MIN_VALUE, Integer.MAX_VALUE));
      default -> key.startsWith(Sysctls.CT) && Sysctls.NETNS.containsKey(key)
          ? put(lab, netns, key, number(key, value, 0, Integer.MAX_VALUE))
          : writeOnDevice(lab, netns, key, value, DeviceKey.parse(key)
              .orElseThrow(() -> RefusedException.unsupported("sysctl " + key)));
    };
  }

  private static LabState writeOnDevice(LabState lab, Netns netns, String key, String value, DeviceKey parts) {
    Optional<Device> device = lab.find(new DeviceRef(netns.id(), parts.device()));
    boolean isConf = parts.group().isConf();
    boolean forMany = parts.device().equals("default") || parts.device().equals("all") && isConf;
    boolean known = parts.isObeyed();
    boolean gone = parts.group().family() == IpFamily.INET6
        && device.filter(d -> !d.inet6().isRunning()).isPresent();
    if (gone || device.isEmpty() && !forMany || !KernelKeys.has(parts)
        || forMany && !isConf && !netns.id().isRoot()) {
      throw RefusedException.tool(Errno.ENOENT,
          "sysctl: cannot stat /proc/sys/" + key.replace('.', '/') + ": " + Errno.ENOENT.text());
    }
    if (!known || forMany && !isConf) {
      throw RefusedException.unsupported("sysctl " + key);
    }
    String number = switch (parts.name()) {
      case "hop_limit" -> number(key, value, 1, MAX_HOPS);
      case "gc_stale_time" -> number(key, value, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case GEN_MODE -> genMode(key, value);
      case "proxy_delay" -> atOnce(key, value);
      default -> number(key, value, isConf ? Integer.MIN_VALUE : 0, Integer.MAX_VALUE);
    };
    if (parts.group() == SysctlGroup.CONF && parts.name().equals(FORWARDING) && parts.device().equals("all")) {
      return forward(lab, netns, number);
    }
    if (parts.group() == SysctlGroup.CONF6 && parts.device().equals("all")
        && Set.of(FORWARDING, "disable_ipv6", GEN_MODE).contains(parts.name())) {
      return all6(lab, netns, parts.name(), number);
    }
    return switch (parts.device()) {
      case "all" -> put(lab, netns, key, number);
      case "default" -> put(parts.group() == SysctlGroup.CONF ? freeze(lab, netns, parts.name()) : lab, netns, key,
          number);
      default -> parts.group() == SysctlGroup.CONF6
          ? write6(lab, device.orElseThrow(), parts.name(), number)
          : lab.with(written(device.orElseThrow(), parts.group(), parts.name(), number));
    };
  }

  /**
   * The namespace, the default and every device (kernel addrconf_fixup_forwarding, addrconf_disable_ipv6,
   * addrconf_sysctl_addr_gen_mode).
   */
  private static LabState all6(LabState lab, Netns netns, String name, String value) {
    LabState next = lab;
    for (String who : new String[] {"all", "default"}) {
      next = put(next, next.find(netns.id()).orElseThrow(), SysctlGroup.CONF6.key(who, name), value);
    }
    for (Device device : lab.devicesOf(netns.id())) {
      next = write6(next, device, name, value);
    }
    return next;
  }

  /** A device that makes its addresses in another way makes them at once. */
  private static LabState write6(LabState lab, Device device, String name, String value) {
    boolean generates = name.equals(GEN_MODE)
        && !Sysctls.onDevice(lab, device, SysctlGroup.CONF6, name).equals(value);
    LabState next = lab.with(written(device, SysctlGroup.CONF6, name, value));
    return generates ? next.with(Inet6Links.generate(next, next.device(device.id()))) : next;
  }

  /** From the hardware address (0) or not at all (1): what is drawn at random (3) or from a secret (2) the model has not. */
  private static String genMode(String key, String value) {
    String mode = number(key, value, 0, RANDOM);
    return switch (Integer.parseInt(mode)) {
      case RANDOM -> throw RefusedException.unsupported(key + "=" + mode);
      case 2 -> throw invalid(key);
      default -> mode;
    };
  }

  /** Who answers for others answers at once (kd-63): no other delay is taken. */
  private static String atOnce(String key, String value) {
    String delay = number(key, value, 0, Integer.MAX_VALUE);
    if (!delay.equals("0")) {
      throw RefusedException.unsupported(key + "=" + delay);
    }
    return delay;
  }

  /** {@code ip link set addrgenmode}, which waits for the device to be switched on (inet6_set_link_af). */
  static LabState setGenMode(LabState lab, Device device, boolean none) {
    if (!device.inet6().isRunning()) {
      throw RefusedException.kernel(Errno.EAFNOSUPPORT);
    }
    return lab.with(written(device, SysctlGroup.CONF6, GEN_MODE, none ? "1" : "0"));
  }

  /**
   * The namespace becomes a router or a host: every device and the default follow, and redirects are heeded by hosts
   * only (kernel inet_forward_change).
   */
  private static LabState forward(LabState lab, Netns netns, String value) {
    if (Sysctls.read(lab, netns.id(), Sysctls.IP_FORWARD).equals(value)) {
      return lab;
    }
    LabState next = put(lab, netns, Sysctls.IP_FORWARD, value);
    next = put(next, next.find(netns.id()).orElseThrow(), "net.ipv4.conf.default." + FORWARDING, value);
    next = put(next, next.find(netns.id()).orElseThrow(), "net.ipv4.conf.all.accept_redirects",
        value.equals("0") ? "1" : "0");
    for (Device device : lab.devicesOf(netns.id())) {
      next = next.with(written(device, SysctlGroup.CONF, FORWARDING, value));
    }
    return next;
  }

  /** A device that has an address keeps what it has when the default changes (kernel ipv4_devconf_setall). */
  private static LabState freeze(LabState lab, Netns netns, String name) {
    LabState next = lab;
    for (Device device : lab.devicesOf(netns.id())) {
      if (!device.addresses().isEmpty()) {
        next =
            next.with(written(device, SysctlGroup.CONF, name, Sysctls.onDevice(lab, device, SysctlGroup.CONF, name)));
      }
    }
    return next;
  }

  private static Device written(Device device, SysctlGroup group, String name, String value) {
    return device.withConf(device.conf().plus(group.onDevice(name), value));
  }

  private static LabState put(LabState lab, Netns netns, String key, String value) {
    return lab.with(netns.withSysctls(netns.sysctls().plus(key, value)));
  }

  /**
   * Of the kernel's choices the model has two. Flows are spread by addresses (0) or by ports as well (1): others look into
   * tunnels. The path's MTU is looked for (0) or not (1): others leave out messages that cannot be checked.
   */
  private static String zeroOrOne(String key, String value, int most) {
    String choice = number(key, value, 0, most);
    if (Integer.parseInt(choice) > 1) {
      throw RefusedException.unsupported(key + "=" + choice);
    }
    return choice;
  }

  /** One number is enough: it is the lower end then. */
  private static String portRange(LabState lab, NetnsId where, String key, String value) {
    String[] words = value.strip().split("\\s+");
    String[] old = Sysctls.read(lab, where, key).split("\\s+");
    int low = Integer.parseInt(number(key, words[0], MIN_PORT, MAX_PORT));
    int high = Integer.parseInt(words.length > 1 ? number(key, words[1], MIN_PORT, MAX_PORT) : old[1]);
    if (low > high) {
      throw invalid(key);
    }
    return low + "\t" + high;
  }

  /** The first word of a value as the kernel reads numbers (proc_dointvec): decimal, 0x hexadecimal, 0 octal. */
  private static String number(String key, String value, int min, int max) {
    try {
      String word = value.strip().split("\\s+", 2)[0];
      int number = word.matches("-?[0-9a-fA-FxX]+") ? Integer.decode(word) : Integer.parseInt("");
      if (number < min || number > max) {
        throw invalid(key);
      }
      return Integer.toString(number);
    } catch (NumberFormatException malformed) {
      throw invalid(key);
    }
  }

  private static RefusedException invalid(String key) {
    return RefusedException.tool(Errno.EINVAL, "sysctl: setting key \"" + key + "\": " + Errno.EINVAL.text());
  }
}
