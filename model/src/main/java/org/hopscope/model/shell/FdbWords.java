package org.hopscope.model.shell;

import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.lab.FdbFilter;
import org.hopscope.model.lab.FdbSide;
import org.hopscope.model.lab.RemoteWish;
import org.hopscope.model.net.FdbEntry;

/** The words of {@code bridge fdb} (bridge(8)). */
final class FdbWords {
  private FdbWords() {
  }

  /** How a row came to be, as it is typed behind {@code bridge fdb add}. */
  static String word(FdbEntry.Kind kind) {
    return switch (kind) {
      case LOCAL -> "permanent";
      case STATIC -> "static";
      case LEARNED, REMOVED -> "dynamic";
    };
  }

  /** In whose database. */
  static String word(FdbSide side) {
    return side.name().toLowerCase(Locale.ROOT);
  }

  /** Which far end a row leads to. */
  static String of(RemoteWish remote) {
    return " dst " + remote.address() + remote.port().map(p -> " port " + p).orElse("")
        + remote.vni().map(v -> " vni " + v).orElse("")
        + remote.via().map(v -> " via " + Words.quote(v.name())).orElse("");
  }

  /** What {@code bridge fdb flush} asks of rows. */
  static String of(FdbFilter which) {
    return which.port().map(p -> " brport " + Words.quote(p)).orElse("") + flag("permanent", which.permanent())
        + which.unageing().map(u -> u ? " nodynamic" : " dynamic").orElse("") + flag("sticky", which.sticky())
        + which.vlan().map(v -> " vlan " + v).orElse("");
  }

  /** In which VLAN a row is; nothing for none. */
  static String vlan(FdbEntry.Key key) {
    return key.vlan() == 0 ? "" : " vlan " + key.vlan();
  }

  private static String flag(String word, Optional<Boolean> value) {
    return value.map(on -> (on ? " " : " no") + word).orElse("");
  }
}
