package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.tls.Certificate;

/**
 * {@code openssl req -x509 -keyout FILE -out FILE -subj /CN=NAME [-addext subjectAltName=DNS:NAME,...] [-newkey ALG] [-nodes]
 * [-days N] [-sha256]} (openssl-req(1)): a certificate that signs itself. There are no keys and no dates: the key file says so,
 * and the certificate is {@link Certificate#pem()}.
 */
final class OpensslProgram {
  private static final List<String> KEY = List.of("-----BEGIN PRIVATE KEY-----",
      "aG9wc2NvcGU6IG5vdGhpbmcgaXMgZW5jaXBoZXJlZCwgc28gdGhlcmUgaXMgbm8ga2V5", "-----END PRIVATE KEY-----");

  private OpensslProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (!args.take("req")) {
      throw Stop.unsupported("openssl " + args.peek().orElse(""));
    }
    boolean self = false;
    Optional<String> out = Optional.empty();
    Optional<String> key = Optional.empty();
    Optional<String> subject = Optional.empty();
    List<String> names = new ArrayList<>();
    while (!args.isEmpty()) {
      String word = args.next();
      switch (word) {
        case "-x509" -> self = true;
        case "-nodes", "-noenc", "-sha256", "-batch", "-new" -> {
        }
        case "-newkey", "-days" -> value(word, args);
        case "-out" -> out = Optional.of(value(word, args));
        case "-keyout" -> key = Optional.of(value(word, args));
        case "-subj" -> subject = Optional.of(value(word, args));
        case "-addext" -> names.addAll(names(value(word, args)));
        default -> throw Stop.unsupported("openssl req " + word);
      }
    }
    if (!self || out.isEmpty() || key.isEmpty() || subject.isEmpty()) {
      throw Stop.unsupported("openssl req without -x509, -out, -keyout and -subj");
    }
    Certificate made = Certificate.selfSigned(subject(subject.get()), names);
    return new Command.Change(new Edit.Together(List.of(HostFiles.write(prompt, key.get(), KEY, false),
        HostFiles.write(prompt, out.get(), made.pem(), false))), 1, Command.Said.NOTHING);
  }

  private static String value(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(1, "req: Option " + option + " needs a value", "req: Use -help for summary.");
    }
    return args.next();
  }

  /** {@code /C=DE/CN=a} as {@code CN=a,C=DE}: the most particular first (RFC 4514 2.1). */
  private static String subject(String text) throws Stop {
    if (!text.matches("(/[A-Za-z]+=[^/=]+)+")) {
      throw Stop.exit(1, "req: subject name is expected to be in the format /type0=value0/type1=value1/type2=... where "
          + "characters may be escaped by \\. This name is not in that format: '" + text.replaceFirst("^/", "") + "'",
          "problems making Certificate Request");
    }
    return String.join(",", Arrays.asList(text.substring(1).split("/")).reversed());
  }

  private static List<String> names(String extension) throws Stop {
    String head = "subjectAltName";
    int equals = extension.indexOf('=');
    if (equals < 0 || !extension.substring(0, equals).strip().equals(head)) {
      throw Stop.unsupported("openssl req -addext " + extension);
    }
    List<String> names = new ArrayList<>();
    for (String part : extension.substring(equals + 1).split(",")) {
      if (!part.strip().startsWith("DNS:")) {
        throw Stop.unsupported("subjectAltName " + part.strip());
      }
      names.add(part.strip().substring(4));
    }
    return names;
  }
}
