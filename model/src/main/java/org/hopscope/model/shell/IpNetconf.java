package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;

/** {@code ip netconf}: whether devices forward, check sources and answer for others (iproute2 6.1 ip/ipnetconf.c). */
final class IpNetconf {
  private static final Keywords VERBS = Keywords.of("show* lst*=show list*=show help*");
  private static final List<String> FILTERS = List.of("off", "strict", "loose");

  private final Prompt prompt;
  private final boolean json;
  private final Json.Rows rows = new Json.Rows();
  private final List<String> lines = new ArrayList<>();

  private IpNetconf(Prompt prompt, boolean json) {
    this.prompt = prompt;
    this.json = json;
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    String typed = args.isEmpty() ? "show" : args.next();
    String verb = VERBS.find(typed)
        .orElseThrow(() -> Stop.exit(255, "Command \"" + typed + "\" is unknown, try \"ip netconf help\"."));
    if (verb.equals("help")) {
      throw Stop.exit(255, "Usage: ip netconf show [ dev STRING ]");
    }
    Optional<String> device = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      if (!word.equals("dev")) {
        throw Stop.unsupported(word);
      }
      device = Optional.of(prompt.device(args.next()).name());
    }
    return new IpNetconf(prompt, options.json()).show(options, device);
  }

  private Command show(IpProgram.Options options, Optional<String> only) {
    List<String> names = only.map(List::of).orElseGet(() -> Stream.concat(
        prompt.lab().devicesOf(prompt.at()).stream().map(Device::name), Stream.of("all", "default")).toList());
    for (IpFamily family : IpFamily.values()) {
      if (options.shows(family)) {
        names.forEach(name -> add(family, name));
      }
    }
    return Command.Said.answered(json ? List.of(rows.toString()) : lines, new Answer.Nothing());
  }

  private void add(IpFamily family, String name) {
    boolean inet = family == IpFamily.INET;
    String prefix = "net." + (inet ? "ipv4" : "ipv6") + ".conf." + name + ".";
    boolean forwards = isOn(prefix + "forwarding");
    boolean proxies = isOn(prefix + (inet ? "proxy_arp" : "proxy_ndp"));
    boolean ignores = isOn(prefix + "ignore_routes_with_linkdown");
    Optional<String> filter = Optional.of(prefix + "rp_filter").filter(_ -> inet)
        .map(key -> FILTERS.get(Integer.parseInt(setting(key))));
    String word = inet ? "inet" : "inet6";
    rows.add(new Json.Row().put("family", word).put("interface", name).put("forwarding", forwards)
        .put("rp_filter", filter).put("mc_forwarding", false).put("proxy_neigh", proxies)
        .put("ignore_routes_with_linkdown", ignores));
    lines.add(word + " " + name + " forwarding " + word(forwards) + filter.map(f -> " rp_filter " + f).orElse("")
        + " mc_forwarding off proxy_neigh " + word(proxies) + " ignore_routes_with_linkdown " + word(ignores) + " ");
  }

  private static String word(boolean on) {
    return on ? "on" : "off";
  }

  private boolean isOn(String key) {
    return !setting(key).equals("0");
  }

  private String setting(String key) {
    return Sysctls.find(prompt.lab(), prompt.at(), key).orElse("0");
  }
}
