package org.hopscope.model.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.journal.Entry;
import org.hopscope.model.journal.Entry.Part;
import org.hopscope.model.journal.Journal;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.ItemKey;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Notes;

/**
 * Journals as lines of JSON: a header with the base lab, then one entry a line. Lines are only ever added, so whatever
 * stops the program, all but the last one are whole.
 */
public final class JournalCodec {
  /** The format that is written. A later version of the program reads it too. */
  public static final int FORMAT = 1;

  private JournalCodec() {
  }

  /** What became of reading. */
  public sealed interface Read {
    /**
     * It is a journal.
     *
     * @param journal everything that could be read
     * @param problem where and why reading stopped before the end; a last line that was not finished is no problem
     */
    record Ok(Journal journal, Optional<Malformed> problem) implements Read {
    }

    /**
     * It is none, from this line on.
     *
     * @param line from 1
     * @param column from 1
     * @param reason what is wrong there
     */
    record Malformed(int line, int column, String reason) implements Read {
    }
  }

  /** The first line of a journal, with its line break. */
  public static String header(String program, LabState base) {
    return headerObject(program, base) + "\n";
  }

  /** A whole journal. */
  public static String text(Journal journal) {
    StringBuilder text = new StringBuilder(header(journal.program(), journal.base()));
    journal.entries().forEach(entry -> text.append(line(entry)));
    return text.toString();
  }

  /** The line of an entry, with its line break. */
  public static String line(Entry entry) {
    return object(entry) + "\n";
  }

  static JsonObject headerObject(String program, LabState base) {
    JsonObject header = new JsonObject();
    header.addProperty("journal", FORMAT);
    header.addProperty("program", program);
    header.addProperty("seed", base.basis().seed());
    header.add("lab", new LabWriter(false).lab(base));
    return header;
  }

  static JsonObject object(Entry entry) {
    JsonObject line = new JsonObject();
    switch (entry) {
      case Entry.Edited(List<Part> parts, Hand hand) -> {
        JsonArray edit = new JsonArray();
        parts.forEach(p -> edit.add(part(p)));
        line.add("edit", edit);
        if (hand != Hand.TYPED) {
          line.addProperty("by", hand.name().toLowerCase(Locale.ROOT));
        }
      }
      case Entry.Sent(var probe) -> line.add("probe", ProbeWriter.probe(probe));
      case Entry.Undone() -> line.addProperty("undo", true);
      case Entry.Redone() -> line.addProperty("redo", true);
      case Entry.Replaced(LabState lab) -> line.add("lab", new LabWriter(false).lab(lab));
    }
    return line;
  }

  private static JsonObject part(Part part) {
    JsonObject object = new JsonObject();
    switch (part) {
      case Part.Command(String line) -> object.addProperty("command", line);
      case Part.Arranged(ItemKey item, Notes.Place place) -> {
        object.addProperty("arrange", item.kind());
        object.addProperty("name", item.name());
        object.addProperty("x", place.x());
        object.addProperty("y", place.y());
        if (place.locked()) {
          object.addProperty("locked", true);
        }
      }
      case Part.Disarranged() -> object.addProperty("disarrange", true);
      case Part.Remarked(var remark) -> object.add("remark", RemarkCodec.write(remark));
      case Part.Erased(String id) -> object.addProperty("erase", id);
      case Part.Restored(String point, LabState lab) -> {
        object.addProperty("restore", point);
        object.add("lab", new LabWriter(false).lab(lab));
      }
      case Part.Saved(var probe) -> object.add("save", ProbeWriter.saved(probe));
      case Part.Forgotten(String name) -> object.addProperty("forget", name);
    }
    return object;
  }

  /** The journal that a file holds. */
  public static Read read(String text) {
    List<String> lines = text.lines().toList();
    if (lines.isEmpty()) {
      return new Read.Malformed(1, 1, "a journal begins with a header; this one is empty");
    }
    Journal empty;
    try {
      empty = Fields.object(JsonText.read(lines.getFirst()), JournalCodec::header);
    } catch (MalformedException malformed) {
      return malformed(1, malformed);
    }
    List<Entry> entries = new ArrayList<>();
    Optional<Read.Malformed> problem = Optional.empty();
    for (int i = 1; i < lines.size() && problem.isEmpty(); i++) {
      try {
        entries.add(Fields.object(JsonText.read(lines.get(i)), JournalCodec::entry));
      } catch (MalformedException malformed) {
        boolean torn = i == lines.size() - 1 && !text.endsWith("\n");
        problem = torn ? problem : Optional.of(malformed(i + 1, malformed));
        if (torn) {
          break;
        }
      }
    }
    return new Read.Ok(new Journal(empty.program(), empty.base(), entries), problem);
  }

  private static Read.Malformed malformed(int line, MalformedException malformed) {
    return new Read.Malformed(line, malformed.place().column(), malformed.getMessage());
  }

  static Journal header(Fields fields) throws MalformedException {
    int format = fields.number("journal", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw fields.malformed("journal", "this journal was written by a newer version of Hopscope (format " + format
          + "); this one reads up to format " + FORMAT + ": open it with the newer version");
    }
    String program = fields.text("program");
    LabState base = Fields.object(fields.required("lab"), LabReader::read);
    if (fields.longNumber("seed", Long.MIN_VALUE) != base.basis().seed()) {
      throw fields.malformed("seed", "this is not the seed of the lab");
    }
    return new Journal(program, base, List.of());
  }

  static Entry entry(Fields fields) throws MalformedException {
    if (fields.has("edit")) {
      return new Entry.Edited(fields.list("edit", JournalCodec::part), fields.word("by", Hand.class, Hand.TYPED));
    }
    if (fields.has("probe")) {
      return new Entry.Sent(Fields.object(fields.required("probe"), ProbeReader::probe));
    }
    if (fields.flag("undo")) {
      return new Entry.Undone();
    }
    if (fields.flag("redo")) {
      return new Entry.Redone();
    }
    return new Entry.Replaced(Fields.object(fields.required("lab"), LabReader::read));
  }

  private static Part part(Fields fields) throws MalformedException {
    if (fields.has("command")) {
      return new Part.Command(fields.text("command"));
    }
    if (fields.has("restore")) {
      return new Part.Restored(fields.text("restore"), Fields.object(fields.required("lab"), LabReader::read));
    }
    if (fields.has("save")) {
      return new Part.Saved(Fields.object(fields.required("save"), ProbeReader::saved));
    }
    if (fields.has("forget")) {
      return new Part.Forgotten(fields.text("forget"));
    }
    if (fields.flag("disarrange")) {
      return new Part.Disarranged();
    }
    if (fields.has("remark")) {
      return new Part.Remarked(Fields.object(fields.required("remark"), RemarkCodec::read));
    }
    if (fields.has("erase")) {
      return new Part.Erased(fields.text("erase"));
    }
    return new Part.Arranged(new ItemKey(fields.text("arrange"), fields.text("name")),
        new Notes.Place(fields.decimal("x"), fields.decimal("y"), fields.flag("locked")));
  }
}
