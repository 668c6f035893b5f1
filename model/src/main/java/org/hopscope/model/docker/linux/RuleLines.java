package org.hopscope.model.docker.linux;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.iptables.CommandReader;
import org.hopscope.model.iptables.Complaint;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;

/**
 * Rules as Docker writes them: one by one, some put in front and some behind, so that their order tells the order of events
 * (moby daemon/libnetwork/drivers/bridge/internal/iptabler, programChainRule and appendOrDelChainRule).
 */
final class RuleLines {
  private final NetnsId netns;
  private final IpFamily family;
  private final List<Edit> make = new ArrayList<>();
  private final List<Edit> unmake = new ArrayList<>();
  private final List<Edit> chains = new ArrayList<>();

  /** Rules of IPv4 of a host, or of a container's namespace. */
  RuleLines(NetnsId netns) {
    this(netns, IpFamily.INET);
  }

  /** Rules of a host, or of a container's namespace. */
  RuleLines(NetnsId netns, IpFamily family) {
    this.netns = netns;
    this.family = family;
  }

  /** A chain; it goes after all rules. */
  RuleLines chain(String table, String name) {
    chains.add(edit("-t " + table + " -X " + name));
    return once("-t " + table + " -N " + name);
  }

  /** A command that is not taken back. */
  RuleLines once(String line) {
    make.add(edit(line));
    return this;
  }

  /** A rule behind the others. */
  RuleLines append(String table, String chain, String rule) {
    return rule(table, "-A", chain, rule);
  }

  /** A rule in front of the others. */
  RuleLines insert(String table, String chain, String rule) {
    return rule(table, "-I", chain, rule);
  }

  private RuleLines rule(String table, String how, String chain, String rule) {
    make.add(edit("-t " + table + " " + how + " " + chain + " " + rule));
    unmake.add(edit("-t " + table + " -D " + chain + " " + rule));
    return this;
  }

  Construct done() {
    unmake.addAll(chains);
    return new Construct(make, unmake);
  }

  private Edit edit(String line) {
    try {
      return new Edit.Iptables(netns, family, CommandReader.read(family, List.of(line.split(" "))));
    } catch (Complaint complaint) {
      throw new IllegalStateException(line + ": " + complaint.getMessage(), complaint);
    }
  }
}
