package org.hopscope.model.lab;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftComplaint;
import org.hopscope.model.nft.NftFamily;
import org.hopscope.model.nft.NftFilter;
import org.hopscope.model.nft.NftRuleset;
import org.hopscope.model.nft.NftTable;
import org.hopscope.model.nft.NftText;
import org.hopscope.model.nft.Script;

/** Changes that {@code nft} makes. */
public final class NftEdits {
  private NftEdits() {
  }

  /** The tables of a namespace with what packets have left in them. */
  public static NftFilter filter(LabState lab, NetnsId id) {
    Netns netns = Find.netns(lab, id);
    return new NftFilter(netns.nft(), netns.rulesets(), lab.learned().netfilter(id));
  }

  /** The devices of a namespace by name and number. */
  public static Devices devices(LabState lab, NetnsId id) {
    return new Devices() {
      @Override
      public Optional<Integer> index(String name) {
        return lab.find(new DeviceRef(id, name)).map(d -> d.place().ifindex());
      }

      @Override
      public Optional<String> name(int index) {
        return lab.devicesOf(id).stream().filter(d -> d.place().ifindex() == index).map(d -> d.name()).findFirst();
      }
    };
  }

  /** A lab with a namespace's tables in the place of the old ones. */
  public static LabState with(LabState lab, NetnsId id, NftFilter filter) {
    Netns netns = Find.netns(lab, id);
    return lab.with(netns.withNft(filter.rules()).withRulesets(filter.iptables()))
        .withLearned(lab.learned().withNetfilter(id, filter.state()));
  }

  /** What iptables does to a whole table is done to what nft made of it too; {@code word} is {@code flush} or {@code delete}. */
  static LabState shared(LabState lab, NetnsId id, IpFamily family, TableName name, String word) {
    NftTable.Key key = new NftTable.Key(NftFamily.of(family), name.word());
    return Find.netns(lab, id).nft().table(key).isPresent() ? script(lab, id, List.of(word + " table " + key)) : lab;
  }

  static LabState script(LabState lab, NetnsId id, List<String> lines) {
    try {
      NftFilter after =
          Script.run(lines, filter(lab, id), devices(lab, id), lab.now().nanos(), NftText.Style.USUAL).after();
      NftRuleset.Numbered numbered = after.rules().number(after.iptables());
      return with(lab, id, new NftFilter(numbered.nft(), numbered.iptables(), after.state()));
    } catch (NftComplaint complaint) {
      throw complaint.isUnsupported()
          ? RefusedException.unsupported(complaint.getMessage())
          : RefusedException.tool(Errno.EINVAL, String.join("\n", complaint.lines(lines, Optional.of("/dev/stdin"))));
    }
  }
}
