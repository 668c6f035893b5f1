package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A record as a line of a zone file (RFC 1035 5.1): {@code NAME [TTL] [IN] TYPE DATA}; names without a dot are absolute too. */
public final class ZoneLine {
  private static final int TTL = 3600;
  /** A text of a record has 255 characters, and a name too. */
  private static final int LONGEST = 1000;
  private static final Pattern WORD = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"|[^\\s()\"]+");

  private ZoneLine() {
  }

  /** Empty when it is no record, or one of a type that nobody has here. */
  public static Optional<DnsRecord> parse(String line) {
    if (line.length() > LONGEST) {
      return Optional.empty();
    }
    List<String> words = new ArrayList<>();
    Matcher next = WORD.matcher(line);
    while (next.find()) {
      words.add(next.group());
    }
    if (words.size() < 2) {
      return Optional.empty();
    }
    String name = DnsNames.absolute(words.removeFirst());
    int ttl = TTL;
    while (words.getFirst().matches("[0-9]{1,9}|IN") && words.size() > 1) {
      String word = words.removeFirst();
      ttl = word.equals("IN") ? ttl : Integer.parseInt(word);
    }
    Optional<RecordType> type = RecordType.of(words.removeFirst());
    int lasting = ttl;
    return type.flatMap(t -> RecordData.parse(t, data(t, words))).map(d -> new DnsRecord(name, lasting, d));
  }

  private static String data(RecordType type, List<String> words) {
    List<Integer> names = switch (type) {
      case CNAME, PTR, NS -> List.of(0);
      case MX -> List.of(1);
      case SRV -> List.of(3);
      case SOA -> List.of(0, 1);
      case A, AAAA, TXT -> List.of();
    };
    names.stream().filter(i -> i < words.size()).forEach(i -> words.set(i, DnsNames.absolute(words.get(i))));
    return type != RecordType.TXT || String.join(" ", words).startsWith("\"") ? String.join(" ", words)
        : "\"" + String.join(" ", words) + "\"";
  }
}
