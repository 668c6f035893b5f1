package org.hopscope.model.iptables;

import java.util.List;

/** Ends the reading of a command as the program ends: with a status and its words. */
public final class Complaint extends Exception {
  private static final long serialVersionUID = 1;
  /** The version whose words these are. */
  static final String VERSION = "v1.8.9 (nf_tables):";

  /** Who speaks, and in which form. */
  enum Form {
    /** xtables_error PARAMETER_PROBLEM. */
    PARAMETER(2),
    /** A word that fits nowhere: said without the program's name. */
    BARE(2),
    /** The program of the other family is asked for: only the hint is given. */
    OTHER_FAMILY(2),
    /** nft_strerror: the program's name and what is wrong. */
    RESULT(1),
    /** The kernel refused. */
    KERNEL(4),
    /** A name that the program does not know: a table. */
    OTHER(3),
    /** Said as it is. */
    PLAIN(1),
    /** The model does not do it. */
    UNSUPPORTED(127);

    private final int status;

    Form(int status) {
      this.status = status;
    }
  }

  private final Form form;

  private Complaint(Form form, String message) {
    super(message, null, false, false);
    this.form = form;
  }

  /** The words themselves are wrong. */
  public static Complaint parameter(String message) {
    return new Complaint(Form.PARAMETER, message);
  }

  /** A word that is no option's. */
  static Complaint bare(String message) {
    return new Complaint(Form.BARE, message);
  }

  /** {@code -6} for iptables, {@code -4} for ip6tables; a line of a file that says so is passed over. */
  static Complaint otherFamily() {
    return new Complaint(Form.OTHER_FAMILY, "");
  }

  /** What is asked for is not there, or is there already. */
  public static Complaint result(String message) {
    return new Complaint(Form.RESULT, message);
  }

  /** The kernel refuses: {@code RULE_APPEND failed (Invalid argument): rule in chain INPUT}. */
  public static Complaint kernel(String message) {
    return new Complaint(Form.KERNEL, message);
  }

  /** There is no such table. */
  static Complaint noTable(String name) {
    return new Complaint(Form.OTHER, "table '" + name + "' does not exist");
  }

  /** A chain that cannot be listed. */
  public static Complaint incompatible(String chain, String table) {
    return new Complaint(Form.PLAIN, "chain `" + chain + "' in table `" + table + "' is incompatible, use 'nft' tool.");
  }

  /** A real word of the real program that the model does not do. */
  public static Complaint unsupported(String word) {
    return new Complaint(Form.UNSUPPORTED, word);
  }

  Form form() {
    return form;
  }

  public boolean isUnsupported() {
    return form == Form.UNSUPPORTED;
  }

  /** Whether it is the kernel that refuses, so that other lines are not named. */
  public boolean isKernels() {
    return form == Form.KERNEL;
  }

  /** The exit status of the program. */
  public int status() {
    return form.status;
  }

  /** What a program of this name writes. */
  public List<String> lines(String program) {
    return lines(program, List.of());
  }

  /** As {@link #lines(String)}, with lines between what is wrong and the hint. */
  public List<String> lines(String program, List<String> between) {
    String hint = "Try `" + program + " -h' or '" + program + " --help' for more information.";
    String named = program + " " + VERSION;
    List<String> first = switch (form) {
      case PARAMETER -> getMessage().startsWith("\n")
          ? List.of(named + " ", getMessage().substring(1))
          : List.of(named + " " + getMessage());
      case BARE -> List.of(getMessage());
      case OTHER_FAMILY -> List.of();
      case RESULT -> List.of(program + ": " + getMessage());
      case KERNEL -> List.of(named + "  " + getMessage());
      case OTHER, PLAIN -> List.of(named + " " + getMessage());
      case UNSUPPORTED -> List.of("hopscope: not supported: " + getMessage());
    };
    List<String> last = switch (form) {
      case PARAMETER, BARE, OTHER_FAMILY -> List.of(hint);
      case OTHER -> List.of("Perhaps iptables or your kernel needs to be upgraded.");
      case RESULT, KERNEL, PLAIN, UNSUPPORTED -> List.of();
    };
    return java.util.stream.Stream.of(first, between, last).flatMap(List::stream).toList();
  }
}
