package org.hopscope.model.tls;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A certificate: whose it is, who says so, and for which hosts it is good. Its dates, keys and signatures are not modelled.
 *
 * @param subject whose, such as {@code CN=shop.example.com}
 * @param issuer who signed it; the same as the subject when it signs itself
 * @param names the hosts of its subjectAltName, or {@code *.} and a name
 */
public record Certificate(String subject, String issuer, List<String> names) {
  private static final String BEGIN = "-----BEGIN CERTIFICATE-----";
  private static final String END = "-----END CERTIFICATE-----";
  private static final Pattern BLOCK = Pattern.compile(BEGIN + "\\s*([A-Za-z0-9+/=\\s]+?)\\s*" + END);
  private static final Pattern TEXT = Pattern.compile("subject=(.*); issuer=(.*); names=(.*)");
  private static final int DNS_NAME = 2;

  public Certificate {
    names = List.copyOf(names);
  }

  /** One that signs itself. */
  public static Certificate selfSigned(String subject, List<String> names) {
    return new Certificate(subject, subject, names);
  }

  /** Whether it is its own issuer. */
  public boolean isSelfSigned() {
    return subject.equals(issuer);
  }

  /** Whether it is good for a host: a star covers one label (RFC 9525 6.3). */
  public boolean isFor(String host) {
    String asked = host.toLowerCase(Locale.ROOT);
    return names.stream().map(n -> n.toLowerCase(Locale.ROOT)).anyMatch(n -> n.equals(asked) || n.startsWith("*.")
        && asked.endsWith(n.substring(1)) && asked.indexOf('.') == asked.length() - n.length() + 1);
  }

  /** The first certificate of a PEM file (RFC 7468): a real one of X.509, or one of {@link #pem()}; empty for anything else. */
  public static Optional<Certificate> parse(String pem) {
    Matcher block = BLOCK.matcher(pem);
    if (!block.find()) {
      return Optional.empty();
    }
    String body = block.group(1).replaceAll("\\s", "");
    return decoded(body).flatMap(bytes -> read(new String(bytes, StandardCharsets.UTF_8)).or(() -> x509(bytes)));
  }

  private static Optional<byte[]> decoded(String body) {
    try {
      return Optional.of(Base64.getDecoder().decode(body));
    } catch (IllegalArgumentException wrong) {
      return Optional.empty();
    }
  }

  private static Optional<Certificate> x509(byte[] bytes) {
    try {
      X509Certificate found = (X509Certificate) CertificateFactory.getInstance("X.509")
          .generateCertificate(new ByteArrayInputStream(bytes));
      List<String> names = new ArrayList<>();
      if (found.getSubjectAlternativeNames() != null) {
        for (List<?> name : found.getSubjectAlternativeNames()) {
          if (name.getFirst().equals(DNS_NAME)) {
            names.add(name.get(1).toString());
          }
        }
      }
      return Optional.of(new Certificate(found.getSubjectX500Principal().getName(),
          found.getIssuerX500Principal().getName(), names));
    } catch (CertificateException wrong) {
      return Optional.empty();
    }
  }

  /** As it stands in packets. */
  public String text() {
    return "subject=" + subject + "; issuer=" + issuer + "; names=" + String.join(",", names);
  }

  /** Reads {@link #text()}. */
  public static Optional<Certificate> read(String text) {
    Matcher found = TEXT.matcher(text);
    return found.matches()
        ? Optional.of(new Certificate(found.group(1), found.group(2), found.group(3).isEmpty() ? List.of()
            : Arrays.asList(found.group(3).split(","))))
        : Optional.empty();
  }

  /** The lines of a PEM file with it: what is in there is {@link #text()}, and no other program can read it. */
  public List<String> pem() {
    List<String> lines = new ArrayList<>(List.of(BEGIN));
    String body = Base64.getEncoder().encodeToString(text().getBytes(StandardCharsets.UTF_8));
    for (int i = 0; i < body.length(); i += 64) {
      lines.add(body.substring(i, Math.min(body.length(), i + 64)));
    }
    lines.add(END);
    return lines;
  }
}
