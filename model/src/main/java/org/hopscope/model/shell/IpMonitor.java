package org.hopscope.model.shell;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;

/**
 * {@code ip monitor} (iproute2 6.1 ip/ipmonitor.c): what happened to a namespace by the commands of this terminal up to now. It
 * does not wait for more, so it is run after them and not beside them.
 */
final class IpMonitor {
  private static final Keywords OBJECTS =
      Keywords.of("link* address* route* mroute* prefix* neigh* netconf* rule* nsid* nexthop* stats*");

  private IpMonitor() {
  }

  static Command read(Prompt prompt, IpProgram.Options options, Args args) throws Stop {
    if (options.json() || options.brief() || options.stats()) {
      throw Stop.unsupported("ip " + (options.json() ? "-json" : options.brief() ? "-brief" : "-stats") + " monitor");
    }
    Set<LabEvents.Kind> kinds = EnumSet.noneOf(LabEvents.Kind.class);
    boolean labelled = false;
    Optional<Device> only = Optional.empty();
    while (!args.isEmpty()) {
      String typed = args.next();
      switch (typed) {
        case "all", "label" -> labelled = true;
        case "file", "all-nsid" -> throw Stop.unsupported("ip monitor " + typed);
        case "help" -> throw Stop.exit(255, "Usage: ip monitor [ all | OBJECTS ] [ label ] [ dev DEVICE ]",
            "OBJECTS :=  address | link | neigh | route | rule");
        case "dev" -> only = Optional.of(prompt.device(args.next()));
        default -> kinds.add(kind(typed));
      }
    }
    Optional<Device> device = only;
    boolean labels = labelled;
    List<String> out = new ArrayList<>();
    List<LabState> states = new ArrayList<>(prompt.past());
    states.add(prompt.lab());
    LabEvents.through(states, prompt.at(), options, new LabEvents.Listener(kinds.isEmpty(), device.isPresent()))
        .stream()
        .filter(e -> kinds.isEmpty() || kinds.contains(e.kind()))
        .filter(e -> device.isEmpty() || e.device().equals(device.map(Device::id)))
        .forEach(e -> out.addAll(written(e, labels, options.oneLine())));
    return Command.Said.answered(out, new Answer.Events(out));
  }

  private static LabEvents.Kind kind(String typed) throws Stop {
    String word = OBJECTS.find(typed).orElseThrow(
        () -> Stop.exit(255, "Argument \"" + typed + "\" is unknown, try \"ip monitor help\"."));
    for (LabEvents.Kind kind : LabEvents.Kind.values()) {
      if (kind.word().equals(word)) {
        return kind;
      }
    }
    throw Stop.unsupported("ip monitor " + word);
  }

  private static List<String> written(LabEvents.Event event, boolean labelled, boolean oneLine) {
    List<String> lines = new ArrayList<>(oneLine ? List.of(String.join("\\", event.lines())) : event.lines());
    if (labelled) {
      lines.set(0, event.kind().label() + lines.getFirst());
    }
    return lines;
  }
}
