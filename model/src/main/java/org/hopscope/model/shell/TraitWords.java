package org.hopscope.model.shell;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hopscope.model.lab.TraitsChange;
import org.hopscope.model.net.LinkFlag;

/** The words of {@code ip link set} that note something on a device (ip-link(8), ip/iplink.c iplink_parse). */
final class TraitWords {
  private TraitWords() {
  }

  /** A change with what one more word says; empty when it is none of these. */
  static Optional<TraitsChange> read(TraitsChange said, String word, Args args) throws Stop {
    return switch (word) {
      case "alias" -> Optional.of(said.withAlias(args.next()));
      case "txqueuelen" -> Optional.of(said.withQueueLength(
          args.number(Integer.MIN_VALUE, Integer.MAX_VALUE, "Invalid \"txqueuelen\" value")));
      case "group" -> Optional.of(said.withGroup(group(args.next())));
      default -> {
        Optional<LinkFlag> flag = LinkFlag.of(word);
        yield flag.isEmpty() ? Optional.empty()
            : Optional.of(said.with(flag.get(), LinkParts.onOff(word, args.next()) != flag.get().isInverted()));
      }
    };
  }

  /** A group by number, or {@code default} (/etc/iproute2/group). */
  static int group(String text) throws Stop {
    return text.equals("default")
        ? 0
        : Numbers.unsigned(text).orElseThrow(() -> Stop.wrong(text, "Invalid \"group\" value"));
  }

  static String group(int number) {
    return number == 0 ? "default" : Integer.toUnsignedString(number);
  }

  /** The words of a change. */
  static String of(TraitsChange change) {
    return change.alias().map(a -> " alias " + Words.quote(a)).orElse("")
        + change.queueLength().map(q -> " txqueuelen " + q).orElse("")
        + change.group().map(g -> " group " + group(g)).orElse("")
        + change.flags().entrySet().stream().map(TraitWords::flag).collect(Collectors.joining());
  }

  private static String flag(Map.Entry<LinkFlag, Boolean> flag) {
    return " " + flag.getKey().word() + (flag.getValue() != flag.getKey().isInverted() ? " on" : " off");
  }
}
