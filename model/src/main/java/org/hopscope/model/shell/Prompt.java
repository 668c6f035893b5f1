package org.hopscope.model.shell;

import java.util.List;
import java.util.Map;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.trace.Trace;

/**
 * Where a command is read.
 *
 * @param lab the lab as it is
 * @param at the namespace it runs in
 * @param input the lines that it can read from its standard input
 * @param traffic the traces that were made lately, oldest first
 * @param past the labs that commands of the same terminal changed, oldest first
 * @param files what lies at hand: what the shell has for it at {@code /dev/fd/N}, and what lies beside its script
 * @param environment its environment, for the few programs that read one
 */
record Prompt(LabState lab, NetnsId at, List<String> input, List<Trace> traffic, List<LabState> past,
    Folder files, Map<String, String> environment) {
  Prompt {
    input = List.copyOf(input);
    traffic = List.copyOf(traffic);
    past = List.copyOf(past);
    environment = Map.copyOf(environment);
  }

  /** With an empty environment and no past. */
  Prompt(LabState lab, NetnsId at, List<String> input, List<Trace> traffic, Folder files) {
    this(lab, at, input, traffic, List.of(), files, Map.of());
  }

  /** With nothing at hand. */
  Prompt(LabState lab, NetnsId at, List<String> input, List<Trace> traffic) {
    this(lab, at, input, traffic, Folder.EMPTY);
  }

  Prompt in(NetnsId other) {
    return new Prompt(lab, other, input, traffic, past, files, environment);
  }

  /** With another environment. */
  Prompt with(Map<String, String> other) {
    return new Prompt(lab, at, input, traffic, past, files, other);
  }

  /** What a variable of the environment says. */
  String variable(String name) {
    return environment.getOrDefault(name, "");
  }

  /** The namespace that {@code ip netns} knows by this name on the same host. */
  NetnsId named(String name) throws Stop {
    return NetnsFiles.named(lab, at.host(), name).orElseThrow(
        () -> Stop.exit(255, "Cannot open network namespace \"" + name + "\": No such file or directory"));
  }

  DeviceRef ref(String device) {
    return new DeviceRef(at, device);
  }

  /** A device of this namespace, by name. */
  Device device(String name) throws Stop {
    return lab.find(ref(name)).orElseThrow(() -> Stop.noDevice(name));
  }
}
