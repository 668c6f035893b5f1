package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;

/**
 * Where to, and what for.
 *
 * @param secure whether by TLS
 * @param host as it was typed
 * @param port the port
 * @param path the path with what follows it
 */
record HttpUrl(boolean secure, String host, PortNumber port, String path) {
  /** Without the brackets of an IPv6 address. */
  String bare() {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }

  String authority() {
    return host + (port.value() == (secure ? 443 : 80) ? "" : ":" + port);
  }

  /** The name that TLS asks for: none for an address. */
  String serverName() {
    return IpAddress.parse(bare()).isPresent() ? "" : bare();
  }

  /** Reads {@code [http://|https://]HOST[:PORT][/PATH]}; empty for what is none. */
  static Optional<HttpUrl> parse(String text) throws Stop {
    String rest = text;
    int scheme = text.indexOf("://");
    boolean secure = text.startsWith("https://");
    if (scheme >= 0) {
      if (!secure && !text.startsWith("http://")) {
        throw Stop.unsupported(text.substring(0, scheme + 3));
      }
      rest = text.substring(scheme + 3);
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/" : rest.substring(slash);
    int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']') + 1) : authority.indexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    Optional<PortNumber> port = colon < 0 ? Optional.of(new PortNumber(secure ? 443 : 80))
        : Numbers.whole(authority.substring(colon + 1), 1, 65535).map(PortNumber::new);
    return host.isEmpty() || path.matches("(?s).*\\s.*") ? Optional.empty()
        : port.map(p -> new HttpUrl(secure, host, p, path));
  }
}
