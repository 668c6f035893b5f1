package org.hopscope.model.tls;

import java.util.Optional;

/**
 * What the two ends of TLS 1.3 say to each other, as text in the payload (RFC 8446 2): the client's hello with the name of the
 * server, the server's hello with its certificate, and then what they have to say. An alert ends it.
 */
public final class TlsText {
  private static final String CLIENT = "TLS ClientHello, server name ";
  private static final String SERVER = "TLS ServerHello, certificate ";
  private static final String DATA = "TLS ApplicationData ";
  private static final String ALERT = "TLS Alert ";

  private TlsText() {
  }

  /** A client's first words; the name is empty when it asked for an address. */
  public static String clientHello(String serverName) {
    return CLIENT + serverName;
  }

  /** The name that a client asks for; empty for anything but a client's hello. */
  public static Optional<String> serverName(String text) {
    return after(CLIENT, text);
  }

  public static String serverHello(Certificate certificate) {
    return SERVER + certificate.text() + "\n";
  }

  /** The certificate of a server's hello, which may be followed by more. */
  public static Optional<Certificate> certificate(String text) {
    return after(SERVER, text).flatMap(t -> Certificate.read(t.lines().findFirst().orElse("")));
  }

  /** What would be enciphered. */
  public static String data(String text) {
    return DATA + text;
  }

  /** What was said below TLS, behind a hello or by itself. */
  public static Optional<String> said(String text) {
    int at = text.indexOf(DATA);
    return at < 0 ? Optional.empty() : Optional.of(text.substring(at + DATA.length()));
  }

  /** The end of a handshake that did not come about. */
  public static String alert(String why) {
    return ALERT + why;
  }

  /** Why a handshake came to nothing. */
  public static Optional<String> alerted(String text) {
    return after(ALERT, text);
  }

  private static Optional<String> after(String head, String text) {
    return text.startsWith(head) ? Optional.of(text.substring(head.length())) : Optional.empty();
  }
}
