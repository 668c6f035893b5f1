package org.hopscope.model.shell;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.addr.PortNumber;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.net.Server;
import org.hopscope.model.net.Transport;

/**
 * {@code python3 -m http.server [PORT] [--bind ADDR]}: a web server begins to listen, on port 8000 unless said. Here it has
 * no files; it answers with its name and the client's address. Everything else of Python is refused.
 */
final class PythonProgram {
  private static final int USUAL_PORT = 8000;

  private PythonProgram() {
  }

  static Command read(Prompt prompt, Args args) throws Stop {
    if (!args.take("-m") || !args.take("http.server")) {
      throw Stop.unsupported("python3 but for -m http.server");
    }
    PortNumber port = new PortNumber(USUAL_PORT);
    Optional<IpAddress> on = Optional.empty();
    while (!args.isEmpty()) {
      String word = args.next();
      if ((word.equals("--bind") || word.equals("-b")) && !args.isEmpty()) {
        on = Optional.of(Addresses.address(args.next()));
      } else if (word.startsWith("-")) {
        throw Stop.unsupported("http.server " + word);
      } else {
        port = Numbers.whole(word, 1, 65535).map(PortNumber::new).orElseThrow(() -> Stop.exit(2,
            "server.py: error: argument port: invalid int value: '" + word + "'"));
      }
    }
    String shown = on.map(Object::toString).orElse("0.0.0.0");
    Server server = new Server(port, Transport.TCP, on.filter(a -> !a.isUnspecified()),
        Places.name(prompt.lab(), prompt.at()), Server.Program.HTTP);
    return new Command.Change(new Edit.Serve(prompt.at(), server), 1, Command.Said.answered(
        List.of("Serving HTTP on " + shown + " port " + port + " (http://" + shown + ":" + port + "/) ..."),
        new Answer.Nothing()));
  }
}
