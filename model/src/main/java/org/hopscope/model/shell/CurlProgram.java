package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.Talk;

/**
 * {@code curl} (7.88, curl(1)) for plain HTTP: {@code -s -S -f -v -i -I -4 -m SECONDS --connect-timeout SECONDS -H LINE
 * -o /dev/null -w TEXT --interface ADDR URL}. Its progress meter is not drawn. Without a limit it waits for an answer that
 * does not come for {@value #UNTIL_STOPPED} s, as if it had been interrupted.
 */
final class CurlProgram {
  private static final int UNTIL_STOPPED = 300;
  private static final String UNREACHED = "Couldn't connect to server";

  private final Prompt prompt;
  private final StringBuilder flags = new StringBuilder();
  private final List<String> headers = new ArrayList<>();
  private Optional<Integer> maxMillis = Optional.empty();
  private Optional<Integer> connectMillis = Optional.empty();
  private Optional<String> format = Optional.empty();
  private Optional<IpAddress> source = Optional.empty();
  private Optional<String> url = Optional.empty();

  private CurlProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  /**
   * Where to, and what for.
   *
   * @param host as it was typed
   * @param port the port
   * @param path the path with what follows it
   */
  private record Target(String host, PortNumber port, String path) {
    /** Without the brackets of an IPv6 address. */
    String bare() {
      return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    String authority() {
      return host + (port.value() == 80 ? "" : ":" + port);
    }
  }

  /** An HTTP answer, cut where its head ends. */
  private record Response(List<String> head, String body) {
    static Optional<Response> of(String heard) {
      int end = heard.indexOf("\r\n\r\n");
      return heard.startsWith("HTTP/") && end > 0
          ? Optional.of(new Response(List.of(heard.substring(0, end).split("\r\n")), heard.substring(end + 4)))
          : Optional.empty();
    }

    String status() {
      String[] words = head.getFirst().split(" ");
      return words.length > 1 ? words[1] : "000";
    }
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
      if ("sSfviI4".indexOf(letter) >= 0) {
        flags.append(letter);
      } else if ("mHow".indexOf(letter) >= 0) {
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

  private Target target(String text) throws Stop {
    String rest = text;
    int scheme = text.indexOf("://");
    if (scheme >= 0) {
      if (!text.startsWith("http://")) {
        throw Stop.unsupported(text.substring(0, scheme + 3));
      }
      rest = text.substring(7);
    }
    int slash = rest.indexOf('/');
    String authority = slash < 0 ? rest : rest.substring(0, slash);
    String path = slash < 0 ? "/" : rest.substring(slash);
    int colon = authority.startsWith("[") ? authority.indexOf(':', authority.indexOf(']') + 1) : authority.indexOf(':');
    String host = colon < 0 ? authority : authority.substring(0, colon);
    PortNumber port = colon < 0 ? new PortNumber(80)
        : Numbers.whole(authority.substring(colon + 1), 1, 65535).map(PortNumber::new).orElseThrow(() -> Stop.exit(3,
            "curl: (3) URL using bad/illegal format or missing URL"));
    if (host.isEmpty() || path.matches("(?s).*\\s.*")) {
      throw Stop.exit(3, "curl: (3) URL using bad/illegal format or missing URL");
    }
    return new Target(host, port, path);
  }

  private boolean quiet() {
    return is('s') && !is('S');
  }

  private Command ask() throws Stop {
    Target target = target(url.orElseThrow(() -> Stop.exit(2, "curl: no URL specified!",
        "curl: try 'curl --help' or 'curl --manual' for more information")));
    return HostNames.find(prompt, target.bare(), is('4') ? Optional.of(IpFamily.INET) : Optional.empty(),
        address -> ask(target, address),
        _ -> quiet() ? Stop.exit(6) : Stop.exit(6, "curl: (6) Could not resolve host: " + target.bare()));
  }

  private Command ask(Target target, IpAddress address) {
    List<String> request = new ArrayList<>(List.of((is('I') ? "HEAD " : "GET ") + target.path() + " HTTP/1.1"));
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
    Talk talk = new Talk.Says(String.join("\r\n", request) + "\r\n\r\n");
    Probe.ClientOptions options = new Probe.ClientOptions(1, Optional.empty(), 0, wait, false, talk);
    Probe probe = new Probe(prompt.at(), address, source, Optional.empty(),
        new Probe.Connect(target.port(), options));
    return new Command.Ask(probe, trace -> report((Exchanged) trace.result(), probe, target, request));
  }

  private Command.Said report(Exchanged result, Probe probe, Target target, List<String> request) {
    Exchange one = result.tries().getFirst();
    Answer answer = new Answer.Probed(probe, result, Answer.Probed.Detail.ALL);
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    Optional<Response> response = Response.of(one.heard());
    int exit = exit(one, response);
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
      err.add("curl: (" + exit + ") " + message(one, target));
    }
    return new Command.Said(exit, out, err, answer);
  }

  private static String written(String format, Optional<Response> response) {
    return format.replace("%{http_code}", response.map(Response::status).orElse("000"))
        .replace("%{response_code}", response.map(Response::status).orElse("000")).replace("\\n", "\n");
  }

  private static int exit(Exchange one, Optional<Response> response) {
    return switch (one.outcome()) {
      case ANSWERED -> response.isPresent() ? 0 : 1;
      case CLOSED -> 52;
      case RESET -> 56;
      case STALLED, TIMEOUT -> 28;
      case NO_SUCH_ADDRESS -> 45;
      case REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID -> 7;
    };
  }

  private String message(Exchange one, Target target) {
    long millis = one.nanos() / VirtualTime.MILLI;
    String failed = "Failed to connect to " + target.host() + " port " + target.port() + " after " + millis + " ms: ";
    return switch (one.outcome()) {
      case ANSWERED -> "Received HTTP/0.9 when not allowed";
      case CLOSED -> "Empty reply from server";
      case RESET -> "Recv failure: Connection reset by peer";
      case STALLED -> "Operation timed out after " + millis + " milliseconds with " + one.heard().length()
          + " bytes received";
      case TIMEOUT -> connectMillis.isPresent() ? failed + "Timeout was reached"
          : maxMillis.isPresent() ? "Connection timed out after " + millis + " milliseconds"
          : failed + UNREACHED;
      case NO_SUCH_ADDRESS -> "bind failed with errno 99: Cannot assign requested address";
      case REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID -> failed
          + UNREACHED;
    };
  }

  private static List<String> verbose(Exchange one, Probe probe, Target target, List<String> request,
      Optional<Response> response) {
    List<String> lines = new ArrayList<>(List.of("*   Trying " + probe.to() + ":" + target.port() + "..."));
    boolean connected = switch (one.outcome()) {
      case ANSWERED, CLOSED, RESET, STALLED -> true;
      case TIMEOUT, REFUSED, HOST_UNREACHABLE, NET_UNREACHABLE, PROHIBITED, FRAG_NEEDED, PROTO_UNREACHABLE, INVALID,
          NO_SUCH_ADDRESS -> false;
    };
    if (connected) {
      lines.add("* Connected to " + target.host() + " (" + probe.to() + ") port " + target.port() + " (#0)");
      request.forEach(r -> lines.add("> " + r));
      lines.add("> ");
    }
    response.ifPresent(r -> {
      lines.add("* HTTP 1.0, assume close after body");
      r.head().forEach(h -> lines.add("< " + h));
      lines.add("< ");
    });
    lines.add("* Closing connection 0");
    return lines;
  }
}
