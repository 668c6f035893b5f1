package org.hopscope.model.kube.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.kube.object.Selector.Expression;
import org.hopscope.model.kube.object.Selector.Operator;
import org.pcollections.TreePMap;

/** A selector in one line, as behind {@code kubectl -l}: {@code a=b,c!=d,e,!f,g in (h,i)}; all of it has to hold. */
public final class SelectorText {
  private static final Pattern PART = Pattern.compile("\\s*(?:!\\s*(?<absent>[^\\s=!,()]+)"
      + "|(?<key>[^\\s=!,()]+)\\s*(?:(?<sign>==?|!=)\\s*(?<value>[^\\s=!,()]*)"
      + "|\\s(?<word>in|notin)\\s*\\((?<set>[^()]*)\\))?)\\s*(?:,|$)");

  private SelectorText() {
  }

  /** Empty when it cannot be read. */
  public static Optional<Selector> parse(String text) {
    List<Expression> parts = new ArrayList<>();
    Matcher matcher = PART.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (!matcher.find(at) || matcher.start() != at) {
        return Optional.empty();
      }
      parts.add(part(matcher));
      at = matcher.end();
    }
    return Optional.of(new Selector(TreePMap.empty(), parts));
  }

  private static Expression part(Matcher part) {
    if (part.group("absent") != null) {
      return new Expression(part.group("absent"), Operator.DOES_NOT_EXIST, List.of());
    }
    String key = part.group("key");
    if (part.group("sign") != null) {
      return new Expression(key, part.group("sign").equals("!=") ? Operator.NOT_IN : Operator.IN,
          List.of(part.group("value")));
    }
    return part.group("word") == null
        ? new Expression(key, Operator.EXISTS, List.of())
        : new Expression(key, part.group("word").equals("in") ? Operator.IN : Operator.NOT_IN,
            List.of(part.group("set").strip().split("\\s*,\\s*")));
  }
}
