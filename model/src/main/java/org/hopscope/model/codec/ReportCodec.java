package org.hopscope.model.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Journal;

/** Reports as JSON documents of their own. */
public final class ReportCodec {
  /** The format that is written. The first one had no marks. */
  public static final int FORMAT = 2;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ReportCodec() {
  }

  /** What became of reading. */
  public sealed interface Read {
    /** It is a report. */
    record Ok(Report report) implements Read {
    }

    /** It is none: where, from 1, and why. */
    record Malformed(int line, int column, String reason) implements Read {
    }
  }

  /** The document, ending with a line break. */
  public static String encode(Report report) {
    JsonObject document = new JsonObject();
    document.addProperty("report", FORMAT);
    JsonObject system = new JsonObject();
    report.system().forEach(system::addProperty);
    document.add("system", system);
    JsonArray lines = new JsonArray();
    lines.add(JournalCodec.headerObject(report.journal().program(), report.journal().base()));
    report.journal().entries().forEach(e -> lines.add(JournalCodec.object(e)));
    document.add("journal", lines);
    JsonArray marks = new JsonArray();
    report.marks().forEach(marks::add);
    document.add("marks", marks);
    return GSON.toJson(document) + "\n";
  }

  /** The report that a document holds. */
  public static Read decode(String text) {
    if (text.length() > JournalFile.LONGEST) {
      return new Read.Malformed(1, 1,
          "this file has " + text.length() + " characters; a report has at most " + JournalFile.LONGEST);
    }
    try {
      return new Read.Ok(Fields.object(JsonText.read(text), ReportCodec::report));
    } catch (MalformedException malformed) {
      return new Read.Malformed(malformed.place().line(), malformed.place().column(), malformed.getMessage());
    }
  }

  private static Report report(Fields fields) throws MalformedException {
    if (!fields.has("report")) {
      throw fields.malformed("report", "this is no report of a problem: it does not begin with \"report\"");
    }
    int format = fields.number("report", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw fields.malformed("report", "this report was written by a newer version of Hopscope (format " + format
          + "); this one reads up to format " + FORMAT + ": open it with the newer version");
    }
    TreeMap<String, String> system = new TreeMap<>(fields.texts("system"));
    List<Json> lines = fields.items("journal");
    if (lines.isEmpty()) {
      throw fields.malformed("journal", "a journal begins with a header; this one is empty");
    }
    Journal empty = Fields.object(lines.getFirst(), JournalCodec::header);
    List<Entry> entries = new ArrayList<>();
    for (Json line : lines.subList(1, lines.size())) {
      entries.add(Fields.object(line, JournalCodec::entry));
    }
    List<String> marks = new ArrayList<>();
    if (format > 1) {
      for (Json mark : fields.items("marks")) {
        marks.add(Fields.text(mark));
      }
      if (marks.size() != entries.size()) {
        throw fields.malformed("marks", "there is a mark for each entry: " + entries.size() + ", not " + marks.size());
      }
    }
    return new Report(new Journal(empty.program(), empty.base(), entries), marks, system);
  }
}
