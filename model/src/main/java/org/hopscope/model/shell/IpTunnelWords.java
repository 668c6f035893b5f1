package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.Ipv4Address;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.Driver;
import org.hopscope.model.net.IpTunnelFlag;
import org.hopscope.model.net.IpTunnelSettings;
import org.hopscope.model.net.Outer;

/**
 * {@code type gre|gretap|ipip|sit} (iproute2 ip/link_gre.c, ip/link_iptnl.c). Checksums, sequence numbers, encapsulation
 * in UDP, metadata mode, marks, ISATAP and 6rd are not modelled.
 */
final class IpTunnelWords implements TypeWords {
  private static final Keywords GRE = Keywords.of("key* ikey* okey* seq* iseq* oseq* csum* icsum* ocsum* nopmtudisc* "
      + "pmtudisc* remote* local* dev* ttl* hoplimit*=ttl hlim*=ttl tos* tclass*=tos dsfield*=tos noencap encap "
      + "encap-sport encap-dport encap-csum noencap-csum encap-udp6-csum noencap-udp6-csum encap-remcsum "
      + "noencap-remcsum external ignore-df noignore-df fwmark");
  private static final Keywords PLAIN = Keywords.of("remote local dev* ttl hoplimit=ttl hlim=ttl tos tclass=tos "
      + "dsfield*=tos nopmtudisc pmtudisc isatap mode noencap encap encap-sport encap-dport encap-csum noencap-csum "
      + "encap-udp6-csum noencap-udp6-csum encap-remcsum noencap-remcsum external 6rd-prefix 6rd-relay_prefix "
      + "6rd-reset fwmark");
  private static final String SIX_TO_FOUR = "2002::";
  private static final int SIX_TO_FOUR_LENGTH = 16;

  private final Driver driver;

  IpTunnelWords(Driver driver) {
    this.driver = driver;
  }

