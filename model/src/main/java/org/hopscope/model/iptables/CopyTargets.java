package org.hopscope.model.iptables;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Deed;
import org.hopscope.model.netfilter.Target;
import org.hopscope.model.netfilter.Wording;

/** Reads the target that sends a copy of a packet elsewhere: {@code TEE} (extensions/libxt_TEE.c). */
final class CopyTargets {
  /** IFNAMSIZ without its end. */
  private static final int NAME = 15;

  private CopyTargets() {
  }

  static Extension<Target> tee(IpFamily family) {
    return new Extension<>("TEE", "gateway:* oif:") {
      private Optional<IpAddress> gateway = Optional.empty();
      private Optional<String> device = Optional.empty();

      @Override
      void read(String option, boolean inverted, String argument, Words more) throws Complaint {
        if (option.equals("oif")) {
          device = Optional.of(Values.cut(argument, NAME));
        } else {
          gateway = Optional.of(Values.host(family, argument));
        }
      }

      @Override
      Target done() {
        IpAddress to = gateway.orElseThrow();
        Phrases phrases = new Phrases().save("--gateway", to.toString()).list("TEE gw:" + to);
        device.ifPresent(d -> phrases.save("--oif", d).list("oif=" + d));
        return phrases.target("TEE", to.isUnspecified() ? Wording.Place.NOWHERE : Wording.Place.ANY,
            new Deed.Copy(to, device));
      }
    };
  }
}
