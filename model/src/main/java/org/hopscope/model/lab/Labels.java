package org.hopscope.model.lab;

import java.util.Optional;
import org.hopscope.model.net.AssignedAddress;
import org.pcollections.PVector;

/** The labels of addresses: the device's name, or that and a colon and more. */
final class Labels {
  private static final int MAX_LENGTH = 15;

  private Labels() {
  }

  /**
   * The addresses of a device after it was renamed (kernel inetdev_changename): the first one is labelled with the new
   * name alone, the others keep what stands behind their colon, or get their place in the list.
   */
  static PVector<AssignedAddress> renamed(PVector<AssignedAddress> list, String name) {
    PVector<AssignedAddress> done = list;
    for (int i = 0; i < list.size(); i++) {
      String old = list.get(i).label();
      int colon = old.indexOf(':');
      String tail = i == 0 ? "" : colon < 0 ? ":" + (i + 1) : old.substring(colon);
      String head = name.substring(0, Math.min(name.length(), MAX_LENGTH - tail.length()));
      done = done.with(i, list.get(i).withLabel(head + tail));
    }
    return done;
  }

  /** The label of a new address, or the device's name when none is asked for. */
  static String of(Optional<String> wish, String device) {
    wish.filter(l -> l.isEmpty() || l.length() > MAX_LENGTH).ifPresent(l -> {
      throw RefusedException.kernel(Errno.ERANGE, "Attribute failed policy validation.");
    });
    return wish.orElse(device);
  }
}