  private boolean isGre() {
    return driver == Driver.GRE || driver == Driver.GRETAP;
  }

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    Reader reader = new Reader(OuterWords.ofIpv4(prompt));
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = (isGre() ? GRE : PLAIN).find(typed).orElseThrow(() -> isGre()
          ? Stop.exit(1, "Usage: ... { gre | gretap | erspan } [ remote ADDR ]")
          : Stop.exit(1, "Usage: ... " + driver.word() + " [ remote ADDR ]"));
      reader.word(word, args, this);
    }
    return reader.info(driver);
  }

  /** Gathers the words; {@code ip tunnel} has nearly the same ones. */
  static final class Reader {
    final OuterWords outer;
    private Optional<Integer> inKey = Optional.empty();
    private Optional<Integer> outKey = Optional.empty();
    private Optional<Boolean> pmtudisc = Optional.empty();
    private Optional<Boolean> ignoreDf = Optional.empty();
    private Optional<Boolean> any = Optional.empty();

    Reader(OuterWords outer) {
      this.outer = outer;
    }

    private void word(String word, Args args, IpTunnelWords words) throws Stop {
      switch (word) {
        case "ignore-df" -> ignoreDf = Optional.of(true);
        case "noignore-df" -> ignoreDf = Optional.of(false);
        case "mode" -> any = Optional.of(words.isAny(args.next()));
        case "noencap" -> {
        }
        default -> {
          if (!common(word, args)) {
            throw Stop.unsupported(words.driver.word() + " " + word);
          }
        }
      }
    }

    /** A word that all have; false when it is none of them. */
    boolean common(String word, Args args) throws Stop {
      switch (word) {
        case "key" -> {
          inKey = Optional.of(key(word, args.next()));
          outKey = inKey;
        }
        case "ikey" -> inKey = Optional.of(key(word, args.next()));
        case "okey" -> outKey = Optional.of(key(word, args.next()));
        case "nopmtudisc" -> pmtudisc = Optional.of(false);
        case "pmtudisc" -> pmtudisc = Optional.of(true);
        case "remote" -> outer.remote(word, args.next());
        case "local" -> outer.local(args.next());
        case "dev" -> outer.device(args.next());
        case "ttl" -> outer.ttl(args.next());
        case "tos" -> outer.tos(args.next());
        default -> {
          return false;
        }
      }
      return true;
    }

    /** tnl_parse_key: a number, or one that is written as an address. */
    private static int key(String word, String text) throws Stop {
      if (text.contains(".")) {
        return ((Ipv4Address) Addresses.address(text, Optional.of(IpFamily.INET))).bits();
      }
      return Numbers.unsigned(text).orElseThrow(() -> Stop.exit(255, "invalid value for \"" + word + "\": \"" + text
          + "\"; it should be an unsigned integer"));
    }

    void any(boolean value) {
      any = Optional.of(value);
    }

    boolean hasKey() {
      return inKey.isPresent() || outKey.isPresent();
    }

    LinkInfo info(Driver driver) throws Stop {
      boolean fixed = outer.wish().ttl().filter(t -> t instanceof Outer.Ttl.Fixed).isPresent();
      boolean clash = fixed && pmtudisc.filter(p -> !p).isPresent();
      if (clash && driver != Driver.GRE && driver != Driver.GRETAP) {
        throw Stop.exit(255, "ttl != 0 and nopmtudisc are incompatible");
      }
      return new LinkInfo.IpTunnel(driver, outer.wish(),
          new LinkInfo.IpTunnelWish(inKey, outKey, pmtudisc, ignoreDf, any));
    }
  }

  /** {@code mode}: what the tunnel carries. */
  private boolean isAny(String mode) throws Stop {
    return switch (mode) {
      case "any", "any/ipv4" -> true;
      case "ipip", "ip4ip4", "ipv4/ipv4" -> {
        if (driver == Driver.SIT) {
          throw Stop.unsupported("sit mode " + mode);
        }
        yield false;
      }
      case "ip6ip", "ipv6/ipv4" -> {
        if (driver != Driver.SIT) {
          throw Stop.wrong(mode, "Cannot guess tunnel mode.");
        }
        yield false;
      }
      case "mplsip", "mpls/ipv4" -> throw Stop.unsupported("mode " + mode);
      default -> throw Stop.wrong(mode, "Cannot guess tunnel mode.");
    };
  }

  private static String mode(Driver driver, boolean any) {
    return any ? "any" : driver == Driver.SIT ? "ip6ip" : "ipip";
  }

  private static String dotted(int key) {
    return new Ipv4Address(key).toString();
  }

  @Override
  public String write(LinkInfo info) {
    if (!(info instanceof LinkInfo.IpTunnel(Driver _, var outer, LinkInfo.IpTunnelWish more))) {
      return "";
    }
    return OuterWords.write(outer) + (more.inKey().isPresent() && more.inKey().equals(more.outKey())
        ? " key " + Integer.toUnsignedString(more.inKey().get())
        : more.inKey().map(k -> " ikey " + Integer.toUnsignedString(k)).orElse("")
            + more.outKey().map(k -> " okey " + Integer.toUnsignedString(k)).orElse(""))
        + more.pmtudisc().map(p -> p ? " pmtudisc" : " nopmtudisc").orElse("")
        + (isGre() ? more.ignoreDf().map(i -> i ? " ignore-df" : " noignore-df").orElse("")
            : more.any().map(a -> " mode " + mode(driver, a)).orElse(""));
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.IpTunnel(var _, Outer outer, Driver _, IpTunnelSettings own))) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>();
    if (!isGre()) {
      String mode = mode(driver, own.has(IpTunnelFlag.ANY));
      details.add(new Detail(mode, "proto", mode));
    }
    details.add(Detail.of("remote", end(outer.remote())));
    details.add(Detail.of("local", end(outer.local())));
    OuterWords.by(lab, device, outer).ifPresent(details::add);
    int ttl = outer.ttl() instanceof Outer.Ttl.Fixed(int hops) ? hops : 0;
    details.add(new Detail("ttl " + (ttl == 0 ? "inherit" : ttl), "ttl", ttl));
    if (outer.inheritTos()) {
      details.add(new Detail("tos inherit", "tos", "0x1"));
    }
    boolean pmtudisc = own.has(IpTunnelFlag.PMTUDISC);
    details.add(new Detail(pmtudisc ? isGre() ? "" : "pmtudisc" : "nopmtudisc", "pmtudisc", pmtudisc));
    if (own.has(IpTunnelFlag.IGNORE_DF)) {
      details.add(new Detail("ignore-df", "ignore_df", true));
    }
    own.inKey().map(IpTunnelWords::dotted).ifPresent(k -> details.add(Detail.of("ikey", k)));
    own.outKey().map(IpTunnelWords::dotted).ifPresent(k -> details.add(Detail.of("okey", k)));
    if (driver == Driver.SIT) {
      details.add(new Detail("6rd-prefix " + SIX_TO_FOUR + "/" + SIX_TO_FOUR_LENGTH, "prefix", SIX_TO_FOUR));
      details.add(new Detail("", "prefixlen", SIX_TO_FOUR_LENGTH));
    }
    return details;
  }

  static String end(Optional<IpAddress> end) {
    return end.map(IpAddress::toString).orElse("any");
  }
}
