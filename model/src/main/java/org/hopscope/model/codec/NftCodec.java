package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.NftEdits;
import org.hopscope.model.net.Netns;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.nft.Devices;
import org.hopscope.model.nft.NftComplaint;
import org.hopscope.model.nft.NftFilter;
import org.hopscope.model.nft.NftRuleset;
import org.hopscope.model.nft.NftSaved;
import org.hopscope.model.nft.NftSet;
import org.hopscope.model.nft.NftTable;

/** Tables of nftables on disk: as {@code nft list} writes them, with the numbers of what is in them. */
final class NftCodec {
  private final LabState lab;
  private final NetnsId netns;
  private final Devices devices;

  NftCodec(LabState lab, NetnsId netns) {
    this.lab = lab;
    this.netns = netns;
    devices = NftEdits.devices(lab, netns);
  }

  JsonArray write(NftRuleset rules, boolean canonical) {
    JsonArray tables = new JsonArray();
    for (NftTable table : rules.tables()) {
      JsonObject object = new JsonObject();
      JsonArray text = new JsonArray();
      NftSaved.lines(table, devices).forEach(text::add);
      object.add("text", text);
      if (!canonical) {
        object.addProperty("handle", table.about().handle());
        object.addProperty("next", table.nextHandle());
        JsonArray numbers = new JsonArray();
        for (NftSet.Place place : NftSaved.places(table)) {
          numbers.add(place.id());
          numbers.add(place.handle());
        }
        object.add("numbers", numbers);
      }
      tables.add(object);
    }
    return tables;
  }

  /**
   * What a namespace's fields say of its packet filters' state and of its tables of nft.
   *
   * @param tables of nft, as they are listed
   * @param next the number that the next table gets
   * @param state what packets have left there, with the rules of both programs
   */
  record Saved(NetnsId netns, List<Json> tables, Optional<Json> next, Optional<Json> state) {
    static Saved of(NetnsId netns, Fields fields) throws MalformedException {
      return new Saved(netns, fields.items("nft"), fields.optional("nftNext", json -> json),
          fields.optional("filterState", json -> json));
    }

    /** The lab with it: its devices are there. */
    LabState read(LabState lab) throws MalformedException {
      LabState read = new NftCodec(lab, netns).read(this);
      return state.isEmpty() ? read
          : read.withLearned(
              read.learned().withNetfilter(netns, Fields.object(state.get(), NetfilterReader::state)));
    }
  }

  private LabState read(Saved saved) throws MalformedException {
    LabState read = lab;
    for (Json item : saved.tables()) {
      LabState before = read;
      read = Fields.object(item, f -> table(before, f));
    }
    Netns made = read.find(netns).orElseThrow();
    int least = made.nft().nextHandle();
    int next = saved.next().isPresent() ? (int) Fields.whole(saved.next().get(), least, Integer.MAX_VALUE) : least;
    NftRuleset.Numbered numbered = NftSaved.numbered(made.nft(), next).number(made.rulesets());
    return read.with(made.withNft(numbered.nft()).withRulesets(numbered.iptables()));
  }

  private LabState table(LabState before, Fields fields) throws MalformedException {
    List<String> lines = new ArrayList<>();
    for (Json line : fields.items("text")) {
      lines.add(Fields.text(line));
    }
    List<NftSet.Place> places = new ArrayList<>();
    List<Json> numbers = fields.items("numbers");
    for (int i = 0; i + 1 < numbers.size(); i += 2) {
      places.add(new NftSet.Place((int) Fields.whole(numbers.get(i), 1, Integer.MAX_VALUE - 1),
          (int) Fields.whole(numbers.get(i + 1), 1, Integer.MAX_VALUE - 1)));
    }
    int handle = fields.number("handle", 1, Integer.MAX_VALUE - 1, 1);
    int next = fields.number("next", 1, Integer.MAX_VALUE, 1);
    try {
      NftFilter made = NftSaved.read(lines, places, handle, NftEdits.filter(before, netns), devices);
      NftRuleset rules = NftSaved.numbered(made.rules(), made.rules().tables().getLast().key(), next);
      return NftEdits.with(before, netns, new NftFilter(rules, made.iptables(), made.state()));
    } catch (NftComplaint complaint) {
      throw fields.malformed("text", "no table as nft lists it: " + complaint.getMessage());
    }
  }
}
