package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/** What {@code dig} prints (BIND 9.18, bin/dig/dig.c, lib/dns/masterdump.c; its columns stand at 24, 32, 40 and 48). */
public final class DigText {
  private static final String VERSION = "9.18.33-1~deb12u2-Debian";
  private static final int TAB = 8;

  private DigText() {
  }

  /**
   * How a message went.
   *
   * @param server whom it was sent to
   * @param id the number of the message, 0 to 65535
   * @param cookie what the client made up; CoreDNS sends it back as it came (RFC 7873)
   * @param milliseconds how long the answer took
   * @param when the date as {@code dig} writes it
   */
  public record Sent(IpAddress server, int id, long cookie, long milliseconds, String when) {
  }

  /** The whole output for one question; {@code typed} are the words behind {@code dig}. */
  public static List<String> full(List<String> typed, DnsQuestion question, DnsReply reply, Sent sent) {
    List<String> out = new ArrayList<>();
    out.add("");
    out.add("; <<>> DiG " + VERSION + " <<>> " + String.join(" ", typed));
    out.add(";; global options: +cmd");
    out.add(";; Got answer:");
    out.add(";; ->>HEADER<<- opcode: QUERY, status: " + reply.code() + ", id: " + sent.id());
    out.add(";; flags: qr" + (reply.authoritative() ? " aa" : "") + " rd" + (reply.recursive() ? " ra" : "")
        + "; QUERY: 1, ANSWER: " + reply.answer().size() + ", AUTHORITY: " + reply.authority().size()
        + ", ADDITIONAL: " + (reply.additional().size() + 1));
    if (!reply.recursive()) {
      out.add(";; WARNING: recursion requested but not available");
    }
    out.addAll(List.of("", ";; OPT PSEUDOSECTION:", "; EDNS: version: 0, flags:; udp: 1232",
        "; COOKIE: " + String.format(Locale.ROOT, "%016x", sent.cookie()) + " (echoed)", ";; QUESTION SECTION:",
        ";" + columns(question.name(), Optional.empty(), question.type(), "")));
    section(out, "ANSWER", reply.answer());
    section(out, "AUTHORITY", reply.authority());
    section(out, "ADDITIONAL", reply.additional());
    out.addAll(List.of("", ";; Query time: " + sent.milliseconds() + " msec",
        ";; SERVER: " + sent.server() + "#53(" + sent.server() + ") (UDP)", ";; WHEN: " + sent.when(),
        ";; MSG SIZE  rcvd: " + new DnsMessage(sent.id(), question, Optional.of(reply), true).size(), ""));
    return out;
  }

  /** With {@code +short}: what the answers say, one a line. */
  public static List<String> brief(DnsReply reply) {
    return reply.answer().stream().map(r -> r.data().toString()).toList();
  }

  /** When nobody answers, and why: {@code timed out}, {@code connection refused}. */
  public static List<String> silence(List<String> typed, IpAddress server, String why) {
    String lost = ";; communications error to " + server + "#53: " + why;
    return List.of(lost, lost, lost, "", "; <<>> DiG " + VERSION + " <<>> " + String.join(" ", typed),
        ";; global options: +cmd", ";; no servers could be reached", "");
  }

  private static void section(List<String> out, String title, List<DnsRecord> records) {
    if (!records.isEmpty()) {
      out.add("");
      out.add(";; " + title + " SECTION:");
      records.forEach(r -> out.add(record(r)));
    }
  }

  /** A record as it stands in a section. */
  public static String record(DnsRecord record) {
    return columns(record.name(), Optional.of(record.ttl()), record.data().type(), record.data().toString());
  }

  private static String columns(String name, Optional<Integer> ttl, RecordType type, String data) {
    StringBuilder line = new StringBuilder(name);
    int at = name.length();
    if (ttl.isPresent()) {
      at = put(line, at, 24, ttl.get().toString());
    }
    at = put(line, at, 32, "IN");
    at = put(line, at, 40, type.name());
    if (!data.isEmpty()) {
      put(line, at, 48, data);
    }
    return line.toString();
  }

  /** Goes to a column with tabs, or one place on with a space when it is passed already; returns where it then is. */
  private static int put(StringBuilder line, int from, int column, String word) {
    int to = Math.max(column, from + 1);
    int tabs = to / TAB - from / TAB;
    line.repeat('\t', tabs);
    line.repeat(' ', to - (tabs > 0 ? to / TAB * TAB : from));
    line.append(word);
    return to + word.length();
  }
}
