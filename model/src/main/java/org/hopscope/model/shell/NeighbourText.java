package org.hopscope.model.shell;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.Neighbour;
import org.hopscope.model.net.NetnsId;

/** Neighbours in the shapes of {@code ip neigh} (iproute2 6.1 ip/ipneigh.c print_neigh). */
public final class NeighbourText {
  private NeighbourText() {
  }

  /** The rows of a namespace as they are now, each in the state that the clock has brought it to. */
  public static List<Neighbour> now(LabState lab, NetnsId netns) {
    return lab.learned().neighbours(netns).rows().values().stream().map(r -> {
      Device device = lab.device(r.key().device());
      Neighbour.State state = r.stateAt(lab.now(), Sysctls.neighbourTiming(lab, device, r.key().address().family()));
      return new Neighbour(r.key(), state == Neighbour.State.FAILED ? Optional.empty() : r.mac(), state,
          r.confirmed(), r.updated(), r.flags());
    }).toList();
  }

  static List<String> of(LabState lab, List<Neighbour> rows, boolean withoutDevice) {
    return rows.stream().map(r -> r.key().address()
        + (withoutDevice ? "" : " dev " + lab.device(r.key().device()).name())
        + r.mac().map(m -> " lladdr " + m).orElse("") + words(r.flags()) + " " + r.state() + " ").toList();
  }

  /** Addresses alone, in columns (print_neigh_brief). */
  static List<String> brief(LabState lab, List<Neighbour> rows, boolean withoutDevice) {
    return rows.stream().map(r -> String.format(Locale.ROOT, "%-40s%s%s", r.key().address(),
        withoutDevice ? "" : String.format(Locale.ROOT, "%-17s", lab.device(r.key().device()).name()),
        r.mac().map(Object::toString).orElse(""))).toList();
  }

  /** The words of flags, each behind a blank. */
  static String words(Set<Neighbour.Flag> flags) {
    return flags.stream().map(f -> " " + f.word()).collect(Collectors.joining());
  }

  /** Whom devices answer for, as text or JSON. */
  static List<String> proxies(LabState lab, List<Neighbour.Key> keys, boolean withoutDevice, boolean json) {
    Json.Rows list = new Json.Rows();
    keys.forEach(k -> list.add(new Json.Row().put("dst", k.address().toString())
        .putIf(!withoutDevice, "dev", lab.device(k.device()).name()).put("proxy", Json.NULL)));
    return json
        ? List.of(list.toString())
        : keys.stream().map(k -> k.address() + " "
            + (withoutDevice ? "" : "dev " + lab.device(k.device()).name() + " ") + "proxy ").toList();
  }

  static String json(LabState lab, List<Neighbour> rows, boolean withoutDevice, boolean brief) {
    Json.Rows list = new Json.Rows();
    for (Neighbour row : rows) {
      Json.Row one = new Json.Row().put("dst", row.key().address().toString())
          .putIf(!withoutDevice, "dev", lab.device(row.key().device()).name())
          .put("lladdr", row.mac().map(Object::toString));
      if (!brief) {
        row.flags().forEach(f -> one.put(f.word(), Json.NULL));
        one.put("state", List.of(row.state().name()));
      }
      list.add(one);
    }
    return list.toString();
  }
}
