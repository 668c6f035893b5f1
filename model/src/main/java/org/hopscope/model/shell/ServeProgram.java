package org.hopscope.model.shell;

import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/** {@code serve PLACE PORT/tcp|udp [on ADDR] [as LABEL]} and {@code unserve PLACE [PORT[/tcp|udp]]}. */
final class ServeProgram {
  private static final String SERVE = "serve NS PORT/tcp|udp [on ADDR] [as LABEL]";
  private static final String UNSERVE = "unserve NS [PORT[/tcp|udp]]";

  private ServeProgram() {
  }

  /**
   * A port with its protocol.
   *
   * @param port from 1
   * @param transport over what
   */
  record Listening(PortNumber port, Transport transport) {
    static Optional<Listening> parse(String text) {
      int slash = text.indexOf('/');
      if (slash < 0) {
        return Optional.empty();
      }
      String word = text.substring(slash + 1);
      Optional<Transport> transport = switch (word) {
        case "tcp" -> Optional.of(Transport.TCP);
        case "udp" -> Optional.of(Transport.UDP);
        default -> Optional.empty();
      };
      return PortNumber.parse(text.substring(0, slash)).filter(p -> p.value() > 0)
          .flatMap(p -> transport.map(t -> new Listening(p, t)));
    }
  }

  static Command serve(Prompt prompt, Args args) throws Stop {
    NetnsId netns = place(prompt, args, SERVE);
    Listening listening = args.isEmpty()
        ? null
        : Listening.parse(args.next()).orElse(null);
    if (listening == null) {
      throw Stop.exit(2, "Usage: " + SERVE);
    }
    Optional<IpAddress> on = Optional.empty();
    Server.Program program = Server.Program.SERVE;
    String label = Places.name(prompt.lab(), netns);
    while (!args.isEmpty()) {
      String word = args.next();
      if (args.isEmpty()) {
        throw Stop.exit(2, "Usage: " + SERVE);
      }
      switch (word) {
        case "on" -> on = Optional.of(Addresses.address(args.next()));
        case "as" -> label = args.next();
        case "answering" -> {
          program = switch (args.next()) {
            case "dns" -> Server.Program.DNS;
            case "proxy" -> Server.Program.PROXY;
            case "forward" -> Server.Program.FORWARD;
            case "health" -> Server.Program.HEALTH;
            default -> throw Stop.exit(2, "Usage: " + SERVE);
          };
        }
        default -> throw Stop.exit(2, "Usage: " + SERVE);
      }
    }
    Server server = new Server(listening.port(), listening.transport(), on, label, program);
    return new Command.Change(new Edit.Serve(netns, server), 1, Command.Said.NOTHING);
  }

  static Command unserve(Prompt prompt, Args args) throws Stop {
    Optional<String> named = args.peek();
    if (named.flatMap(n -> Places.read(prompt.lab(), prompt.at().host(), n))
        .filter(id -> prompt.lab().find(id).isEmpty()).isPresent()) {
      throw Stop.exit(1, "nothing served there");
    }
    NetnsId netns = place(prompt, args, UNSERVE);
    Optional<PortNumber> port = Optional.empty();
    Optional<Transport> transport = Optional.empty();
    if (!args.isEmpty()) {
      String typed = args.next();
      Optional<Listening> listening = Listening.parse(typed);
      port = listening.map(Listening::port).or(() -> PortNumber.parse(typed));
      transport = listening.map(Listening::transport);
      if (port.isEmpty() || !args.isEmpty()) {
        throw Stop.exit(2, "Usage: " + UNSERVE);
      }
    }
    return new Command.Change(new Edit.Unserve(netns, port, transport), 1, Command.Said.NOTHING);
  }

  /** The place that the next word names; it must be there. */
  static NetnsId place(Prompt prompt, Args args, String usage) throws Stop {
    if (args.isEmpty()) {
      throw Stop.exit(2, "Usage: " + usage);
    }
    String text = args.next();
    return Places.find(prompt.lab(), prompt.at().host(), text)
        .orElseThrow(() -> Stop.exit(2, "no such namespace '" + text + "'; usage: " + usage));
  }
}
