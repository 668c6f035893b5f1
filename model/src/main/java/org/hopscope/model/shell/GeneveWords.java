package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceKind;
import org.hopscope.model.net.GeneveSettings;
import org.hopscope.model.net.Outer;
import org.hopscope.model.net.VxlanSettings;

/** {@code type geneve} (iproute2 ip/iplink_geneve.c). Metadata mode, flow labels and inner protocols are not modelled. */
final class GeneveWords implements TypeWords {
  private static final Keywords WORDS =
      Keywords.of("id* vni*=id remote* ttl* hoplimit*=ttl tos* dsfield*=tos df* label* "
          + "flowlabel*=label dstport* external* noexternal* udpcsum* noudpcsum* udp6zerocsumtx* noudp6zerocsumtx* "
          + "udp6zerocsumrx* noudp6zerocsumrx* innerprotoinherit* help*");

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    OuterWords outer = new OuterWords(prompt);
    Optional<Integer> id = Optional.empty();
    Optional<Integer> port = Optional.empty();
    Optional<Boolean> checksum = Optional.empty();
    Optional<VxlanSettings.Df> df = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed).orElseThrow(
          () -> Stop.exit(1, "geneve: unknown command \"" + typed + "\"?", "Usage: ... geneve id VNI"));
      switch (word) {
        case "id" -> id =
            Optional.of(VxlanWords.Reader.number(word, id, args.next(), VxlanSettings.END_OF_IDS - 1, "invalid id"));
        case "remote" -> outer.remote(word, args.next());
        case "ttl" -> outer.ttl(args.next());
        case "tos" -> outer.tos(args.next());
        case "df" -> df = Optional.of(VxlanWords.Reader.df(args.next()));
        case "dstport" -> port = Optional.of(VxlanWords.Reader.number(word, port, args.next(), 65535, "dstport"));
        case "udpcsum" -> checksum = Optional.of(true);
        case "noudpcsum" -> checksum = Optional.of(false);
        case "noexternal", "noudp6zerocsumtx", "noudp6zerocsumrx" -> {
        }
        default -> throw Stop.unsupported("geneve " + word);
      }
    }
    if (id.isEmpty()) {
      throw Stop.exit(1, "geneve: missing virtual network identifier");
    }
    return new LinkInfo.Geneve(outer.wish(), id, port.filter(p -> p > 0), checksum, df);
  }

  @Override
  public List<String> remarks(LinkInfo info) throws Stop {
    if (((LinkInfo.Geneve) info).outer().remote().isEmpty()) {
      throw Stop.exit(1, "geneve: remote link partner not specified");
    }
    return List.of();
  }

  @Override
  public String write(LinkInfo info) {
    return info instanceof LinkInfo.Geneve(var outer, var id, var port, var checksum, var df)
        ? id.map(i -> " id " + i).orElse("") + OuterWords.write(outer) + port.map(p -> " dstport " + p).orElse("")
            + checksum.map(c -> c ? " udpcsum" : " noudpcsum").orElse("")
            + df.map(d -> " df " + d.name().toLowerCase(Locale.ROOT)).orElse("")
        : "";
  }

  @Override
  public List<Detail> details(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.Geneve(var _, Outer outer, GeneveSettings own))) {
      return List.of();
    }
    boolean six = outer.remote().filter(r -> r.family() == IpFamily.INET6).isPresent();
    List<Detail> details = new ArrayList<>();
    details.add(Detail.of("id", own.id()));
    details.addAll(OuterWords.ends(lab, device, outer));
    details.add(VxlanWords.ttl(outer.ttl()));
    if (outer.inheritTos()) {
      details.add(new Detail("tos inherit", "tos", "0x1"));
    }
    if (own.df() != VxlanSettings.Df.UNSET) {
      details.add(Detail.of("df", own.df().name().toLowerCase(Locale.ROOT)));
    }
    details.add(new Detail("dstport " + own.port(), "port", own.port()));
    if (six) {
      details.add(new Detail((own.checksum() ? "no" : "") + "udp6zerocsumtx", "udp_zero_csum6_tx", !own.checksum()));
    } else {
      details.add(new Detail((own.checksum() ? "" : "no") + "udpcsum", "udp_csum", own.checksum()));
    }
    details.add(new Detail((six ? "no" : "") + "udp6zerocsumrx", "udp_zero_csum6_rx", !six));
    return details;
  }
}
