package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.tls.Certificate;
import org.hopscope.model.tls.TlsText;
import org.hopscope.model.tls.Trust;

/** What {@code curl} tells of TLS (curl 7.88 lib/vtls/openssl.c). */
final class CurlTls {
  private static final String MORE = "More details here: https://curl.se/docs/sslcerts.html\n\n"
      + "curl failed to verify the legitimacy of the server and therefore could not\n"
      + "establish a secure connection to it. To learn more about this situation and\n"
      + "how to fix it, please visit the web page mentioned above.";

  private CurlTls() {
  }

  /** Why a client does not go on with TLS (curl lib/vtls/openssl.c). */
  static String why(String heard, String host, Optional<Certificate> authority) {
    Optional<Certificate> shown = TlsText.certificate(heard);
    if (shown.isEmpty()) {
      return TlsText.alerted(heard).isPresent()
          ? "error:0A000458:SSL routines::tlsv1 unrecognized name"
          : "error:0A00010B:SSL routines::wrong version number";
    }
    return switch (new Trust(false, authority).judge(shown.get(), host)) {
      case OTHER_HOST -> "SSL: no alternative certificate subject name matches target host name '" + host
          + "'\n" + MORE;
      case SELF_SIGNED -> "SSL certificate problem: self-signed certificate\n" + MORE;
      case UNKNOWN_ISSUER, FINE -> "SSL certificate problem: unable to get local issuer certificate\n" + MORE;
    };
  }

  /** What {@code -v} tells of TLS. */
  static List<String> handshake(String heard, String host, Trust trust) {
    List<String> lines = new ArrayList<>(List.of("* TLSv1.3 (OUT), TLS handshake, Client hello (1):"));
    Optional<Certificate> shown = TlsText.certificate(heard);
    if (shown.isEmpty()) {
      lines.add(TlsText.alerted(heard).map(_ -> "* TLSv1.3 (IN), TLS alert, unrecognized name (624):").orElse(
          "* TLSv1.3 (OUT), TLS alert, protocol version (582):"));
      return lines;
    }
    lines.addAll(List.of("* TLSv1.3 (IN), TLS handshake, Server hello (2):",
        "* TLSv1.3 (IN), TLS handshake, Certificate (11):", "* Server certificate:", "*  subject: "
            + shown.get().subject()));
    Trust.Verdict verdict = trust.judge(shown.get(), host);
    if (verdict == Trust.Verdict.FINE || trust.anything() && !shown.get().names().isEmpty()) {
      shown.get().names().stream().filter(n -> Certificate.selfSigned("", List.of(n)).isFor(host)).findFirst()
          .ifPresent(n -> lines.add("*  subjectAltName: host \"" + host + "\" matched cert's \"" + n + "\""));
    }
    lines.add("*  issuer: " + shown.get().issuer());
    if (trust.anything() && verdict != Trust.Verdict.FINE) {
      lines.add("*  SSL certificate verify result: " + (shown.get().isSelfSigned() ? "self-signed certificate (18)"
          : "unable to get local issuer certificate (20)") + ", continuing anyway.");
    } else if (verdict == Trust.Verdict.FINE) {
      lines.add("*  SSL certificate verify ok.");
    }
    return lines;
  }
}
