package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.LinkInfo;
import org.hopscope.model.lab.Links;
import org.hopscope.model.net.BondMode;
import org.hopscope.model.net.BondSettings;
import org.hopscope.model.net.BondSlave;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceId;
import org.hopscope.model.net.DeviceKind;

/** {@code type bond} (iproute2 ip/iplink_bond.c, ip-link(8)), and what {@code ip -d link} prints of slaves. */
final class BondWords implements TypeWords {
  private static final Keywords WORDS = Keywords.of("mode* active_slave* clear_active_slave* miimon* updelay* "
      + "downdelay* peer_notify_delay* use_carrier* arp_interval* arp_validate* arp_all_targets* arp_ip_target* "
      + "primary* primary_reselect* fail_over_mac* xmit_hash_policy* resend_igmp* num_grat_arp* num_unsol_na* "
      + "all_slaves_active* min_links* lp_interval* packets_per_slave* lacp_rate* ad_select* lacp_active* "
      + "ad_user_port_key* ad_actor_sys_prio* ad_actor_system* tlb_dynamic_lb* help*");

  @Override
  public LinkInfo read(Prompt prompt, Args args) throws Stop {
    Optional<BondMode> mode = Optional.empty();
    Optional<Integer> miimon = Optional.empty();
    Optional<String> primary = Optional.empty();
    Optional<String> active = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      String word = WORDS.find(typed)
          .orElseThrow(() -> Stop.exit(1, "bond: unknown command \"" + typed + "\"?", "Usage: ... bond"));
      switch (word) {
        case "mode" -> mode = Optional.of(mode(args.next()));
        case "miimon" -> miimon = Optional.of(args.number(0, Integer.MAX_VALUE, "invalid miimon"));
        case "primary" -> primary = Optional.of(prompt.device(args.next()).name());
        case "active_slave" -> active = Optional.of(prompt.device(args.next()).name());
        default -> throw Stop.unsupported("bond " + word);
      }
    }
    return new LinkInfo.Bond(mode, miimon, primary, active);
  }

  private static BondMode mode(String text) throws Stop {
    if (text.matches("balance-tlb|balance-alb|5|6")) {
      throw Stop.unsupported("bond mode " + text);
    }
    return Arrays.stream(BondMode.values()).filter(m -> m.word().equals(text) || text.equals("" + m.ordinal()))
        .findFirst().orElseThrow(() -> Stop.wrong(text, "invalid mode"));
  }

  @Override
  public String write(LinkInfo info) {
    return info instanceof LinkInfo.Bond(var mode, var miimon, var primary, var active)
        ? mode.map(m -> " mode " + m.word()).orElse("") + miimon.map(m -> " miimon " + m).orElse("")
            + primary.map(p -> " primary " + Words.quote(p)).orElse("")
            + active.map(a -> " active_slave " + Words.quote(a)).orElse("")
        : "";
  }

  /** The settings the model has; the kernel prints many more that it has not. */
  @Override
  public List<Detail> details(LabState lab, Device device) {
    if (!(device.kind() instanceof DeviceKind.Bond(BondSettings settings, var _))) {
      return List.of();
    }
    List<Detail> details = new ArrayList<>(List.of(Detail.of("mode", settings.mode().word())));
    settings.active().ifPresent(a -> details.add(Detail.of("active_slave", lab.device(a).name())));
    details.add(Detail.of("miimon", settings.miimon()));
    settings.primary().ifPresent(p -> details.add(Detail.of("primary", lab.device(p).name())));
    return details;
  }

  /** What is printed of a device that is a slave (iproute2 ip/iplink_bond_slave.c); empty when it is none. */
  static List<Detail> slave(LabState lab, Device device) {
    Optional<DeviceId> master = lab.index().bondOf(device.id());
    if (master.isEmpty() || !(lab.device(master.get()).kind() instanceof DeviceKind.Bond bond)) {
      return List.of();
    }
    BondSlave slave = bond.members().stream().filter(s -> s.device().equals(device.id())).findFirst().orElseThrow();
    boolean backup = bond.settings().mode() == BondMode.ACTIVE_BACKUP
        && !bond.settings().active().equals(Optional.of(device.id()));
    boolean link = Links.hasLink(lab, bond, device.id());
    return List.of(Detail.of("state", backup ? "BACKUP" : "ACTIVE"), Detail.of("mii_status", link ? "UP" : "DOWN"),
        Detail.of("perm_hwaddr", slave.mac().toString()), Detail.of("queue_id", 0));
  }
}
