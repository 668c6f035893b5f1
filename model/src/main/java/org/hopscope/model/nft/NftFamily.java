package org.hopscope.model.nft;

import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;

/** Which packets a table sees (nft(8) ADDRESS FAMILIES). Left out: arp, bridge and netdev, refused by name. */
public enum NftFamily {
  IP, IP6, INET;

  /** Its name in commands. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one whose tables see packets of a family alone. */
  public static NftFamily of(IpFamily family) {
    return switch (family) {
      case INET -> IP;
      case INET6 -> IP6;
    };
  }

  /** The family of a name. */
  public static Optional<NftFamily> named(String word) {
    for (NftFamily family : values()) {
      if (family.word().equals(word)) {
        return Optional.of(family);
      }
    }
    return Optional.empty();
  }

  /** Whether its chains are shown packets of a family. */
  public boolean sees(IpFamily family) {
    return switch (this) {
      case IP -> family == IpFamily.INET;
      case IP6 -> family == IpFamily.INET6;
      case INET -> true;
    };
  }
}
