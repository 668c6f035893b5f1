package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;

/** An HTTP answer, cut where its head ends. */
record HttpAnswer(List<String> head, String body) {
  static Optional<HttpAnswer> of(String heard) {
    int end = heard.indexOf("\r\n\r\n");
    return heard.startsWith("HTTP/") && end > 0
        ? Optional.of(new HttpAnswer(List.of(heard.substring(0, end).split("\r\n")), heard.substring(end + 4)))
        : Optional.empty();
  }

  /** The first header of a name. */
  Optional<String> header(String name) {
    return head.stream().filter(h -> h.regionMatches(true, 0, name + ":", 0, name.length() + 1))
        .map(h -> h.substring(name.length() + 1).strip()).findFirst();
  }

  String status() {
    String[] words = head.getFirst().split(" ");
    return words.length > 1 ? words[1] : "000";
  }
}
