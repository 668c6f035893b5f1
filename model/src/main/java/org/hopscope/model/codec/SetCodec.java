package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hopscope.model.ipset.SetComplaint;
import org.hopscope.model.ipset.SetEditor;
import org.hopscope.model.ipset.SetText;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.SetElement;
import org.hopscope.model.netfilter.SetInfo;
import org.hopscope.model.netfilter.Tally;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Sets of addresses and ports on disk: the line that makes each, and its members as they are typed. */
final class SetCodec {
  private SetCodec() {
  }

  static JsonArray write(PSortedMap<String, IpSet> sets) {
    JsonArray array = new JsonArray();
    for (IpSet set : sets.values()) {
      JsonObject object = new JsonObject();
      object.addProperty("create", SetText.create(set));
      JsonArray members = new JsonArray();
      for (IpSet.Member member : set.members()) {
        JsonObject each = new JsonObject();
        each.addProperty("member", SetText.text(set, member.element()));
        if (member.element().nomatch()) {
          each.addProperty("nomatch", true);
        }
        if (SetText.isWildcard(member.element())) {
          each.addProperty("wildcard", true);
        }
        if (!member.info().equals(SetInfo.NONE)) {
          each.addProperty("info", SetText.info(member.info()).strip());
        }
        member.expires().ifPresent(e -> each.addProperty("expires", e));
        if (!member.comment().isEmpty()) {
          each.addProperty("comment", member.comment());
        }
        if (!member.counted().equals(Tally.ZERO)) {
          each.addProperty("packets", member.counted().packets());
          each.addProperty("bytes", member.counted().bytes());
        }
        members.add(each);
      }
      LabWriter.addUnlessEmpty(object, "members", members);
      array.add(object);
    }
    return array;
  }

  private record Saved(String text, List<String> words, Optional<Long> expires, String comment, Tally counted) {
  }

  private record Made(String create, List<Saved> members, MalformedException wrong) {
  }

  /** Sets may name each other, so all are made before the first is filled. */
  static PSortedMap<String, IpSet> read(Fields fields) throws MalformedException {
    List<Made> all = fields.list("sets", f -> new Made(f.text("create"), f.list("members", SetCodec::member),
        f.malformed("create", "no set as ipset saves one")));
    PSortedMap<String, IpSet> sets = TreePMap.empty();
    for (Made each : all) {
      sets = apply(sets, List.of(each.create().split(" ")), each);
    }
    for (Made each : all) {
      String name = each.create().split(" ")[1];
      for (Saved saved : each.members()) {
        List<String> add = new ArrayList<>(List.of("add", name, saved.text()));
        add.addAll(saved.words());
        Set<SetElement> before =
            sets.get(name).members().stream().map(IpSet.Member::element).collect(Collectors.toSet());
        IpSet made = apply(sets, add, each).get(name);
        sets = sets.plus(name, made.with(made.members().stream().map(m -> before.contains(m.element()) ? m
            : new IpSet.Member(m.element(), saved.expires(), saved.comment(), saved.counted(), m.info())).toList()));
      }
    }
    return sets;
  }

  private static PSortedMap<String, IpSet> apply(PSortedMap<String, IpSet> sets, List<String> words, Made made)
      throws MalformedException {
    try {
      return SetEditor.apply(sets, words, Set.of(), 0).sets();
    } catch (SetComplaint complaint) {
      throw made.wrong();
    }
  }

  private static Saved member(Fields fields) throws MalformedException {
    List<String> words = new ArrayList<>(fields.has("info") ? List.of(fields.text("info").split(" ")) : List.of());
    for (String flag : List.of("nomatch", "wildcard")) {
      if (fields.flag(flag, false)) {
        words.add(flag);
      }
    }
    return new Saved(fields.text("member"), words,
        fields.has("expires") ? Optional.of(fields.longNumber("expires", 0)) : Optional.empty(),
        fields.has("comment") ? fields.text("comment") : "", new Tally(fields.has("packets")
            ? fields.longNumber("packets", 0) : 0, fields.has("bytes") ? fields.longNumber("bytes", 0) : 0));
  }
}
