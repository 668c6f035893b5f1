package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.SaveText;
import org.hopscope.model.netfilter.NatRange;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.RejectWith;
import org.hopscope.model.netfilter.Target;

/** Targets of xtables in the words of nft, as libxtables 1.8.9 translates them (iptables extensions, their functions {@code xlate}). */
final class XtTargets {
  private static final StatementText OWN = new StatementText(Devices.NONE, Optional.empty());

  private XtTargets() {
  }

  /** A target's translation; empty where the library has none. */
  static Optional<String> text(Target target, IpFamily family) {
    return switch (target) {
      case Target.Reject(RejectWith with) -> Optional.of(reject(with));
      case Target.Log(int level, String prefix, int flags) -> Optional.of(OWN.of(
          new Statement.Log(Optional.of(prefix).filter(p -> !p.isEmpty()), level, flags)));
      case Target.Mark(int value, int mask) -> Optional.of("meta mark set "
          + bits(value, mask, new Operations("mark ", "mark and %s xor %s", XtTargets::hex)));
      case Target.Connmark connmark -> connmark(connmark);
      case Target.Dnat(NatRange to) -> translate("dnat to " + SaveText.destination(to), to.options());
      case Target.Snat(NatRange to) -> translate("snat to " + SaveText.destination(to), to.options());
      case Target.Masquerade(var ports, var options) -> translate("masquerade" + to(ports), options);
      case Target.Redirect(var ports, var options) -> translate("redirect" + to(ports), options);
      case Target.Notrack _ -> Optional.of("notrack");
      case Target.Track(var template) -> Optional.of("notrack").filter(_ -> template.notrack());
      case Target.Tcpmss(var size) ->
          Optional.of("tcp option maxseg size set " + size.map(s -> Integer.toString(s)).orElse("rt mtu"));
      case Target.Other(var wording, var _) -> XtWords.target(wording.name(), XtSaid.of(wording), family);
      case Target.Netmap _,Target.Ttl _,Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Trace _ ->
          Optional.empty();
    };
  }

  /** The name of a target that has no translation. */
  static String name(Target target) {
    return switch (target) {
      case Target.Other(var wording, var _) -> wording.name();
      case Target.Track _ -> "CT";
      case Target.Ttl(IpFamily family, var _, int _) -> family == IpFamily.INET ? "TTL" : "HL";
      default -> target.getClass().getSimpleName().toUpperCase(Locale.ROOT);
    };
  }

  /** {@code NFLOG}, which iptables writes as nftables' own. */
  static String log(XtSaid said) {
    return "log" + said.find("nflog-prefix").map(p -> " prefix \"" + p.value() + "\"").orElse("") + " group "
        + said.value("nflog-group", "0") + said.find("nflog-size").map(s -> " snaplen " + s.value()).orElse("")
        + said.find("nflog-threshold").map(t -> " queue-threshold " + t.value()).orElse("");
  }

  private static String reject(RejectWith with) {
    return switch (with) {
      case ICMP_PORT_UNREACHABLE, ICMP6_PORT_UNREACHABLE -> "reject";
      case TCP_RESET -> "reject with tcp reset";
      case ICMP_NET_UNREACHABLE, ICMP_HOST_UNREACHABLE, ICMP_PROTO_UNREACHABLE, ICMP_NET_PROHIBITED,
          ICMP_HOST_PROHIBITED, ICMP_ADMIN_PROHIBITED ->
          "reject with icmp type " + code(DataType.ICMP_CODE, with);
      case ICMP6_NO_ROUTE, ICMP6_ADM_PROHIBITED, ICMP6_ADDR_UNREACHABLE, ICMP6_POLICY_FAIL, ICMP6_REJECT_ROUTE ->
          "reject with icmpv6 type " + code(DataType.ICMPV6_CODE, with);
    };
  }

  private static String code(DataType type, RejectWith with) {
    return type.write(BigInteger.valueOf(with.code()), Devices.NONE);
  }

  private static String to(Optional<PortRange> ports) {
    return ports.map(p -> " to :" + XtMatches.between(p.first(), p.last())).orElse("");
  }

  /** Ports in step with the old ones have no words in nft. */
  private static Optional<String> translate(String text, NatRange.Options options) {
    return Optional.of(text + StatementText.options(options)).filter(_ -> options.base().isEmpty());
  }

  /**
   * How an operation on bits is written.
   *
   * @param field what is changed, with a blank
   * @param both the form for what is neither setting, clearing, adding nor turning bits
   * @param number the form of a number
   */
  record Operations(String field, String both, IntFunction<String> number) {
    private String of(String word, int value) {
      return field + word + " " + number.apply(value);
    }
  }

  private static String hex(int value) {
    return "0x" + Integer.toHexString(value);
  }

  /** {@code (field & ~mask) ^ value} in the fewest words. */
  static String bits(int value, int mask, Operations as) {
    return mask == -1 ? as.number().apply(value) : value == 0 ? as.of("and", ~mask)
        : value == mask ? as.of("or", value) : mask == 0 ? as.of("xor", value)
        : String.format(Locale.ROOT, as.both(), as.number().apply(~mask), as.number().apply(value));
  }

  private static Optional<String> connmark(Target.Connmark target) {
    boolean same = target.nfMask() == target.ctMask();
    String masked = same && target.nfMask() != -1 ? " and " + hex(target.nfMask()) : "";
    return switch (target.mode()) {
      case SET -> {
        String text = bits(target.value(), target.ctMask(), new Operations("ct mark ", "ct mark xor %2$s and %1$s",
            XtTargets::hex));
        boolean plain = target.ctMask() == -1 && target.shift() != 0;
        yield Optional.of("ct mark set " + shifted(text + (plain ? " " : ""), target.shift()));
      }
      case SAVE -> Optional.of("ct mark set " + shifted("mark" + masked, target.shift())).filter(_ -> same);
      case RESTORE -> Optional.of("meta mark set " + shifted("ct mark" + masked, target.shift())).filter(_ -> same);
    };
  }

  private static String shifted(String text, int shift) {
    return shift == 0 ? text : "( " + text + " ) " + (shift > 0 ? "<< " : ">> ") + Math.abs(shift);
  }
}
