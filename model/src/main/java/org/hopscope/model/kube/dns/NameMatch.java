package org.hopscope.model.kube.dns;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.dns.DnsNames;

/** How a rule of CoreDNS's plugin rewrite compares the name that is asked for, which is in small letters (plugin/rewrite/name.go). */
sealed interface NameMatch {
  /** The words for them, in small letters. */
  List<String> KINDS = List.of("exact", "prefix", "suffix", "substring", "regex");

  /** Whether the rule is for a name. */
  boolean matches(String name);

  /** The whole name. */
  record Exact(String text) implements NameMatch {
    @Override
    public boolean matches(String name) {
      return name.equals(text);
    }
  }

  /** How it begins. */
  record Prefix(String text) implements NameMatch {
    @Override
    public boolean matches(String name) {
      return name.startsWith(text);
    }
  }

  /** How it ends. */
  record Suffix(String text) implements NameMatch {
    @Override
    public boolean matches(String name) {
      return name.endsWith(text);
    }
  }

  /** A part of it. */
  record Substring(String text) implements NameMatch {
    @Override
    public boolean matches(String name) {
      return name.contains(text);
    }
  }

  /** A pattern that is found in it. */
  record Regex(GoPattern pattern) implements NameMatch {
    @Override
    public boolean matches(String name) {
      return pattern.find(name).isPresent();
    }
  }

  /**
   * By its word; empty for a pattern that is none, and for another word.
   *
   * @param dotted whether the end of a name always has its dot, as in rules of names; in others only that of a whole one
   */
  static Optional<NameMatch> of(String kind, String text, boolean dotted) {
    String name = text.toLowerCase(Locale.ROOT);
    return switch (kind.toLowerCase(Locale.ROOT)) {
      case "exact" -> Optional.of(new Exact(DnsNames.absolute(name)));
      case "prefix" -> Optional.of(new Prefix(name));
      case "suffix" -> Optional.of(new Suffix(dotted ? DnsNames.absolute(name) : name));
      case "substring" -> Optional.of(new Substring(name));
      case "regex" -> GoPattern.of(text).map(Regex::new);
      default -> Optional.empty();
    };
  }
}
