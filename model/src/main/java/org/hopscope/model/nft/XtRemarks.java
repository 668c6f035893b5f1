package org.hopscope.model.nft;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Target;

/** What one run of nft says beside its listings, and what it has loaded of libxtables meanwhile. */
final class XtRemarks {
  private final List<String> lines = new ArrayList<>();
  /** The family for which a library was loaded first. */
  private final Map<String, IpFamily> loaded = new HashMap<>();

  List<String> lines() {
    return List.copyOf(lines);
  }

  /** A rule of a table has something of xtables in it. */
  void managed(NftTable.Key key) {
    String line = "# Warning: table " + key + " is managed by iptables-nft, do not touch!";
    if (!lines.contains(line)) {
      lines.add(line);
    }
  }

  /**
   * Whether a target is found, which then may be translated. Where a library has targets of its own for each family, those of the
   * family that comes second in a run are not found, as the library is there already (nftables src/xt.c xt_stmt_xlate,
   * libxtables xtables_find_target).
   */
  boolean finds(Target target, IpFamily family) {
    boolean found = library(target).map(l -> loaded.computeIfAbsent(l, _ -> family) == family).orElse(true);
    if (!found) {
      lines.add("XT target " + XtTargets.name(target) + " not found");
    }
    return found;
  }

  private static Optional<String> library(Target target) {
    return switch (target) {
      case Target.Dnat _,Target.Snat _,Target.Masquerade _,Target.Redirect _ -> Optional.of("NAT");
      case Target.Tcpmss _ -> Optional.of("TCPMSS");
      case Target.Other(var wording, var _) -> Optional.of(wording.name()).filter("DSCP"::equals);
      case Target.Nothing _,Target.Accept _,Target.Drop _,Target.Return _,Target.Jump _,Target.Goto _,Target.Reject _,Target.Log _,Target.Mark _,Target.Connmark _,Target.Netmap _,Target.Notrack _,Target.Track _,Target.Trace _,Target.Ttl _ ->
          Optional.empty();
    };
  }
}
