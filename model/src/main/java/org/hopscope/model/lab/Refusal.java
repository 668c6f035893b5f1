package org.hopscope.model.lab;

/** Why an edit cannot be done, in the words of who refuses it. */
public sealed interface Refusal {
  /** The words to show. */
  String text();

  /** What strerror(3) says of it, for programs that say no more; what is not supported is named all the same. */
  default String reason() {
    return switch (this) {
      case Kernel(Errno errno) -> errno.text();
      case KernelMessage(Errno errno, String _) -> errno.text();
      case Tool(Errno errno, String _) -> errno.text();
      case Unsupported unsupported -> unsupported.text();
    };
  }

  /** The kernel said only a number: iproute2 prints {@code RTNETLINK answers: File exists}. */
  record Kernel(Errno errno) implements Refusal {
    @Override
    public String text() {
      return "RTNETLINK answers: " + errno.text();
    }
  }

  /** The kernel said why: iproute2 prints {@code Error: } and the message (netlink extended acknowledgement). */
  record KernelMessage(Errno errno, String message) implements Refusal {
    @Override
    public String text() {
      return "Error: " + message;
    }
  }

  /** The tool itself refused before asking the kernel; the whole line as it prints it. */
  record Tool(Errno errno, String text) implements Refusal {
  }

  /** The model does not do this yet, and says so by name. */
  record Unsupported(String what) implements Refusal {
    @Override
    public String text() {
      return "hopscope: not supported: " + what;
    }
  }
}
