package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes over the wire between a resolver and a server (RFC 1035 4): a question, or a question with its answer. Names are
 * written out wherever they stand, so sizes are those of messages without compression, as CoreDNS sends them.
 *
 * @param id by which the answer is known, 0 to 65535
 * @param question what is asked
 * @param reply the answer; empty in a question
 * @param extended whether the asker says what it can (EDNS, RFC 6891) and sends a cookie, as {@code dig} does
 */
public record DnsMessage(int id, DnsQuestion question, Optional<DnsReply> reply, boolean extended) {
  private static final String MARK = "DNS";
  private static final int HEADER = 12;
  private static final int TYPE_AND_CLASS = 4;
  private static final int RECORD = 10;
  /** The OPT record with a cookie of 8 octets (RFC 7873). */
  private static final int OPTION = 23;

  /** The answer to it. */
  public DnsMessage answered(DnsReply value) {
    return new DnsMessage(id, question, Optional.of(value), extended);
  }

  /** How many octets it takes. */
  public int size() {
    int size = HEADER + name(question.name()) + TYPE_AND_CLASS + (extended ? OPTION : 0);
    for (DnsRecord record : reply.map(DnsMessage::records).orElse(List.of())) {
      size += name(record.name()) + RECORD + record.data().size();
    }
    return size;
  }

  private static int name(String name) {
    return name.equals(".") ? 1 : name.length() + 1;
  }

  private static List<DnsRecord> records(DnsReply reply) {
    List<DnsRecord> all = new ArrayList<>(reply.answer());
    all.addAll(reply.authority());
    all.addAll(reply.additional());
    return all;
  }

  /** As a packet's payload says it: {@link #parse} reads it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(MARK).append(' ').append(id).append(extended ? " edns " : " plain ")
        .append(question);
    reply.ifPresent(r -> {
      text.append(' ').append(r.code()).append(r.authoritative() ? " aa" : " -").append(r.recursive() ? " ra" : " -");
      section(text, "answer", r.answer());
      section(text, "authority", r.authority());
      section(text, "additional", r.additional());
    });
    return text.toString();
  }

  private static void section(StringBuilder text, String title, List<DnsRecord> records) {
    records.forEach(r -> text.append('\n').append(title).append(' ').append(r));
  }

  /** A payload that is such a message. */
  public static Optional<DnsMessage> parse(String text) {
    String[] lines = text.split("\n");
    String[] words = lines[0].split(" ");
    Optional<RecordType> type = words.length < 5 || !words[0].equals(MARK) ? Optional.empty() : RecordType.of(words[4]);
    if (type.isEmpty() || !words[1].matches("[0-9]{1,5}") || !words[3].endsWith(".")) {
      return Optional.empty();
    }
    DnsMessage asked = new DnsMessage(Integer.parseInt(words[1]), new DnsQuestion(words[3], type.get()),
        Optional.empty(), words[2].equals("edns"));
    if (words.length < 8) {
      return Optional.of(asked);
    }
    List<String> records = List.of(lines).subList(1, lines.length);
    return Optional.of(asked.answered(new DnsReply(DnsReply.Code.valueOf(words[5]), words[6].equals("aa"),
        words[7].equals("ra"), section("answer ", records), section("authority ", records),
        section("additional ", records))));
  }

  private static List<DnsRecord> section(String title, List<String> lines) {
    return lines.stream().filter(l -> l.startsWith(title)).flatMap(l -> DnsRecord.parse(l.substring(title.length()))
        .stream()).toList();
  }
}
