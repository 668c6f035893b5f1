package org.hopscope.model.codec;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;
import org.hopscope.model.lab.Remark;
import org.hopscope.model.lab.Sysctls;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.SpanningTree;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.SavedProbe;
import org.pcollections.PSortedMap;
import org.pcollections.TreePMap;

/** Reads labs as {@link LabWriter} writes them. */
final class LabReader {
  private LabReader() {
  }

  static LabState read(Fields document) throws MalformedException {
    int format = document.number("format", 1, Integer.MAX_VALUE);
    if (format > LabCodec.FORMAT) {
      throw document.malformed("format", "this lab was written by a newer version of Hopscope (format " + format
          + "); this one reads up to format " + LabCodec.FORMAT + ": open it with the newer version");
    }
    long seed = document.longNumber("seed", Long.MIN_VALUE);
    LabState bare = LabState.bare(seed, settings(document, "environment"))
        .withNow(new VirtualTime(document.longNumber("clock", 0)));
    Directory directory = Directory.of(document);
    Draft draft = new Draft();
    for (Json host : document.items("hosts")) {
      Fields.object(host, f -> host(draft, directory, f));
    }
    LabState lab = draft.in(bare);
    lab = withNotes(lab.withClusters(ClusterCodec.read(document, directory))
        .withEngines(DockerCodec.read(document, directory)), directory, document);
    SpanningTree tree = lab.learned().tree();
    VirtualTime known = new VirtualTime(document.longNumber("treeClock", 0, 0));
    lab = lab.withLearned(lab.learned().withTree(tree.isEmpty() ? tree : tree.withAt(known)));
    int next = document.number("nextDevice", directory.greatestNumber() + 1, Integer.MAX_VALUE);
    Consistency.check(lab, directory);
    return lab.withNextDevice(next);
  }

  private static Host host(Draft draft, Directory directory, Fields fields) throws MalformedException {
    OvsCodec.Read ovs = fields.has("ovs") ? Fields.object(fields.required("ovs"), OvsCodec::read) : OvsCodec.Read.NONE;
    Host host = new Host(fields.text("name"), fields.number("order", 0, Integer.MAX_VALUE),
        fields.number("draws", 0, Integer.MAX_VALUE, 0), files(fields),
        ovs.ovs());
    draft.add(host);
    draft.learn(learned -> learned.withOvs(host.name(), ovs.learned()));
    Fields.object(fields.required("root"), f -> NetnsReader.read(draft, directory, host.root(), f));
    for (Json netns : fields.items("namespaces")) {
      Fields.object(netns, f -> NetnsReader.read(draft, directory, new NetnsId(host.name(), f.text("name")), f));
    }
    return host;
  }

  private static PSortedMap<String, String> files(Fields fields) throws MalformedException {
    PSortedMap<String, String> files = TreePMap.empty();
    for (Map.Entry<String, Json> entry : fields.map("files").entrySet()) {
      files = files.plus(entry.getKey(), Fields.text(entry.getValue()));
    }
    return files;
  }

  /** Settings by key; a key that the model obeys must have a value that it can. */
  static PSortedMap<String, String> settings(Fields fields, String name) throws MalformedException {
    PSortedMap<String, String> settings = TreePMap.empty();
    for (Map.Entry<String, Json> entry : fields.map(name).entrySet()) {
      String value = Fields.text(entry.getValue());
      if (!Sysctls.canBe(entry.getKey(), value)) {
        throw new MalformedException(entry.getValue().place(),
            "\"" + value + "\" cannot be the value of \"" + entry.getKey() + "\"");
      }
      settings = settings.plus(entry.getKey(), value);
    }
    return settings;
  }

  private static LabState withNotes(LabState lab, Directory directory, Fields document) throws MalformedException {
    PSortedMap<String, SavedProbe> probes = TreePMap.empty();
    for (Json item : document.items("probes")) {
      SavedProbe probe = Fields.object(item, ProbeReader::saved);
      directory.check(item.place(), probe.probe().from());
      if (probes.containsKey(probe.name())) {
        throw new MalformedException(item.place(), "there are two probes \"" + probe.name() + "\"");
      }
      probes = probes.plus(probe.name(), probe);
    }
    PSortedMap<String, Remark> remarks = TreePMap.empty();
    for (Remark remark : document.list("remarks", RemarkCodec::read)) {
      remarks = remarks.plus(remark.id(), remark);
    }
    PSortedMap<ItemKey, Notes.Place> places = TreePMap.empty();
    Predicate<ItemKey> known = known(lab, remarks);
    List<Arranged> layout = document.list("layout", f -> arranged(directory, f, known));
    for (Arranged arranged : layout) {
      places = places.plus(arranged.item(), arranged.place());
    }
    return lab.withNotes(new Notes(probes, places, remarks));
  }

  private record Arranged(ItemKey item, Notes.Place place) {
  }

  /** What no device or namespace stands for, and whether it is there. */
  private static Predicate<ItemKey> known(LabState lab, PSortedMap<String, Remark> remarks) {
    return item -> item.kind().equals("cluster")
        ? lab.clusters().containsKey(item.name())
        : remarks.containsKey(item.name());
  }

  private static Arranged arranged(Directory directory, Fields fields, Predicate<ItemKey> known)
      throws MalformedException {
    return new Arranged(item(directory, fields, known),
        new Notes.Place(fields.decimal("x"), fields.decimal("y"), fields.flag("locked")));
  }

  private static ItemKey item(Directory directory, Fields fields, Predicate<ItemKey> known) throws MalformedException {
    for (String kind : List.of("cluster", "remark")) {
      if (fields.has(kind)) {
        ItemKey item = new ItemKey(kind, fields.text(kind));
        if (!known.test(item)) {
          throw fields.malformed(kind, "there is no " + kind + " \"" + item.name() + "\"");
        }
        return item;
      }
    }
    if (fields.has("device")) {
      return new ItemKey("device", Integer.toString(directory.device(fields.required("device")).number()));
    }
    if (fields.has("netns")) {
      String name = fields.text("netns");
      int slash = name.indexOf('/');
      directory.check(fields.place("netns"),
          slash < 0 ? NetnsId.root(name) : new NetnsId(name.substring(0, slash), name.substring(slash + 1)));
      return new ItemKey("netns", name);
    }
    String host = fields.text("host");
    if (!directory.has(host)) {
      throw fields.malformed("host", "there is no host \"" + host + "\"");
    }
    return new ItemKey("host", host);
  }
}
