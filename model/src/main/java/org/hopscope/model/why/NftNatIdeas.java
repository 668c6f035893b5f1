package org.hopscope.model.why;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.InterfaceAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Hook;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftChain;
import org.hopscope.model.nft.NftRule;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.trace.Lookup;

/** What may be wrong with the translations of nftables: one that is not made, or that is about something else. */
final class NftNatIdeas {
  private final Scene scene;
  private final Ideas ideas;
  private final IpFamily family;
  private final Optional<Wanted> wanted;

  private NftNatIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
    family = scene.trace.probe().to().family();
    wanted = Wanted.by(scene.trace.probe());
  }

  static void have(Scene scene, Ideas ideas) {
    NftNatIdeas nat = new NftNatIdeas(scene, ideas);
    for (NetnsId netns : scene.path) {
      for (NftTable table : scene.lab.find(netns).orElseThrow().nft().tables()) {
        table.chains().stream().filter(c -> is(c, Hook.PREROUTING)).forEach(c -> nat.destinations(netns, table, c));
        table.chains().stream().filter(c -> is(c, Hook.POSTROUTING)).forEach(c -> nat.sources(netns, table, c));
      }
    }
  }

  private static boolean is(NftChain chain, Hook hook) {
    return chain.base().filter(b -> b.type() == NftChain.Type.NAT && b.hook() == hook).isPresent();
  }

  private void type(double cost, String reason, NetnsId at, String command) {
    ideas.add(cost + scene.distance(at), reason, at, "nft " + command);
  }

  private String ip() {
    return family == IpFamily.INET6 ? "ip6" : "ip";
  }

  private void destinations(NetnsId netns, NftTable table, NftChain chain) {
    boolean here = wanted.isPresent() && !scene.trace.probe().from().equals(netns)
        && scene.owners(wanted.get().to()).stream().anyMatch(d -> d.netns().equals(netns));
    if (!here) {
      return;
    }
    Wanted asked = wanted.get();
    String where = table.key() + " " + chain.name();
    List<String> listeners = asked.listeners(scene.lab);
    String match = " " + asked.transport().word() + " dport " + asked.port();
    for (NftRule rule : chain.rules()) {
      String words = NftText.rule(rule, Devices.NONE);
      if (words.contains("dnat to")) {
        Set<String> others = new LinkedHashSet<>();
        others.add(words.replaceAll("dport \\S+", "dport " + asked.port()));
        listeners.forEach(to -> others.add(words.replaceAll("dnat to \\S+", "dnat to " + to)));
        others.stream().filter(o -> !o.equals(words))
            .forEach(o -> type(0.2, Sentences.say("rule.other", scene.name(netns) + ": " + where, words), netns,
                "replace rule " + where + " handle " + rule.handle() + " " + o));
      }
    }
    for (String to : listeners) {
      type(chain.rules().isEmpty() ? 0.1 : 0.35,
          Sentences.say("rule.no-dnat", scene.name(netns), asked.to(), asked.port()), netns,
          "add rule " + where + " " + ip() + " daddr " + asked.to() + match + " dnat to " + to);
    }
  }

  private void sources(NetnsId netns, NftTable table, NftChain chain) {
    boolean hides = chain.rules().stream().anyMatch(r -> NftText.rule(r, Devices.NONE).contains("masquerade"));
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.RouteLookup way && way.netns().equals(netns) && way.incoming().isPresent()
          && way.hop().isPresent()) {
        Device out = scene.lab.device(way.hop().get().device());
        Device in = scene.lab.device(way.incoming().get());
        Optional<InterfaceAddress> inside = in.globalAddresses(family).stream()
            .filter(a -> way.source().filter(a.network()::contains).isPresent()).findFirst();
        if (inside.isPresent() && !out.id().equals(in.id())) {
          type(hides ? 0.5 : 0.05,
              Sentences.say("rule.no-masquerade", scene.name(netns), inside.get().network(), out.name()), netns,
              "add rule " + table.key() + " " + chain.name() + " " + ip() + " saddr " + inside.get().network()
                  + " oifname " + out.name() + " masquerade");
        }
      }
    }
  }
}
