package org.hopscope.model.ipset;

import java.util.List;
import java.util.Locale;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.netfilter.AddressRange;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.PortRange;
import org.hopscope.model.netfilter.SetElement;
import org.hopscope.model.netfilter.SetInfo;

/** Writes sets and what is in them. */
public final class SetText {
  private static final long SECOND = 1_000_000_000L;

  private SetText() {
  }

  /** The line that makes a set; the seed of its hash, which a kernel draws anew each time, is not told. */
  public static String create(IpSet set) {
    return "create " + set.name() + " " + set.type().word() + " " + header(set);
  }

  static String header(IpSet set) {
    IpSet.Options options = set.options();
    boolean masked = options.netmask() != options.family().width();
    String netmask = masked ? " netmask " + options.netmask() : "";
    String extras = options.timeout().map(t -> " timeout " + t).orElse("")
        + (options.extras().counters() ? " counters" : "") + (options.extras().comments() ? " comment" : "")
        + (options.extras().info() ? " skbinfo" : "");
    if (set.type().isHash()) {
      boolean last = set.type() == IpSet.Type.HASH_IP_PORT;
      return (set.type().hasFamily() ? "family " + options.family().name().toLowerCase(Locale.ROOT) + " " : "")
          + (options.markmask() == -1 ? "" : "markmask " + mark(options.markmask()) + " ") + "hashsize "
          + options.size().begins()
          + " maxelem " + options.size().most() + (last ? "" : netmask) + extras + " bucketsize " + options.size()
              .bucket()
          + (last ? netmask : "");
    }
    return switch (options.range()) {
      case IpSet.Range.Any() -> "size " + options.size().most() + extras;
      case IpSet.Range.Ports(PortRange ports) -> "range " + ports.first() + "-" + ports.last() + extras;
      case IpSet.Range.Addresses(AddressRange all) -> "range " + all.first() + "-" + all.last() + netmask + extras;
    };
  }

  /** The members of a set at an instant, in order, each with the seconds that are left. */
  static List<String> members(IpSet set, long now) {
    IpSet.Extras extras = set.options().extras();
    return set.at(now).stream()
        .map(m -> text(set, m.element()) + (m.element().nomatch() ? " nomatch" : "")
            + (set.options().timeout().isPresent()
                ? " timeout " + m.expires().map(e -> (e - now) / SECOND).orElse(0L)
                : "")
            + (extras.counters()
                ? " packets " + Long.toUnsignedString(m.counted().packets()) + " bytes "
                    + Long.toUnsignedString(m.counted().bytes())
                : "")
            + (m.comment().isEmpty() ? "" : " comment \"" + m.comment() + "\"") + info(m.info())
            + (isWildcard(m.element()) ? " wildcard" : ""))
        .toList();
  }

  /** What packets get that a member is found for, as it is said behind it; each word with a space before it. */
  public static String info(SetInfo info) {
    String mask = info.mask() == -1 ? "" : "/0x" + Integer.toHexString(info.mask());
    return (info.mark() == 0 && info.mask() == 0 ? "" : " skbmark 0x" + Integer.toHexString(info.mark()) + mask)
        + (info.priority() == 0 ? "" : " skbprio " + Integer.toHexString(info.priority() >>> 16) + ":"
            + Integer.toHexString(info.priority() & 0xffff))
        + (info.queue() == 0 ? "" : " skbqueue " + info.queue());
  }

  private static String mark(int value) {
    return String.format(Locale.ROOT, "0x%08x", value);
  }

  /** Whether it is for all devices whose names begin so. */
  public static boolean isWildcard(SetElement element) {
    return element.parts().stream().anyMatch(p -> p instanceof SetElement.Part.Device(var _, var _, boolean begins)
        && begins);
  }

  /** An element as it is printed, without {@code nomatch} and {@code wildcard}. */
  public static String text(IpSet set, SetElement element) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < element.parts().size(); i++) {
      String part = text(element.parts().get(i), set.type().kinds().get(i));
      text.append(i == 0 || part.isEmpty() ? "" : ",").append(part);
    }
    return text.toString();
  }

  /** Of addresses that are the same but for the netmask, the common part. */
  private static String text(SetElement.Part part, SetElement.Kind kind) {
    return switch (part) {
      case SetElement.Part.Net(IpPrefix prefix) -> kind == SetElement.Kind.ADDRESS || prefix.isHost()
          ? prefix.address().toString() : prefix.toString();
      case SetElement.Part.Service(int protocol, int port) ->
          SetNames.protocol(protocol) + ":" + SetNames.port(protocol, port);
      case SetElement.Part.Port(int number) -> Integer.toString(number);
      case SetElement.Part.Mark(int value) -> mark(value);
      case SetElement.Part.Mac(var address) -> address.map(a -> a.toString().toUpperCase(Locale.ROOT)).orElse("");
      case SetElement.Part.Device(String name, boolean physical, boolean _) -> physical ? "physdev:" + name : name;
      case SetElement.Part.Named(String called) -> called;
    };
  }
}
