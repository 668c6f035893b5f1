package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.Talk;
import org.hopscope.model.tls.Certificate;
import org.hopscope.model.tls.TlsText;
import org.hopscope.model.tls.Trust;

/**
 * {@code curl} (7.88, curl(1)) for HTTP, and for HTTPS as far as {@link org.hopscope.model.tls} goes: {@code -s -S -f -v -i -I
 * -4 -6 -g -k -L -m SECONDS --connect-timeout SECONDS -H LINE -X METHOD -o /dev/null -w TEXT --interface ADDR --resolve HOST:PORT:ADDR
 * --connect-to HOST:PORT:HOST:PORT --cacert FILE URL}. Its progress meter is not drawn. Without a limit it waits for an answer that
 * does not come for {@value #UNTIL_STOPPED} s, as if it had been interrupted.
 */
final class CurlProgram {
  private static final int UNTIL_STOPPED = 300;
  private static final int REDIRECTS = 50;
  private static final String UNREACHED = "Couldn't connect to server";

  private final Prompt prompt;
  private final StringBuilder flags = new StringBuilder();
  private final List<String> headers = new ArrayList<>();
  private Optional<Integer> maxMillis = Optional.empty();
  private Optional<Integer> connectMillis = Optional.empty();
  private Optional<String> format = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> url = Optional.empty();
  private Optional<String> method = Optional.empty();
  private Optional<Certificate> authority = Optional.empty();
  /** {@code HOST:PORT} and where it is to be looked for instead. */
  private final Map<String, String> instead = new HashMap<>();

