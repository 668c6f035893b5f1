package org.hopscope.model.shell;

import java.util.List;
import org.hopscope.model.addr.IpFamily;

/** Ends the reading of a command: the program says why and exits, as iproute2 does from deep inside its parsers. */
final class Stop extends Exception {
  private static final long serialVersionUID = 1;

  private final Command.Said said;

  private Stop(int exit, String... errors) {
    this(Command.Said.failed(exit, List.of(errors)));
  }

  private Stop(Command.Said said) {
    super(String.join("\n", said.err()), null, false, false);
    this.said = said;
  }

  /** What the program leaves behind. */
  Command.Said said() {
    return said;
  }

  /** The program ends with an exit status and a message. */
  static Stop exit(int status, String... errors) {
    return new Stop(status, errors);
  }

  /** The program ends with an exit status, after lines on its standard output and perhaps a message. */
  static Stop said(int status, List<String> out, String... errors) {
    return new Stop(new Command.Said(status, out, List.of(errors), new Answer.Nothing()));
  }

  /** This is a real word of a real program, and the model does not do it. */
  static Stop unsupported(String word) {
    return new Stop(Reply.UNSUPPORTED, "hopscope: not supported: " + word);
  }

  /** iproute2 lib/utils.c incomplete_command. */
  static Stop incomplete() {
    return new Stop(255, "Command line is not complete. Try option \"help\"");
  }

  /** iproute2 lib/utils.c invarg. */
  static Stop wrong(String argument, String why) {
    return new Stop(255, "Error: argument \"" + argument + "\" is wrong: " + why);
  }

  /** iproute2 lib/utils.c duparg: the same word twice. */
  static Stop twice(String key, String argument) {
    return new Stop(255, "Error: duplicate \"" + key + "\": \"" + argument + "\" is the second value.");
  }

  /** iproute2 lib/utils.c duparg2: a second value for what has no key word. */
  static Stop garbage(String key, String argument) {
    return new Stop(255, "Error: either \"" + key + "\" is duplicate, or \"" + argument + "\" is a garbage.");
  }

  /** iproute2 lib/utils.c nodev. */
  static Stop noDevice(String name) {
    return new Stop(1, "Cannot find device \"" + name + "\"");
  }

  /** iproute2 lib/utils.c get_prefix. */
  static Stop badPrefix(String argument) {
    return new Stop(1, "Error: any valid prefix is expected rather than \"" + argument + "\".");
  }

  /** iproute2 lib/utils.c get_prefix, when the family is said. */
  static Stop badPrefix(IpFamily family, String argument) {
    return new Stop(1, "Error: " + family.word() + " prefix is expected rather than \"" + argument + "\".");
  }

  /** iproute2 lib/utils.c get_addr. */
  static Stop badAddress(String family, String argument) {
    return new Stop(1, "Error: " + family + " address is expected rather than \"" + argument + "\".");
  }
}
