package org.hopscope.model.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;

/**
 * The "Report a problem" file: one JSON document with which someone else can do everything again. It holds the version,
 * the seed, the journal, and of the machine only what can matter: nothing that names its owner or their folders.
 */
public final class ReportCodec {
  /** The format that is written. */
  public static final int FORMAT = 1;
  private static final List<String> MATTERS = List.of("java.version", "java.vendor", "java.vm.name", "os.name",
      "os.version", "os.arch", "file.encoding", "javafx.version", "prism.order", "glass.platform");
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ReportCodec() {
  }

  /** What became of reading. */
  public sealed interface Read {
    /** It is a report. */
    record Ok(Journal journal, SortedMap<String, String> system) implements Read {
    }

    /** It is none: where, from 1, and why. */
    record Malformed(int line, int column, String reason) implements Read {
    }
  }

  /**
   * The document.
   *
   * @param journal what was done
   * @param properties the system properties; only those that matter are taken
   */
  public static String encode(Journal journal, Map<String, String> properties) {
    JsonObject report = new JsonObject();
    report.addProperty("report", FORMAT);
    JsonObject system = new JsonObject();
    for (String name : MATTERS) {
      if (properties.containsKey(name)) {
        system.addProperty(name, properties.get(name));
      }
    }
    report.add("system", system);
    JsonArray lines = new JsonArray();
    lines.add(JournalCodec.headerObject(journal.program(), journal.base()));
    journal.entries().forEach(e -> lines.add(JournalCodec.object(e)));
    report.add("journal", lines);
    return GSON.toJson(report) + "\n";
  }

  /** The journal that a report holds, and what it says of the machine. */
  public static Read decode(String text) {
    try {
      return Fields.object(JsonText.read(text), ReportCodec::report);
    } catch (MalformedException malformed) {
      return new Read.Malformed(malformed.place().line(), malformed.place().column(), malformed.getMessage());
    }
  }

  private static Read.Ok report(Fields fields) throws MalformedException {
    int format = fields.number("report", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw fields.malformed("report", "format " + format + " is not known here; this version reads up to " + FORMAT);
    }
    SortedMap<String, String> system = new TreeMap<>(fields.texts("system"));
    List<Json> lines = fields.items("journal");
    if (lines.isEmpty()) {
      throw fields.malformed("journal", "a journal begins with a header; this one is empty");
    }
    Journal empty = Fields.object(lines.getFirst(), JournalCodec::header);
    List<Entry> entries = new ArrayList<>();
    for (Json line : lines.subList(1, lines.size())) {
      entries.add(Fields.object(line, JournalCodec::entry));
    }
    return new Read.Ok(new Journal(empty.program(), empty.base(), entries), system);
  }
}
