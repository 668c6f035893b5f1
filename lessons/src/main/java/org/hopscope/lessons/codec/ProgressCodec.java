package org.hopscope.lessons.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.hopscope.lessons.check.Observation;
import org.hopscope.lessons.check.ProbeOutcome;
import org.hopscope.lessons.check.ProbeSpec;
import org.hopscope.lessons.lesson.Attempt;
import org.hopscope.lessons.lesson.Progress;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.NetnsId;
import org.pcollections.HashTreePMap;
import org.pcollections.OrderedPSet;

/** Progress as a JSON document that its owner can read. {@code decode(encode(p))} equals {@code p}. */
public final class ProgressCodec {
  /** The format that is written; a later version of the program reads it too. */
  public static final int FORMAT = 1;
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
  private static final int ANY = 999_999_999;

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
    return GSON.toJson(document) + "\n";
  }

  /** The progress that a document holds. */
  public static Read decode(String text) {
    try {
      Fields fields = Fields.of("progress", JsonFile.read("progress", text));
      int format = fields.number("format", 1, ANY);
      if (format != FORMAT) {
        throw fields.malformed("format " + format + " is not known here; this version reads format " + FORMAT);
      }
      Optional<String> current = fields.optional("current", fields::text);
      Progress progress = Progress.NONE;
      for (Map.Entry<String, Attempt> entry : fields.map("lessons", ProgressCodec::attempt).entrySet()) {
        progress = progress.with(entry.getKey(), entry.getValue());
      }
      fields.close();
      return new Read.Ok(current.map(progress::withCurrent).orElse(progress));
    } catch (MalformedException e) {
      return new Read.Malformed(e.line(), e.getMessage());
    }
  }

  private static JsonObject attempt(Attempt attempt) {
    JsonObject object = new JsonObject();
    JsonObject predictions = new JsonObject();
    attempt.predictions().forEach(predictions::addProperty);
    object.add("predictions", predictions);
    JsonArray completed = new JsonArray();
    attempt.completed().forEach(completed::add);
    object.add("completed", completed);
    JsonObject hints = new JsonObject();
    attempt.hints().forEach(hints::addProperty);
    object.add("hints", hints);
    object.addProperty("seconds", attempt.seconds());
    JsonArray watched = new JsonArray();
    attempt.watched().forEach(seen -> watched.add(observation(seen)));
    object.add("watched", watched);
    return object;
  }

  private static Attempt attempt(Json value) throws MalformedException {
    Fields fields = Fields.of("progress", value);
    Attempt attempt = new Attempt(HashTreePMap.from(fields.map("predictions", fields::text)),
        OrderedPSet.from(fields.list("watched", ProgressCodec::observation)),
        OrderedPSet.from(fields.texts("completed")),
        HashTreePMap.from(fields.map("hints", v -> fields.number(v, 0, ANY))), fields.number("seconds", 0, ANY));
    fields.close();
    return attempt;
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

  private static Observation observation(Json value) throws MalformedException {
    Fields f = Fields.of("progress", value);
    List<Observation.Mark> marks =
        f.list("marks", item -> f.parsed(item, "a mark", Enums.word(Observation.Mark.values())));
    Observation seen = new Observation(f.parsed("from", "a namespace", ProgressCodec::netns),
        f.parsed("to", "an address", IpAddress::parse), f.optionalParsed("holder", "a namespace", ProgressCodec::netns),
        f.optionalParsed("socket", "a port", ProbeSpec.Socket::parse),
        f.parsed("outcome", "an outcome", ProbeOutcome::parse), Set.copyOf(marks));
    f.close();
    return seen;
  }

  private static Optional<NetnsId> netns(String text) {
    if (text.startsWith("@")) {
      return Optional.of(NetnsId.root(text.substring(1)));
    }
    int slash = text.indexOf('/');
    return slash < 1 ? Optional.empty() : Optional.of(new NetnsId(text.substring(0, slash), text.substring(slash + 1)));
  }
}
