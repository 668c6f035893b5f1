package org.hopscope.model.docker.linux;

import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.IpPrefix;
import org.hopscope.model.docker.Chains;
import org.hopscope.model.docker.Container.Published;
import org.hopscope.model.docker.DockerNetwork.Bridge;
import org.hopscope.model.docker.DockerNetwork.GatewayMode;
import org.hopscope.model.net.NetnsId;

/**
 * Docker's rules of iptables for the daemon, a bridge, a container and its published ports, with the proxy on as it is by
 * default (moby integration/network/bridge/iptablesdoc/generated; sem-D1 to D5, D9).
 *
 * @param host the machine
 * @param chains in which chains
 * @param family of iptables or of ip6tables
 */
record BridgeRules(String host, Chains chains, IpFamily family) {
  private static final String KNOWN = "-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT";

  /** The chains and the jumps into them (iptabler.go setupIPChains; DOCKER-USER comes first). */
  Construct daemon(boolean forwards) {
    RuleLines lines = new RuleLines(NetnsId.root(host), family);
    String apart = switch (chains) {
      case TODAY -> "DOCKER-INTERNAL";
      case ISOLATION -> "DOCKER-ISOLATION-STAGE-1";
    };
    lines.chain("nat", "DOCKER").chain("filter", "DOCKER").chain("filter", "DOCKER-FORWARD")
        .chain("filter", "DOCKER-BRIDGE").chain("filter", "DOCKER-CT").chain("filter", apart);
    if (chains == Chains.ISOLATION) {
      lines.chain("filter", "DOCKER-ISOLATION-STAGE-2");
    }
    lines.append("nat", "PREROUTING", "-m addrtype --dst-type LOCAL -j DOCKER")
        .append("nat", "OUTPUT", "-m addrtype --dst-type LOCAL -j DOCKER ! --dst "
            + (family == IpFamily.INET ? "127.0.0.0/8" : "::1/128"))
        .insert("filter", "FORWARD", "-j DOCKER-FORWARD").insert("filter", "DOCKER-FORWARD", "-j DOCKER-BRIDGE")
        .insert("filter", "DOCKER-FORWARD", "-j " + apart).insert("filter", "DOCKER-FORWARD", "-j DOCKER-CT");
    lines.once("-N DOCKER-USER");
    if (chains == Chains.ISOLATION) {
      lines.append("filter", "DOCKER-USER", "-j RETURN");
    }
    lines.insert("filter", "FORWARD", "-j DOCKER-USER");
    if (forwards) {
      lines.once("-P FORWARD DROP");
    }
    return lines.done();
  }

  /** A bridge's rules (network.go setupIPTables). */
  Construct network(Bridge bridge, IpPrefix subnet) {
    RuleLines lines = new RuleLines(NetnsId.root(host), family);
    if (bridge.isInternal()) {
      internal(lines, bridge, subnet);
    } else {
      external(lines, bridge, subnet);
    }
    return lines.done();
  }

  private void internal(RuleLines lines, Bridge bridge, IpPrefix subnet) {
    String device = bridge.device();
    String chain = switch (chains) {
      case TODAY -> "DOCKER-INTERNAL";
      case ISOLATION -> "DOCKER-ISOLATION-STAGE-1";
    };
    lines.insert("filter", chain, "-i " + device + " ! -d " + subnet + " -j DROP")
        .insert("filter", chain, "-o " + device + " ! -s " + subnet + " -j DROP")
        .append("filter", "DOCKER-FORWARD", "-i " + device + " -o " + device + " -j "
            + (bridge.icc() ? "ACCEPT" : "DROP"));
  }

  private void external(RuleLines lines, Bridge bridge, IpPrefix subnet) {
    String in = "-i " + bridge.device();
    String out = "-o " + bridge.device();
    boolean routed = bridge.gateway() == GatewayMode.ROUTED;
    if (bridge.masquerade() && !routed) {
      lines.insert("nat", "POSTROUTING", "-s " + subnet + " ! " + out + " -j MASQUERADE");
    }
    if (chains == Chains.ISOLATION) {
      lines.insert("nat", "DOCKER", in + " -j RETURN");
    }
    if (!bridge.icc()) {
      lines.append("filter", "DOCKER-FORWARD", in + " " + out + " -j DROP");
    }
    if (routed) {
      lines.append("filter", "DOCKER", out + (family == IpFamily.INET ? " -p icmp" : " -p icmpv6") + " -j ACCEPT");
    }
    lines.append("filter", "DOCKER-FORWARD", in + (bridge.icc() ? "" : " ! " + out) + " -j ACCEPT");
    if (chains == Chains.ISOLATION) {
      if (routed) {
        lines.insert("filter", "DOCKER-ISOLATION-STAGE-1", out + " -j RETURN")
            .insert("filter", "DOCKER-ISOLATION-STAGE-1", in + " " + KNOWN);
      }
      lines.append("filter", "DOCKER-ISOLATION-STAGE-1", in + " ! " + out + " -j DOCKER-ISOLATION-STAGE-2")
          .insert("filter", "DOCKER-ISOLATION-STAGE-2", out + " -j DROP");
    }
    lines.append("filter", "DOCKER",
        "! " + in + " " + out + " -j " + (bridge.gateway() == GatewayMode.NAT_UNPROTECTED ? "ACCEPT" : "DROP"))
        .append("filter", "DOCKER-CT", out + " " + KNOWN).append("filter", "DOCKER-BRIDGE", out + " -j DOCKER");
  }

  /** Nobody sends to a container's own address but its bridge and the host (endpoint.go filterDirectAccess, sem-D4). */
  Construct endpoint(Bridge bridge, IpAddress address) {
    RuleLines lines = new RuleLines(NetnsId.root(host), family);
    if (!bridge.isInternal() && bridge.gateway() == GatewayMode.NAT) {
      lines.append("raw", "PREROUTING", "-d " + address + " ! -i " + bridge.device() + " -j DROP");
    }
    return lines.done();
  }

  /** A published port (port.go setPerPortIptables, sem-D2). */
  Construct port(Bridge bridge, IpAddress address, Published port) {
    RuleLines lines = new RuleLines(NetnsId.root(host), family);
    String protocol = "-p " + port.transport().word();
    String there = protocol + port.on().map(a -> " -d " + a).orElse("") + " --dport " + port.hostPort();
    boolean routed = bridge.gateway() == GatewayMode.ROUTED;
    boolean inet = family == IpFamily.INET;
    if (!routed && inet && port.on().filter(IpAddress::isLoopback).isPresent()) {
      lines.append("raw", "PREROUTING", there + " ! -i lo -j DROP");
    }
    if (!routed) {
      lines.append("nat", "DOCKER", (inet ? there : "! -s fe80::/10 " + there) + " -j DNAT --to-destination "
          + (inet ? address : "[" + address + "]") + ":" + port.port() + " ! -i " + bridge.device());
    }
    if (bridge.gateway() != GatewayMode.NAT_UNPROTECTED) {
      lines.insert("filter", "DOCKER", "! -i " + bridge.device() + " -o " + bridge.device() + " " + protocol + " -d "
          + address + " --dport " + port.port() + " -j ACCEPT");
    }
    return lines.done();
  }
}
