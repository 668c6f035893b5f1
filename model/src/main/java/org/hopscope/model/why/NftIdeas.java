package org.hopscope.model.why;

import java.util.List;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.Verdict;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.NftWalk;
import org.hopscope.model.trace.Lookup;

/** What may be wrong in nftables: a rule in the way, one that is missing, a policy, a translation that leads astray. */
final class NftIdeas {
  private final Scene scene;
  private final Ideas ideas;

  private NftIdeas(Scene scene, Ideas ideas) {
    this.scene = scene;
    this.ideas = ideas;
  }

  static void have(Scene scene, Ideas ideas) {
    NftIdeas nft = new NftIdeas(scene, ideas);
    for (Lookup lookup : scene.lookups) {
      if (lookup instanceof Lookup.ChainWalk walk) {
        nft.walk(walk);
      }
    }
  }

  private void type(double cost, String reason, NetnsId at, String... commands) {
    String[] lines = new String[commands.length];
    for (int i = 0; i < commands.length; i++) {
      lines[i] = "nft " + commands[i];
    }
    ideas.add(cost + scene.distance(at), reason, at, lines);
  }

  private String place(Lookup.ChainWalk walk, String chain) {
    return scene.name(walk.netns()) + ": " + walk.table().key() + " " + chain;
  }

  private void walk(Lookup.ChainWalk walk) {
    boolean ends = walk.walk().verdict() instanceof Verdict.Drop || walk.walk().verdict() instanceof Verdict.Reject;
    List<NftWalk.Hit> hits = walk.walk().hits();
    for (int i = 0; i < hits.size(); i++) {
      NftWalk.Hit hit = hits.get(i);
      boolean decided = ends && !walk.walk().byPolicy() && i == hits.size() - 1;
      boolean last = i == hits.size() - 1;
      boolean translates = last && walk.walk().verdict() instanceof Verdict.Translate;
      if (decided || translates || ends) {
        delete(walk, hit, decided ? 0 : translates ? 0.3 : 0.6);
      }
      if (decided) {
        String reason = Sentences.say("rule.drops", place(walk, hit.chain()), text(hit));
        type(0.5, reason, walk.netns(), "insert rule " + walk.table().key() + " " + hit.chain() + " position "
            + hit.rule().handle() + flow(walk) + " accept");
      }
    }
    if (ends && walk.walk().byPolicy()) {
      policy(walk);
    }
  }

  private static String text(NftWalk.Hit hit) {
    return NftText.rule(hit.rule(), Devices.NONE);
  }

  private void delete(Lookup.ChainWalk walk, NftWalk.Hit hit, double cost) {
    String reason = Sentences.say(cost == 0 ? "rule.drops" : "rule.passed", place(walk, hit.chain()), text(hit));
    type(cost, reason, walk.netns(),
        "delete rule " + walk.table().key() + " " + hit.chain() + " handle " + hit.rule().handle());
  }

  /** The end of a chain threw it away. */
  private void policy(Lookup.ChainWalk walk) {
    String chain = walk.table().key() + " " + walk.chain().name();
    boolean bare = walk.chain().rules().isEmpty();
    String reason = Sentences.say("rule.policy", place(walk, walk.chain().name()));
    boolean reply = walk.view().tracking().toString().contains("REPLY");
    type(bare ? 0 : 0.35, reason, walk.netns(), "chain " + chain + " { policy accept ; }");
    type(bare ? 0.4 : 0.3, reason, walk.netns(), "add rule " + chain + flow(walk) + " accept");
    type(reply ? 0.25 : 0.6, reason, walk.netns(), "add rule " + chain + " ct state established,related accept");
    type(0.45, reason, walk.netns(), "add rule " + chain + flow(walk) + " accept",
        "add rule " + chain + " ct state established,related accept");
  }

  /** What describes the packets of a flow. */
  private static String flow(Lookup.ChainWalk walk) {
    String family = walk.view().destination().family() == IpFamily.INET6 ? " ip6" : " ip";
    int port = walk.view().destinationPort();
    String protocol = switch (walk.view().protocol()) {
      case 6 -> " tcp dport " + port;
      case 17 -> " udp dport " + port;
      default -> "";
    };
    return family + " saddr " + walk.view().source() + family + " daddr " + walk.view().destination()
        + (port >= 0 && port < 32_768 ? protocol : "");
  }
}
