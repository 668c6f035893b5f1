package org.hopscope.model.codec;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hopscope.model.shell.Places;
import org.hopscope.model.trace.Considerations;
import org.hopscope.model.trace.Considered;
import org.hopscope.model.trace.Event;
import org.hopscope.model.trace.Lookup;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.RuleEvents;
import org.hopscope.model.trace.Step;
import org.hopscope.model.trace.Trace;

/** A trace as a document: every step with its sentence, and every lookup with the rows it had in hand. */
public final class TraceJson {
  private static final Gson GSON = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

  private TraceJson() {
  }

  /** The document as text, indented, with a line's end. */
  public static String text(Trace trace) {
    return GSON.toJson(of(trace)) + "\n";
  }

  /** The document of a trace. */
  public static Map<String, Object> of(Trace trace) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema", "hopscope-trace/1");
    map.put("succeeded", trace.result().succeeded());
    map.put("copies", trace.copies().stream().map(c -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("number", c.number());
      c.cause().ifPresent(cause -> one.put("cause", cause));
      one.put("lane", c.lane());
      one.put("role", c.role().name());
      return one;
    }).toList());
    map.put("steps", trace.steps().stream().map(s -> step(trace, s)).toList());
    return map;
  }

  private static Map<String, Object> step(Trace trace, Step step) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("index", step.index());
    map.put("at_ns", step.at().nanos());
    map.put("copy", step.copy());
    map.put("where", Places.name(trace.start(), step.where()));
    step.device().ifPresent(d -> map.put("device", trace.start().device(d).name()));
    map.put("event", step.event().getClass().getSimpleName());
    map.put("says", Narrator.sentence(trace, step.index()));
    if (step.event() instanceof Event.Looked(var lookup)) {
      map.put("lookup", lookup.getClass().getSimpleName());
      map.put("considered", Considerations.of(lookup, trace.stateAt(step.index())).stream().map(TraceJson::row)
          .toList());
      if (lookup instanceof Lookup.RuleWalk walk) {
        map.put("way", RuleEvents.way(walk.walk()));
        map.put("events", RuleEvents.of(walk));
      } else if (lookup instanceof Lookup.ChainWalk walk) {
        map.put("way", RuleEvents.way(walk.walk()));
        map.put("events", RuleEvents.of(walk));
      }
    }
    map.put("effects", step.effects().size());
    return map;
  }

  private static Map<String, Object> row(Considered row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("row", row.row());
    map.put("won", row.won());
    map.put("reason", row.reason());
    return map;
  }
}
