package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.TableName;
import org.hopscope.model.netfilter.Tally;

/** Writes commands and files as they are typed. */
public final class CommandText {
  private static final Pattern WORD = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"|\\S+");
  /** A word that a shell takes as it is. */
  private static final Pattern PLAIN = Pattern.compile("!|[A-Za-z0-9_@%+=:,./-]+");
  /** What a shell takes as it is between double quotes. */
  private static final Pattern TEXT = Pattern.compile("[^$`\\\\]*");

  private CommandText() {
  }

  /** The program that writes rules of a family. */
  public static String program(IpFamily family) {
    return switch (family) {
      case INET -> "iptables";
      case INET6 -> "ip6tables";
    };
  }

  /** A command line for each rule that the command is about, or one. Texts in it are quoted as a shell wants it. */
  public static List<String> of(IpFamily family, IptablesCommand command) {
    String program = program(family) + (command.table() == TableName.FILTER ? "" : " -t " + command.table().word());
    return lines(command).stream().map(l -> program + " " + typed(l)).toList();
  }

  /**
   * A line as programs save it, as it has to be typed: a shell must not act on what is in names and texts. Programs put only
   * texts into quotes, and a set may be called {@code a;b$c}.
   */
  public static String typed(String saved) {
    Matcher words = WORD.matcher(saved);
    return words.replaceAll(word -> Matcher.quoteReplacement(typedWord(word.group())));
  }

  private static String typedWord(String word) {
    boolean text = word.startsWith("\"");
    String inside = text ? word.substring(1, word.length() - 1) : word;
    return (text ? TEXT : PLAIN).matcher(inside).matches() ? word
        : "'" + (text ? inside.replaceAll("\\\\(.)", "$1") : inside).replace("'", "'\\''") + "'";
  }

  private static List<String> lines(IptablesCommand command) {
    String chain = command.operation().option() + command.chain().map(c -> " " + c).orElse("");
    String number = command.number() > 0 ? " " + command.number() : "";
    return switch (command.operation()) {
      case APPEND, DELETE, CHECK -> rules(chain, command);
      case INSERT, REPLACE -> rules(chain + number, command);
      case DELETE_NUMBER, ZERO_NUMBER -> List.of(chain + number);
      case LIST, LIST_RULES -> List.of(chain + number + (command.style().zero() ? " -Z" : ""));
      case FLUSH, ZERO, NEW_CHAIN, DELETE_CHAIN, VERSION, HELP -> List.of(chain);
      case RENAME_CHAIN, POLICY -> List.of(chain + " " + command.word());
    };
  }

  private static List<String> rules(String before, IptablesCommand command) {
    List<String> lines = new ArrayList<>();
    for (Rule rule : command.rules()) {
      String counted = command.counted().equals(Tally.ZERO)
          ? ""
          : " -c " + command.counted().packets() + " " + command.counted().bytes();
      lines.add((before + " " + SaveText.of(rule)).stripTrailing() + counted);
    }
    return lines;
  }

  /** The lines of a file that loads sections. */
  public static List<String> file(List<RestoreFile.Section> sections) {
    List<String> lines = new ArrayList<>();
    for (RestoreFile.Section section : sections) {
      lines.add("*" + section.table().word());
      for (RestoreFile.Line line : section.lines()) {
        switch (line) {
          case RestoreFile.Line.Declared(int _, String chain, String policy, Tally counted) ->
              lines.add(":" + chain + " " + policy + " [" + counted.packets() + ":" + counted.bytes() + "]");
          case RestoreFile.Line.Ordered(int _, IptablesCommand command) -> lines.addAll(lines(command));
        }
      }
      lines.add("COMMIT");
    }
    return lines;
  }
}
