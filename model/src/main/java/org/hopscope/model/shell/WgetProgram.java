package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.net.VirtualTime;
import org.hopscope.model.probe.Probe;
import org.hopscope.model.probe.ProbeResult.Exchange;
import org.hopscope.model.probe.ProbeResult.Exchanged;
import org.hopscope.model.probe.Talk;

/**
 * {@code wget} as busybox 1.36 has it in most images (networking/wget.c), for plain HTTP: {@code -q -S --spider -T SECONDS
 * --header LINE -O -|/dev/null URL}; {@code -t} is accepted there and counts for nothing here either. Files are not saved, the
 * progress bar is not drawn. Not checked against a run of busybox.
 */
final class WgetProgram {
  /** wget.c: {@code -T} is 900 unless said. */
  private static final int PATIENCE = 900;

  private final Prompt prompt;
  private final List<String> headers = new ArrayList<>();
  private Optional<String> url = Optional.empty();
  private Optional<String> output = Optional.empty();
  private int seconds = PATIENCE;
  private boolean quiet;
  private boolean shown;
  private boolean spider;

  private WgetProgram(Prompt prompt) {
    this.prompt = prompt;
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    WgetProgram wget = new WgetProgram(prompt);
    while (!args.isEmpty()) {
      wget.word(args.next(), args);
    }
    return wget.ask();
  }

  private void word(String word, Args args) throws Stop {
    int equals = word.startsWith("--") ? word.indexOf('=') : -1;
    String key = equals < 0 ? word : word.substring(0, equals);
    switch (key) {
      case "-q", "--quiet" -> quiet = true;
      case "-S", "--server-response" -> shown = true;
      case "--spider" -> spider = true;
      case "-O", "--output-document" -> output = Optional.of(value(word, equals, args));
      case "-T", "--timeout" -> seconds = seconds(value(word, equals, args));
      case "-t", "--tries" -> value(word, equals, args);
      case "--header" -> headers.add(value(word, equals, args));
      default -> letters(word, args);
    }
  }

  /** Several options in one word: {@code -qO-}, {@code -qSO /dev/null}, {@code -T2}. */
  private void letters(String word, Args args) throws Stop {
    if (!word.startsWith("-") || word.equals("-")) {
      if (url.isPresent()) {
        throw Stop.unsupported("wget with several addresses");
      }
      url = Optional.of(word);
      return;
    }
    if (!word.matches("-[qS]*([OTt].*)?") || word.length() < 3) {
      throw Stop.unsupported("wget " + word);
    }
    for (int i = 1; i < word.length(); i++) {
      char letter = word.charAt(i);
      if (letter == 'O' || letter == 'T' || letter == 't') {
        String rest = word.substring(i + 1);
        word("-" + letter, rest.isEmpty() ? args : new Args(List.of(rest)));
        return;
      }
      word("-" + letter, args);
    }
  }

  private static String value(String word, int equals, Args args) throws Stop {
    if (equals >= 0) {
      return word.substring(equals + 1);
    }
    if (args.isEmpty()) {
      throw Stop.exit(1, "wget: option requires an argument -- '" + word.replaceFirst("^-+", "") + "'");
    }
    return args.next();
  }

  private static int seconds(String text) throws Stop {
    return Numbers.whole(text, 1, 100_000).orElseThrow(() -> Stop.exit(1, "wget: invalid number '" + text + "'"));
  }

  private Command ask() throws Stop {
    String typed = url.orElseThrow(() -> Stop.exit(1, "BusyBox v1.36.1 multi-call binary.", "",
        "Usage: wget [-cqS] [--spider] [-O FILE] [-T SEC] URL..."));
    if (!spider && output.filter(o -> o.equals("-") || o.equals("/dev/null")).isEmpty()) {
      throw Stop.unsupported("wget without -O - or -O /dev/null");
    }
    HttpUrl target = HttpUrl.parse(typed).orElseThrow(() -> Stop.exit(1, "wget: bad address '" + typed + "'"));
    if (target.secure()) {
      throw Stop.unsupported("wget https://");
    }
    return HostNames.find(prompt, target.bare(), Optional.empty(), address -> ask(target, address),
        _ -> Stop.exit(1, "wget: bad address '" + target.bare() + "'"));
  }

