package org.hopscope.model.ipset;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hopscope.model.netfilter.SetInfo;

/** {@code skbmark}, {@code skbprio} and {@code skbqueue} of {@code ipset add} (ipset(8)). */
final class SetInfoWords {
  private static final Pattern MARK = Pattern.compile("0x([0-9a-fA-F]{1,8})(?:/0x([0-9a-fA-F]{1,8}))?");
  private static final Pattern PRIORITY = Pattern.compile("(?:0x)?([0-9a-fA-F]{1,4}):(?:0x)?([0-9a-fA-F]{1,4})");

  private SetInfoWords() {
  }

  /** As the program's sscanf reads it: what stands behind a number is not looked at. */
  static SetInfo read(SetInfo before, String option, String value) throws SetComplaint {
    Matcher mark = MARK.matcher(value);
    Matcher priority = PRIORITY.matcher(value);
    switch (option) {
      case "skbmark" -> {
        if (!mark.lookingAt()) {
          throw SetComplaint.refused(
              "Syntax error: Invalid skbmark format, it should be:  MARK/MASK or MARK (see manpage)");
        }
        return new SetInfo(Integer.parseUnsignedInt(mark.group(1), 16), mark.group(2) == null ? -1
            : Integer.parseUnsignedInt(mark.group(2), 16), before.priority(), before.queue());
      }
      case "skbprio" -> {
        if (!priority.lookingAt()) {
          throw SetComplaint.refused(
              "Syntax error: Invalid skbprio format, it should be:MAJOR:MINOR (see manpage)");
        }
        return new SetInfo(before.mark(), before.mask(), Integer.parseInt(priority.group(1), 16) << 16
            | Integer.parseInt(priority.group(2), 16), before.queue());
      }
      default -> {
        return new SetInfo(before.mark(), before.mask(), before.priority(), SetNames.number(value, 0xffff));
      }
    }
  }
}
