package org.hopscope.model.probe;

import org.hopscope.model.dns.DnsMessage;
import org.hopscope.model.tls.Trust;

/** What a client says once it can. */
public sealed interface Talk {
  /** The lab's own question, {@link Probe.ClientOptions#size} bytes long, which the lab's servers answer. */
  Talk QUESTION = new Question();
  /** Nothing: to be connected is all it wants ({@code nc -z}). */
  Talk SILENCE = new Silence();

  /** The lab's own question. No segment of it is ever sent twice, as the oracle's client does it. */
  record Question() implements Talk {
  }

  /** Nothing. */
  record Silence() implements Talk {
  }

  /** A question of the Domain Name System. */
  record Asks(DnsMessage message) implements Talk {
  }

  /**
   * A text below TLS, once the server has shown a certificate that is good enough; then it listens until the other end closes.
   *
   * @param host whom it means to talk to
   * @param serverName the name it asks for; empty when the host is an address (RFC 6066 3)
   */
  record Secure(String host, String serverName, Trust trust, String text) implements Talk {
  }

  /** A text; then it listens until the other end closes. */
  record Says(String text) implements Talk {
  }
}
