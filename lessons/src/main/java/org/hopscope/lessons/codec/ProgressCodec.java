package org.hopscope.lessons.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Draw;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.lessons.lesson.Tally;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.codec.Fields;
import org.hopscope.model.codec.Json;
import org.hopscope.model.codec.JsonText;
import org.hopscope.model.codec.MalformedException;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.predict.Concept;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;

/** Progress as a JSON document that its owner can read. {@code decode(encode(p))} equals {@code p}. */
public final class ProgressCodec {
  /**
   * The format that is written. Those before it are read too: format 1 knew no quizzes, format 2 no predictions at lookups,
   * format 3 no drills.
   */
  public static final int FORMAT = 4;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private ProgressCodec() {
  }

  /** What became of reading. */
  public sealed interface Read {
    /** It can be read. */
    record Ok(Progress progress) implements Read {
    }

    /** It cannot: the line, from 1, and why. */
    record Malformed(int line, String reason) implements Read {
    }
  }

  /** The document. */
  public static String encode(Progress progress) {
    JsonObject document = new JsonObject();
    document.addProperty("format", FORMAT);
    progress.current().ifPresent(lesson -> document.addProperty("current", lesson));
    JsonObject lessons = new JsonObject();
    progress.attempts().forEach((lesson, attempt) -> lessons.add(lesson, attempt(attempt)));
    document.add("lessons", lessons);
    JsonObject concepts = new JsonObject();
    progress.tallies().forEach((concept, tally) -> concepts.add(concept.word(), tally(tally)));
    if (!concepts.isEmpty()) {
      document.add("concepts", concepts);
    }
    return GSON.toJson(document) + "\n";
  }

  /** The progress that a document holds. */
  public static Read decode(String text) {
    try {
      return new Read.Ok(Fields.object(JsonText.read(text), ProgressCodec::progress));
    } catch (MalformedException e) {
      return new Read.Malformed(e.place().line(), e.getMessage());
    }
  }

  private static Progress progress(Fields fields) throws MalformedException {
    int format = fields.number("format", 1, Integer.MAX_VALUE);
    if (format > FORMAT) {
      throw fields.malformed("format", "format " + format + " is not known here; this version reads up to format "
          + FORMAT);
    }
    Progress progress = Progress.NONE;
    for (Map.Entry<String, Json> entry : fields.map("lessons").entrySet()) {
      progress = progress.with(entry.getKey(), Fields.object(entry.getValue(), ProgressCodec::attempt));
    }
    if (fields.has("concepts")) {
      for (Map.Entry<String, Json> entry : fields.map("concepts").entrySet()) {
        Optional<Concept> concept =
            Arrays.stream(Concept.values()).filter(c -> c.word().equals(entry.getKey())).findFirst();
        progress = progress.with(
            concept.orElseThrow(() -> fields.malformed("concepts", "\"" + entry.getKey() + "\" is not a concept")),
            Fields.object(entry.getValue(), ProgressCodec::tally));
      }
    }
    return fields.optional("current", Fields::text).map(progress::withCurrent).orElse(progress);
  }

  private static JsonObject tally(Tally tally) {
    JsonObject object = new JsonObject();
    object.addProperty("asked", tally.asked());
    object.addProperty("right", tally.right());
    object.addProperty("streak", tally.streak());
    return object;
  }

  private static Tally tally(Fields fields) throws MalformedException {
    int asked = fields.number("asked", 0, Integer.MAX_VALUE);
    int right = fields.number("right", 0, asked);
    return new Tally(asked, right, fields.number("streak", 0, right));
  }