  private Command ask(HttpUrl target, IpAddress address) {
    List<String> request = new ArrayList<>(List.of((spider ? "HEAD " : "GET ") + target.path() + " HTTP/1.1"));
    if (headers.stream().noneMatch(h -> h.regionMatches(true, 0, "host:", 0, 5))) {
      request.add("Host: " + target.authority());
    }
    request.add("User-Agent: Wget");
    request.add("Connection: close");
    request.addAll(headers);
    Probe probe = new Probe(prompt.at(), address, Optional.empty(), Optional.empty(),
        new Probe.Connect(target.port(), new Probe.ClientOptions(1, Optional.empty(), 0,
            (int) (seconds * (VirtualTime.SECOND / VirtualTime.MILLI)), false,
            new Talk.Says(String.join("\r\n", request) + "\r\n\r\n"))));
    return new Command.Ask(probe, trace -> report((Exchanged) trace.result(), probe, target));
  }

  private Command.Said report(Exchanged result, Probe probe, HttpUrl target) {
    Exchange one = result.tries().getFirst();
    Answer answer = new Answer.Probed(probe, result, Answer.Probed.Detail.ALL);
    List<String> out = new ArrayList<>();
    List<String> err = new ArrayList<>();
    if (!quiet) {
      err.add("Connecting to " + target.authority() + " ("
          + (probe.to().width() == 32 ? probe.to() : "[" + probe.to() + "]")
          + ":" + target.port() + ")");
    }
    Optional<HttpAnswer> heard = HttpAnswer.of(one.heard());
    heard.filter(_ -> shown).ifPresent(h -> h.head().forEach(line -> err.add("  " + line)));
    Optional<String> trouble = trouble(one, heard, probe);
    if (trouble.isPresent()) {
      err.add("wget: " + trouble.get());
      return new Command.Said(1, List.of(), err, answer);
    }
    if (spider) {
      err.addAll(quiet ? List.of() : List.of("remote file exists"));
    } else if (output.equals(Optional.of("-"))) {
      out.addAll(heard.orElseThrow().body().lines().toList());
      err.addAll(quiet ? List.of() : List.of("writing to stdout", "written to stdout"));
    } else {
      err.addAll(quiet ? List.of() : List.of("saving to '/dev/null'", "'/dev/null' saved"));
    }
    return new Command.Said(0, out, err, answer);
  }

  private static Optional<String> trouble(Exchange one, Optional<HttpAnswer> heard, Probe probe) {
    String unconnected = "can't connect to remote host (" + probe.to() + "): ";
    return switch (one.outcome()) {
      case ANSWERED -> heard.isEmpty() ? Optional.of("error getting response")
          : heard.filter(h -> !h.status().startsWith("2"))
              .map(h -> "server returned error: " + h.head().getFirst());
      case CLOSED -> Optional.of("error getting response");
      case RESET -> Optional.of("error getting response: Connection reset by peer");
      case STALLED, TIMEOUT -> Optional.of("download timed out");
      case REFUSED -> Optional.of(unconnected + "Connection refused");
      case NET_UNREACHABLE -> Optional.of(unconnected + "Network is unreachable");
      case HOST_UNREACHABLE, FRAG_NEEDED -> Optional.of(unconnected + "No route to host");
      case PROHIBITED -> Optional.of(unconnected + "Permission denied");
      case PROTO_UNREACHABLE -> Optional.of(unconnected + "Protocol not available");
      case INVALID -> Optional.of(unconnected + "Invalid argument");
      case NO_SUCH_ADDRESS -> Optional.of(unconnected + "Cannot assign requested address");
      case NO_BUFFER -> Optional.of(unconnected + "No buffer space available");
    };
  }
}
