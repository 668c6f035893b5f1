package org.hopscope.app.cli.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import org.hopscope.model.compare.Comparison;
import org.hopscope.model.trace.Narrator;
import org.hopscope.model.trace.Trace;

/** Two probes side by side as a document. */
public final class CompareJson {
  private CompareJson() {
  }

  /** The document of a comparison. */
  public static Map<String, Object> of(Comparison comparison) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema", "hopscope-comparison/1");
    comparison.parting().ifPresent(p -> map.put("parting", p));
    map.put("rows", comparison.rows().stream().map(r -> row(comparison, r)).toList());
    return map;
  }

  private static Map<String, Object> row(Comparison comparison, Comparison.Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("same", row.same());
    put(map, "left", comparison.left(), row.left());
    put(map, "right", comparison.right(), row.right());
    return map;
  }

  private static void put(Map<String, Object> map, String side, Trace trace, OptionalInt step) {
    step.ifPresent(s -> {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("step", s);
      one.put("sentence", Narrator.sentence(trace, s));
      map.put(side, one);
    });
  }
}