  private CurlProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    CurlProgram curl = new CurlProgram(prompt);
    while (!args.isEmpty()) {
      curl.word(args.next(), args);
    }
    return curl.ask();
  }

  private boolean is(char letter) {
    return flags.indexOf(String.valueOf(letter)) >= 0;
  }

  private void word(String word, Args args) throws Stop {
    switch (word) {
      case "--silent" -> flags.append('s');
      case "--show-error" -> flags.append('S');
      case "--fail" -> flags.append('f');
      case "--verbose" -> flags.append('v');
      case "--include" -> flags.append('i');
      case "--head" -> flags.append('I');
      case "--ipv4" -> flags.append('4');
      case "--ipv6" -> flags.append('6');
      case "--globoff" -> flags.append('g');
      case "--insecure" -> flags.append('k');
      case "--location" -> flags.append('L');
      case "--request" -> value('X', word, args);
      case "--resolve" -> resolve(next(word, args));
      case "--connect-to" -> connectTo(next(word, args));
      case "--cacert" -> authority = Optional.of(authority(next(word, args)));
      case "--max-time" -> value('m', word, args);
      case "--header" -> value('H', word, args);
      case "--output" -> value('o', word, args);
      case "--write-out" -> value('w', word, args);
      case "--connect-timeout" -> connectMillis = Optional.of(millis(next(word, args)));
      case "--interface" -> source = Optional.of(address(next(word, args)));
      default -> {
        if (word.startsWith("--")) {
          throw Stop.unsupported("curl " + word);
        } else if (word.startsWith("-") && word.length() > 1) {
          letters(word.substring(1), args);
        } else if (url.isPresent()) {
          throw Stop.unsupported("curl with several addresses");
        } else {
          url = Optional.of(word);
        }
      }
    }
  }

  private void letters(String letters, Args args) throws Stop {
    for (int i = 0; i < letters.length(); i++) {
      char letter = letters.charAt(i);
      if ("sSfviI46gkL".indexOf(letter) >= 0) {
        flags.append(letter);
      } else if ("mHowX".indexOf(letter) >= 0) {
        String rest = letters.substring(i + 1);
        if (rest.isEmpty()) {
          value(letter, "-" + letter, args);
        } else {
          set(letter, rest);
        }
        return;
      } else {
        throw Stop.unsupported("curl -" + letter);
      }
    }
  }

  private static String next(String option, Args args) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, "curl: option " + option + ": requires parameter",
          "curl: try 'curl --help' or 'curl --manual' for more information");
    }
    return args.next();
  }

  private void value(char letter, String option, Args args) throws Stop {
    set(letter, next(option, args));
  }

  private void set(char letter, String value) throws Stop {
    switch (letter) {
      case 'm' -> maxMillis = Optional.of(millis(value));
      case 'H' -> headers.add(value);
      case 'X' -> method = Optional.of(value);
      case 'w' -> format = Optional.of(value);
      default -> {
        if (!value.equals("/dev/null")) {
          throw Stop.unsupported("curl -o " + value);
        }
        flags.append('o');
      }
    }
  }

  private static int millis(String text) throws Stop {
    long nanos = Numbers.seconds(text).filter(n -> n <= 100_000 * VirtualTime.SECOND).orElseThrow(() -> Stop.exit(2,
        "curl: option -m: expected a proper numerical parameter",
        "curl: try 'curl --help' or 'curl --manual' for more information"));
    return (int) (nanos / VirtualTime.MILLI);
  }

  private static IpAddress address(String text) throws Stop {
    return IpAddress.parse(text).orElseThrow(() -> Stop.unsupported("curl --interface " + text + " (an address is)"));
  }

  private static HttpUrl target(String text) throws Stop {
    return HttpUrl.parse(text)
        .orElseThrow(() -> Stop.exit(3, "curl: (3) URL using bad/illegal format or missing URL"));
  }

  private boolean quiet() {
    return is('s') && !is('S');
  }

  private Command ask() throws Stop {
    if (!is('g') && url.filter(u -> u.matches(".*(\\{.*\\}|\\[[0-9a-zA-Z]+-.*\\]).*")).isPresent()) {
      throw Stop.unsupported("curl with many addresses at once (-g takes it as it stands)");
    }
    return ask(target(url.orElseThrow(() -> Stop.exit(2, "curl: no URL specified!",
        "curl: try 'curl --help' or 'curl --manual' for more information"))), 0);
  }

  private Command ask(HttpUrl target, int redirects) throws Stop {
    String typed = Optional.ofNullable(instead.get(target.bare() + ":" + target.port())).orElse(target.bare() + ":"
        + target.port());
    int colon = typed.lastIndexOf(':');
    String name = typed.substring(0, colon);
    PortNumber port = new PortNumber(Integer.parseInt(typed.substring(colon + 1)));
    Optional<IpFamily> family = family();
    if (IpAddress.parse(name).filter(a -> family.filter(f -> f != a.family()).isPresent()).isPresent()) {
      throw quiet() ? Stop.exit(7) : Stop.exit(7, "curl: (7) " + UNREACHED);
    }
    return HostNames.find(prompt, name, family, address -> ask(target, address, port, redirects),
        _ -> quiet() ? Stop.exit(6) : Stop.exit(6, "curl: (6) Could not resolve host: " + name));
  }

  /** The family that was asked for last. */
  private Optional<IpFamily> family() {
    int four = flags.lastIndexOf("4");
    int six = flags.lastIndexOf("6");
    return four == six ? Optional.empty() : Optional.of(four > six ? IpFamily.INET : IpFamily.INET6);
  }

  /** {@code HOST:PORT:ADDR}: the address that a name has for this command. */
  private void resolve(String text) throws Stop {
    String[] parts = text.split(":", 3);
    boolean fine = parts.length == 3 && Numbers.whole(parts[1], 1, 65535).isPresent()
        && IpAddress.parse(parts[2].replaceAll("[\\[\\]]", "")).isPresent();
    if (!fine) {
      throw Stop.exit(49, "curl: (49) Couldn't parse CURLOPT_RESOLVE entry '" + text + "'");
    }
    instead.put(parts[0] + ":" + parts[1], parts[2].replaceAll("[\\[\\]]", "") + ":" + parts[1]);
  }

  /** {@code HOST1:PORT1:HOST2:PORT2}: where to connect to instead. */
  private void connectTo(String text) throws Stop {
    String[] parts = text.split(":", -1);
    boolean fine = parts.length == 4 && Numbers.whole(parts[1], 1, 65535).isPresent()
        && Numbers.whole(parts[3], 1, 65535).isPresent();
    if (!fine) {
      throw Stop.unsupported("curl --connect-to " + text + " (HOST1:PORT1:HOST2:PORT2 is)");
    }
    instead.put(parts[0] + ":" + parts[1], parts[2] + ":" + parts[3]);
  }

  private Certificate authority(String file) throws Stop {
    List<String> lines = HostFiles.open(prompt, file, Stop.exit(77, "curl: (77) error setting certificate file: "
        + file));
    return Certificate.parse(String.join("\n", lines)).orElseThrow(() -> Stop.exit(77,
        "curl: (77) error setting certificate file: " + file));
  }

  private Command ask(HttpUrl target, IpAddress address, PortNumber port, int redirects) throws Stop {
    List<String> request = new ArrayList<>(List.of(method.orElse(is('I') ? "HEAD" : "GET") + " " + target.path()
        + " HTTP/1.1"));
    boolean hosted = headers.stream().anyMatch(h -> h.regionMatches(true, 0, "host:", 0, 5));
    if (!hosted) {
      request.add("Host: " + target.authority());
    } else {
      headers.stream().filter(h -> h.regionMatches(true, 0, "host:", 0, 5)).forEach(request::add);
    }
    request.addAll(List.of("User-Agent: curl/7.88.1", "Accept: */*"));
    headers.stream().filter(h -> !h.regionMatches(true, 0, "host:", 0, 5)).forEach(request::add);
    int patience = maxMillis.orElse(1000 * UNTIL_STOPPED);
    int wait = Math.min(patience, connectMillis.orElse(patience));
    String text = String.join("\r\n", request) + "\r\n\r\n";
    Talk talk =
        target.secure() ? new Talk.Secure(target.bare(), target.serverName(), new Trust(is('k'), authority), text)
            : new Talk.Says(text);
    Probe.ClientOptions options = new Probe.ClientOptions(1, Optional.empty(), 0, wait, false, talk);
    if (source.filter(s -> s.family() != address.family()).isPresent()) {
      throw Stop.unsupported("--interface " + source.get() + " towards " + address);
    }
    Probe probe = new Probe(prompt.at(), address, source, Optional.empty(),
        new Probe.Connect(port, options));
    return !is('L') || redirects >= REDIRECTS
        ? new Command.Ask(probe, trace -> report((Exchanged) trace.result(), probe, target, request))
        : new Command.First(probe, trace -> follow((Exchanged) trace.result(), probe, target, request, redirects));
  }

  /** {@code -L}: goes where the answer says, or tells the answer. */
  private Command follow(Exchanged result, Probe probe, HttpUrl target, List<String> request, int redirects)
      throws Stop {
    Optional<HttpAnswer> response = response(result.tries().getFirst(), target);
    Optional<String> location = response.filter(r -> r.status().startsWith("3")).flatMap(r -> r.header("Location"));
    if (location.isEmpty()) {
      return report(result, probe, target, request);
    }
    String to = location.get();
    return ask(target(to.contains("://") ? to : (target.secure() ? "https://" : "http://") + target.authority() + to),
        redirects + 1);
  }

  private static Optional<HttpAnswer> response(Exchange one, HttpUrl target) {
    return (target.secure() ? TlsText.said(one.heard()) : Optional.of(one.heard())).flatMap(HttpAnswer::of);
  }

  private Command.Said report(Exchanged result, Probe probe, HttpUrl target, List<String> request) {
    Exchange one = result.tries().getFirst();
    Answer answer = new Answer.Probed(probe, result, Answer.Probed.Detail.ALL);
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Optional<HttpAnswer> response = response(one, target);
    int exit = exit(one, response, target);
    if (is('v')) {
      err.addAll(verbose(one, probe, target, request, response));
    }
    response.filter(_ -> !is('o') && exit == 0).ifPresent(r -> {
      if (is('i') || is('I')) {
        out.addAll(r.head());
        out.add("");
      }
      out.addAll(r.body().lines().toList());
    });
    format.ifPresent(f -> out.addAll(List.of(written(f, response).split("\n", -1))));
    if (!out.isEmpty() && out.getLast().isEmpty() && format.isPresent()) {
      out.removeLast();
    }
    if (exit != 0 && !quiet()) {
      err.addAll(("curl: (" + exit + ") " + message(one, target)).lines().toList());
    }
    return new Command.Said(exit, out, err, answer);
  }

  private static String written(String format, Optional<HttpAnswer> response) {
    return format.replace("%{http_code}", response.map(HttpAnswer::status).orElse("000"))
        .replace("%{response_code}", response.map(HttpAnswer::status).orElse("000")).replace("\\n", "\n");
  }

  private int exit(Exchange one, Optional<HttpAnswer> response, HttpUrl target) {
    return switch (one.outcome()) {
      case ANSWERED -> response.isPresent() ? is('f') && response.get().status().matches("[45]..") ? 22 : 0
          : !target.secure() ? 1 : TlsText.certificate(one.heard()).isPresent() ? 60 : 35;
      case CLOSED -> 52;
      case RESET -> 56;
      case STALLED, TIMEOUT -> 28;
      case NO_SUCH_ADDRESS -> 45;
      case REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID, NO_BUFFER ->
          7;
    };
  }

  private String message(Exchange one, HttpUrl target) {
    long millis = one.nanos() / VirtualTime.MILLI;
    String failed = "Failed to connect to " + target.bare() + " port " + target.port() + " after " + millis + " ms: ";
    return switch (one.outcome()) {
      case ANSWERED -> response(one, target).map(r -> "The requested URL returned error: " + r.status())
          .orElseGet(() -> target.secure() ? CurlTls.why(one.heard(), target.bare(), authority)
              : "Received HTTP/0.9 when not allowed");
      case CLOSED -> "Empty reply from server";
      case RESET -> "Recv failure: Connection reset by peer";
      case STALLED -> "Operation timed out after " + millis + " milliseconds with " + one.heard().length()
          + " bytes received";
      case TIMEOUT -> connectMillis.isPresent() ? failed + "Timeout was reached"
          : maxMillis.isPresent() ? "Connection timed out after " + millis + " milliseconds"
          : failed + UNREACHED;
      case NO_SUCH_ADDRESS -> "bind failed with errno 99: Cannot assign requested address";
      case REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID, NO_BUFFER ->
          failed + UNREACHED;
    };
  }

  private List<String> verbose(Exchange one, Probe probe, HttpUrl target, List<String> request,
      Optional<HttpAnswer> response) {
    PortNumber port = ((Probe.Connect) probe.action()).port();
    List<String> lines = new ArrayList<>(List.of("*   Trying "
        + (probe.to().family() == IpFamily.INET6 ? "[" + probe.to() + "]" : probe.to()) + ":" + port + "..."));
    boolean connected = switch (one.outcome()) {
      case ANSWERED, CLOSED, RESET, STALLED -> true;
      case TIMEOUT, REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID,
          NO_SUCH_ADDRESS, NO_BUFFER -> false;
    };
    if (connected) {
      lines.add("* Connected to " + target.bare() + " (" + probe.to() + ") port " + port + " (#0)");
      if (target.secure()) {
        lines.addAll(CurlTls.handshake(one.heard(), target.bare(), new Trust(is('k'), authority)));
      }
      (target.secure() && response.isEmpty() ? List.<String>of() : request).forEach(r -> lines.add("> " + r));
      if (!target.secure() || response.isPresent()) {
        lines.add("> ");
      }
    }
    response.ifPresent(r -> {
      if (r.head().getFirst().startsWith("HTTP/1.0")) {
        lines.add("* HTTP 1.0, assume close after body");
      }
      r.head().forEach(h -> lines.add("< " + h));
      lines.add("< ");
    });
    lines.add("* Closing connection 0");
    return lines;
  }
}
