package org.hopscope.model.sim;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.probe.ProbeResult;

/** What clients and servers say to each other, as text in the payload. */
final class Banner {
  /** How many bytes a client's question takes before the bytes it was told to send. */
  static final int QUESTION = 12;

  private Banner() {
  }

  /** A question that announces how many more bytes follow. */
  static String question(int size) {
    return String.format(Locale.ROOT, "LAB%08d", size);
  }

  /** How many bytes a question takes in all. */
  static int questionBytes(String question) {
    return QUESTION + Integer.parseInt(question.substring(3));
  }

  /** What a server answers: who it is, whom it saw, and where it was reached. */
  static String text(String label, IpAddress client, int clientPort, IpAddress server, int serverPort) {
    return label + " " + client + " " + clientPort + " " + server + " " + serverPort;
  }

  /** Reads a server's answer. Labels may hold spaces: the four last words are the addresses. */
  static Optional<ProbeResult.Answer> parse(String text) {
    String[] words = text.split(" ");
    int n = words.length;
    if (n < 5) {
      return Optional.empty();
    }
    String label = String.join(" ", List.of(words).subList(0, n - 4));
    return Optional.of(new ProbeResult.Answer(label, IpAddress.of(words[n - 4]), Integer.parseInt(words[n - 3]),
        IpAddress.of(words[n - 2]), Integer.parseInt(words[n - 1])));
  }
}
