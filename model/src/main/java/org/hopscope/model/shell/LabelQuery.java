package org.hopscope.model.shell;

import java.util.Map;
import org.hopscope.model.kube.object.Selector;
import org.hopscope.model.kube.object.SelectorText;

/** What stands behind {@code -l}. */
record LabelQuery(Selector selector) {
  static LabelQuery of(String text) throws Stop {
    return new LabelQuery(SelectorText.parse(text)
        .orElseThrow(() -> Stop.exit(1, "error: unable to parse requirement: " + text)));
  }

  boolean matches(Map<String, String> labels) {
    return selector.matches(labels);
  }
}
