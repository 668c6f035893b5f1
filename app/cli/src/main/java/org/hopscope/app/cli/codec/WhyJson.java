package org.hopscope.app.cli.codec;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hopscope.model.why.Explanation;
import org.hopscope.model.why.Fact;
import org.hopscope.model.why.Suggestion;

/** An answer to "why not?" as a document. */
public final class WhyJson {
  private WhyJson() {
  }

  /** The document of an explanation. */
  public static Map<String, Object> of(Explanation why) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("schema", "hopscope-why/1");
    map.put("succeeded", why.trace().result().succeeded());
    map.put("facts", why.facts().stream().map(WhyJson::fact).toList());
    map.put("suggestions", why.suggestions().stream().map(WhyJson::suggestion).toList());
    return map;
  }

  private static Map<String, Object> fact(Fact fact) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("step", fact.step());
    map.put("sentence", fact.sentence());
    return map;
  }

  private static Map<String, Object> suggestion(Suggestion suggestion) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("commands", suggestion.commands());
    map.put("reasons", suggestion.reasons());
    map.put("breaks", suggestion.breaks());
    map.put("repairs", suggestion.repairs());
    return map;
  }
}
