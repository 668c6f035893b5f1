package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.Remote;
import org.hopscope.model.net.VxlanFlag;
import org.hopscope.model.net.VxlanSettings;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/**
 * {@code type vxlan} (iproute2 ip/iplink_vxlan.c, ip-link(8)), and the far ends that {@code bridge fdb} prints. Metadata
 * mode, protocol extensions, flow labels and short-circuiting are not modelled.
 */
final class VxlanWords implements TypeWords {
  private static final Keywords WORDS = Keywords.of("id* vni*=id group* remote* local* dev* ttl* hoplimit*=ttl tos* "
      + "dsfield*=tos df* label* flowlabel*=label ageing* maxaddress* port*=srcport srcport* dstport* nolearning* "
      + "learning* noproxy* proxy* norsc* rsc* nol2miss* l2miss* nol3miss* l3miss* udpcsum* noudpcsum* "
      + "udp6zerocsumtx* noudp6zerocsumtx* udp6zerocsumrx* noudp6zerocsumrx* remcsumtx* noremcsumtx* remcsumrx* "
      + "noremcsumrx* external* noexternal* gbp* gpe* vnifilter* novnifilter* help*");
  /** What {@code ip -d} prints of checksums that only IPv6 could do without. */
  private static final List<String> CHECKSUMS6 = List.of("noudp6zerocsumtx", "noudp6zerocsumrx");

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    return new Reader(prompt).read(args);
  }

  /** Gathers the words. */
  static final class Reader {
    private final OuterWords outer;
    private Optional<Integer> id = Optional.empty();
    private Optional<Integer> port = Optional.empty();
    private Optional<VxlanSettings.SourcePorts> sources = Optional.empty();
    private PSortedMap<VxlanFlag, Boolean> flags = TreePMap.empty();
    private Optional<Integer> ageing = Optional.empty();
    private Optional<Integer> limit = Optional.empty();
    private Optional<VxlanSettings.Df> df = Optional.empty();

    Reader(Prompt prompt) {
      outer = new OuterWords(prompt);
    }

    LinkInfo read(Args args) throws Stop {
      while (!args.isEmpty()) {
        String typed = args.next();
        word(WORDS.find(typed).orElseThrow(
            () -> Stop.exit(1, "vxlan: unknown command \"" + typed + "\"?", "Usage: ... vxlan id VNI")), args);
      }
      if (outer.remote().filter(IpAddress::isMulticast).isPresent() && outer.device().isEmpty()) {
        throw Stop.exit(1, "vxlan: 'group' requires 'dev' to be specified");
      }
      return new LinkInfo.Vxlan(outer.wish(), id, port, sources, new LinkInfo.VxlanWish(flags, ageing, limit, df));
    }

    private void word(String word, Args args) throws Stop {
      switch (word) {
        case "id" -> id = Optional.of(number(word, id, args.next(), VxlanSettings.END_OF_IDS - 1, "invalid id"));
        case "group", "remote" -> remote(word, args);
        case "local" -> outer.local(args.next());
        case "dev" -> outer.device(args.next());
        case "ttl" -> outer.ttl(args.next());
        case "tos" -> outer.tos(args.next());
        case "df" -> df = Optional.of(df(args.next()));
        case "ageing" -> ageing = Optional.of(orNothing(word, ageing, args.next(), "none", "ageing timer"));
        case "maxaddress" -> limit = Optional.of(orNothing(word, limit, args.next(), "unlimited", "max addresses"));
        case "srcport" -> sources = Optional.of(new VxlanSettings.SourcePorts(args.number(0, 65535, "min port"),
            args.number(0, 65535, "max port")));
        case "dstport" -> port = Optional.of(number(word, port, args.next(), 65535, "dst port"));
        default -> flag(word);
      }
    }

    private void remote(String word, Args args) throws Stop {
      if (outer.remote().filter(r -> r.isMulticast() != word.equals("group")).isPresent()) {
        throw Stop.exit(1, "vxlan: both group and remote cannot be specified");
      }
      outer.remote(word, args.next());
    }

    private void flag(String word) throws Stop {
      if (CHECKSUMS6.contains(word)) {
        return;
      }
      boolean on = !word.startsWith("no");
      String name = on ? word : word.substring(2);
      for (VxlanFlag flag : VxlanFlag.values()) {
        if (flag.word().equals(name)) {
          if (flags.containsKey(flag)) {
            throw Stop.garbage(word, word);
          }
          flags = flags.plus(flag, on);
          return;
        }
      }
      throw Stop.unsupported("vxlan " + word);
    }

    static int number(String word, Optional<Integer> before, String text, int most, String why) throws Stop {
      if (before.isPresent()) {
        throw Stop.garbage(word, text);
      }
      return Numbers.whole(text, 0, most).orElseThrow(() -> Stop.wrong(text, why));
    }

    private static int orNothing(String word, Optional<Integer> before, String text, String nothing, String why)
        throws Stop {
      return number(word, before, text.equals(nothing) ? "0" : text, Integer.MAX_VALUE, why);
    }

    static VxlanSettings.Df df(String text) throws Stop {
      for (VxlanSettings.Df df : VxlanSettings.Df.values()) {
        if (VxlanWords.word(df).equals(text)) {
          return df;
        }
      }
      throw Stop.wrong(text, "DF must be 'unset', 'set' or 'inherit'");
    }
  }

  private static String word(VxlanSettings.Df df) {
    return df.name().toLowerCase(Locale.ROOT);
  }

  /** What a new device must have, and what the tool warns of (vxlan_parse_opt). */
  @Override
  public List<String> remarks(LinkInfo info) throws Stop {
    LinkInfo.Vxlan vxlan = (LinkInfo.Vxlan) info;
    if (vxlan.id().isEmpty()) {
      throw Stop.exit(1, "vxlan: missing virtual network identifier");
    }
    return vxlan.port().isPresent() ? List.of()
        : List.of("vxlan: destination port not specified", "Will use Linux kernel default (non-standard value)",
            "Use 'dstport 4789' to get the IANA assigned value",
            "Use 'dstport 0' to get default and quiet this message");
  }

  @Override
  public String write(LinkInfo info) {
    if (!(info instanceof LinkInfo.Vxlan(var outer, var id, var port, var sources, LinkInfo.VxlanWish more))) {
      return "";
    }
    StringBuilder text = new StringBuilder(id.map(i -> " id " + i).orElse("") + OuterWords.write(outer)
        + sources.map(s -> " srcport " + s.low() + " " + s.high()).orElse("")
        + port.map(p -> " dstport " + p).orElse(""));
    more.flags().forEach((flag, on) -> text.append(on ? " " : " no").append(flag.word()));
    return text + more.ageing().map(a -> " ageing " + a).orElse("")
        + more.limit().map(l -> " maxaddress " + l).orElse("")
        + more.df().map(d -> " df " + word(d)).orElse("");
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.Vxlan(var _, Outer outer, VxlanSettings own))) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>();
    details.add(Detail.of("id", own.id()));
    details.addAll(OuterWords.ends(lab, device, outer));
    Json.Row range = new Json.Row().put("low", own.sources().low()).put("high", own.sources().high());
    details.add(new Detail("srcport " + own.sources().low() + " " + own.sources().high(), "port_range", range));
    details.add(new Detail("dstport " + own.port(), "port", own.port()));
    boolean learns = own.has(VxlanFlag.LEARNING);
    details.add(new Detail(learns ? "" : "nolearning", "learning", learns));
    for (VxlanFlag flag : List.of(VxlanFlag.PROXY, VxlanFlag.L2MISS, VxlanFlag.L3MISS)) {
      if (own.has(flag)) {
        details.add(new Detail(flag.word(), flag.word(), true));
      }
    }
    if (outer.inheritTos()) {
      details.add(new Detail("tos inherit", "tos", "0x1"));
    }
    details.add(ttl(outer.ttl()));
    if (own.df() != VxlanSettings.Df.UNSET) {
      details.add(Detail.of("df", word(own.df())));
    }
    details.add(Detail.of("ageing", own.learning().ageing()));
    if (own.learning().limit() > 0) {
      details.add(new Detail("maxaddr " + own.learning().limit(), "limit", own.learning().limit()));
    }
    boolean sums = own.has(VxlanFlag.UDPCSUM);
    details.add(new Detail((sums ? "" : "no") + "udpcsum", "udp_csum", sums));
    details.add(new Detail(CHECKSUMS6.getFirst(), "udp_zero_csum6_tx", false));
    details.add(new Detail(CHECKSUMS6.getLast(), "udp_zero_csum6_rx", false));
    return details;
  }

  /** JSON has the number alone, and nothing of one that is inherited. */
  static Detail ttl(Outer.Ttl ttl) {
    return switch (ttl) {
      case Outer.Ttl.Auto _ -> new Detail("ttl auto", "ttl", 0);
      case Outer.Ttl.Inherit _ -> new Detail("ttl inherit", "", 0);
      case Outer.Ttl.Fixed(int hops) -> Detail.of("ttl", hops);
    };
  }

  /** A far end as {@code bridge fdb show} prints it behind the device. */
  static String remote(LabState lab, Device device, DeviceKind.Vxlan vxlan, Remote remote) {
    boolean away = !device.netns().equals(vxlan.home());
    return " dst " + remote.address() + remote.port().map(p -> " port " + p).orElse("")
        + remote.vni().map(v -> " vni " + v).orElse("")
        + remote.via().map(lab::device)
            .map(v -> " via " + (away ? "ifindex " + v.place().ifindex() : v.name())).orElse("")
        + (away ? " link-netnsid " + number(lab, device, vxlan) : "");
  }

  /** The same as data. */
  static Json.Row remote(LabState lab, Device device, DeviceKind.Vxlan vxlan, Remote remote, Json.Row row) {
    boolean away = !device.netns().equals(vxlan.home());
    row.put("dst", remote.address().toString()).put("port", remote.port()).put("vni", remote.vni());
    remote.via().map(lab::device).ifPresent(v -> row.put(away ? "viaIfIndex" : "viaIf",
        away ? v.place().ifindex() : v.name()));
    return row.putIf(away, "linkNetNsId", number(lab, device, vxlan));
  }

  private static int number(LabState lab, Device device, DeviceKind.Vxlan vxlan) {
    return Optional.ofNullable(lab.find(device.netns()).orElseThrow().nsids().get(vxlan.home())).orElse(0);
  }
}
