package org.hopscope.model.shell;

import java.text.MessageFormat;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Collectors;
import org.hopscope.model.net.Driver;

/** What is supported of each program, in the manner of a manual page's synopsis. */
public final class Help {
  private static final ResourceBundle TEXTS = ResourceBundle.getBundle("org.hopscope.model.shell.help");

  private Help() {
  }

  /** The names of all programs, in alphabetical order. */
  public static List<String> programs() {
    return Programs.names();
  }

  /** The lines about a program; the list of programs for an empty name, or one that nobody has. */
  public static List<String> of(String program) {
    String names = String.join(" ", programs());
    if (programs().contains(program)) {
      return say(program, kinds()).lines().toList();
    }
    return List.of(program.isEmpty() ? say("programs", names) : say("unknown", program, names));
  }

  /** The kinds of devices that can be made; a star marks those that were not checked against a kernel. */
  private static String kinds() {
    return Arrays.stream(Driver.values()).filter(Driver::isVirtual)
        .map(d -> d.name().toLowerCase(Locale.ROOT) + (d.isChecked() ? "" : "*")).collect(Collectors.joining(" "))
        + " (* not checked against a kernel)";
  }

  private static String say(String key, Object... parts) {
    return new MessageFormat(TEXTS.getString(key), Locale.ROOT).format(parts);
  }
}
