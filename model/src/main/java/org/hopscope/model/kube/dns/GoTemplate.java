package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text with places in {@code {{ … }}} (Go's text/template), as far as CoreDNS's plugin template needs them: fields, groups of
 * the pattern by name ({@code .Group.x}) or number ({@code index .Match 1}), and {@code parseInt} of one of these.
 *
 * @param parts texts and places, in order
 */
record GoTemplate(List<Part> parts) {
  private static final Pattern PLACE = Pattern.compile("\\{\\{(.*?)\\}\\}");
  private static final Pattern VALUE = Pattern.compile("\\.(Name|Zone|Class|Type|Remote)|\\.Group\\.([A-Za-z_]\\w*)"
      + "|index \\.Match (\\d{1,3})|parseInt \\.Group\\.([A-Za-z_]\\w*) (\\d{1,2}) \\d{1,2}");

  GoTemplate {
    parts = List.copyOf(parts);
  }

  /** A piece of it. */
  sealed interface Part {
  }

  /** As it stands. */
  record Words(String text) implements Part {
  }

  /** {@code .Name} and the like. */
  record Field(String name) implements Part {
  }

  /** A group by its name; as a number when it is of another base than 0. */
  record Group(String name, int base) implements Part {
  }

  /** A group by its number; 0 for all that was found. */
  record Match(int number) implements Part {
  }

  /** What places are filled from. */
  record Data(Map<String, String> fields, List<String> match, Map<String, String> groups) {
    Data {
      fields = Map.copyOf(fields);
      match = List.copyOf(match);
      groups = Map.copyOf(groups);
    }
  }

  /** Reads one; says which place is not understood. */
  static GoTemplate read(Corefile line, String text) throws CorefileException {
    List<Part> parts = new ArrayList<>();
    Matcher next = PLACE.matcher(text);
    int end = 0;
    while (next.find()) {
      parts.add(new Words(text.substring(end, next.start())));
      String place = next.group(1).strip();
      Matcher value = VALUE.matcher(place);
      if (!value.matches()) {
        throw CorefileException.unsupported(line, "template with the place {{ " + place + " }}");
      }
      parts.add(value.group(1) != null ? new Field(value.group(1)) : value.group(2) != null ? new Group(value.group(2),
          0) : value.group(3) != null ? new Match(Integer.parseInt(value.group(3)))
          : new Group(value.group(4), Integer
              .parseInt(value.group(5))));
      end = next.end();
    }
    parts.add(new Words(text.substring(end)));
    return new GoTemplate(parts);
  }

  /** The text; empty when a place cannot be filled. */
  Optional<String> filled(Data data) {
    StringBuilder text = new StringBuilder();
    for (Part part : parts) {
      Optional<String> said = switch (part) {
        case Words(String words) -> Optional.of(words);
        case Field(String name) -> Optional.of(data.fields().getOrDefault(name, ""));
        case Match(int number) -> number < data.match().size() ? Optional.of(data.match().get(number))
            : Optional.empty();
        case Group(String name, int base) -> number(data.groups().getOrDefault(name, ""), base);
      };
      if (said.isEmpty()) {
        return said;
      }
      text.append(said.get());
    }
    return Optional.of(text.toString());
  }

  private static Optional<String> number(String text, int base) {
    if (base == 0) {
      return Optional.of(text);
    }
    try {
      return Optional.of(Long.toUnsignedString(Long.parseUnsignedLong(text, base)));
    } catch (NumberFormatException wrong) {
      return Optional.empty();
    }
  }
}
