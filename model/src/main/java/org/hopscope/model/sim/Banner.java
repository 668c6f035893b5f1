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

  /** How many bytes a question takes in all; a text that is none of the lab's takes what it takes. */
  static int questionBytes(String question) {
    return question.matches("LAB[0-9]{8}") ? QUESTION + Integer.parseInt(question.substring(3)) : question.length();
  }

  /** Whether it is the beginning of an HTTP request (RFC 9112 3). */
  private static boolean isHttp(String question) {
    return question.matches("(?s)(GET|HEAD) [^ \r\n]+ HTTP/1\\.[01]\r\n.*");
  }

  /** What a server answers to a question: HTTP to an HTTP request, else {@link #text}. */
  static String answer(String question, String label, IpAddress client, int clientPort, IpAddress server,
      int serverPort) {
    String text = text(label, client, clientPort, server, serverPort);
    if (!isHttp(question)) {
      return text;
    }
    String body = String.format(Locale.ROOT, "%s: you are %s port %d, I am %s port %d\n", label, client, clientPort,
        server, serverPort);
    return "HTTP/1.0 200 OK\r\nServer: hopscope\r\nContent-Type: text/plain\r\nContent-Length: " + body.length()
        + "\r\n\r\n" + (question.startsWith("HEAD") ? "" : body);
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