  private static JsonObject attempt(Attempt attempt) {
    JsonObject object = new JsonObject();
    JsonObject predictions = new JsonObject();
    attempt.predictions().forEach(predictions::addProperty);
    object.add("predictions", predictions);
    JsonObject answers = new JsonObject();
    attempt.answers().forEach((quiz, words) -> {
      JsonArray said = new JsonArray();
      words.forEach(said::add);
      answers.add(quiz, said);
    });
    if (!answers.isEmpty()) {
      object.add("answers", answers);
    }
    JsonArray completed = new JsonArray();
    attempt.completed().forEach(completed::add);
    object.add("completed", completed);
    JsonObject hints = new JsonObject();
    attempt.hints().forEach(hints::addProperty);
    object.add("hints", hints);
    object.addProperty("seconds", attempt.seconds());
    attempt.drill().ifPresent(drill -> object.add("drill", drill(drill)));
    JsonArray watched = new JsonArray();
    attempt.watched().forEach(seen -> watched.add(observation(seen)));
    object.add("watched", watched);
    return object;
  }

  private static JsonObject drill(Attempt.Drilling drill) {
    JsonObject object = new JsonObject();
    object.addProperty("level", drill.draw().level());
    object.addProperty("seed", drill.draw().seed());
    object.addProperty("mended", drill.mended());
    return object;
  }

  private static Attempt.Drilling drill(Fields fields) throws MalformedException {
    return new Attempt.Drilling(new Draw(fields.number("level", 1, Draw.LEVELS), fields.longNumber("seed", 0)),
        fields.number("mended", 0, Integer.MAX_VALUE));
  }

  private static Attempt attempt(Fields fields) throws MalformedException {
    Map<String, Integer> hints = new TreeMap<>();
    for (Map.Entry<String, Json> entry : fields.map("hints").entrySet()) {
      hints.put(entry.getKey(), (int) Fields.whole(entry.getValue(), 0, Integer.MAX_VALUE));
    }
    Map<String, List<String>> answers = new TreeMap<>();
    if (fields.has("answers")) {
      for (Map.Entry<String, Json> entry : fields.map("answers").entrySet()) {
        answers.put(entry.getKey(), Parts.each(entry.getValue(), Fields::text));
      }
    }
    return new Attempt(HashTreePMap.from(fields.texts("predictions")), HashTreePMap.from(answers),
        OrderedPSet.from(fields.list("watched", ProgressCodec::observation)),
        OrderedPSet.from(Parts.values(fields, "completed", Fields::text)), HashTreePMap.from(hints),
        fields.longNumber("seconds", 0), fields.optional("drill", v -> Fields.object(v, ProgressCodec::drill)));
  }

  private static JsonObject observation(Observation seen) {
    JsonObject object = new JsonObject();
    object.addProperty("from", seen.from().toString());
    object.addProperty("to", seen.to().toString());
    seen.holder().ifPresent(holder -> object.addProperty("holder", holder.toString()));
    seen.socket().ifPresent(socket -> object.addProperty("socket", socket.toString()));
    object.addProperty("outcome", seen.outcome().word());
    JsonArray marks = new JsonArray();
    seen.marks().stream().sorted().forEach(mark -> marks.add(mark.name().toLowerCase(Locale.ROOT).replace('_', '-')));
    object.add("marks", marks);
    return object;
  }

  private static Observation observation(Fields f) throws MalformedException {
    List<Observation.Mark> marks = Parts.values(f, "marks",
        item -> Fields.parsed(item, "a mark", Enums.word(Observation.Mark.values())));
    return new Observation(f.parsed("from", "a namespace", ProgressCodec::netns),
        f.parsed("to", "an address", IpAddress::parse), f.optionalParsed("holder", "a namespace", ProgressCodec::netns),
        f.optionalParsed("socket", "a port", ProbeSpec.Socket::parse),
        f.parsed("outcome", "an outcome", ProbeOutcome::parse), Set.copyOf(marks));
  }

  private static Optional<NetnsId> netns(String text) {
    if (text.startsWith("@")) {
      return Optional.of(NetnsId.root(text.substring(1)));
    }
    int slash = text.indexOf('/');
    return slash < 1 ? Optional.empty() : Optional.of(new NetnsId(text.substring(0, slash), text.substring(slash + 1)));
  }
}
