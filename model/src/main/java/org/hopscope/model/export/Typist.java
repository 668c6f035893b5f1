package org.hopscope.model.export;

import java.util.ArrayList;
import java.util.List;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.Device;
import org.hopscope.model.net.DeviceRef;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.shell.Shell;

/**
 * Types commands at a machine that begins empty, and keeps those that it took: the lab that they make is there at every
 * step.
 */
final class Typist {
  private final LabState wanted;
  private final Session made;
  private final List<String> lines = new ArrayList<>();
  private final List<String> left = new ArrayList<>();

  /** For the commands that shall make a lab. */
  Typist(LabState wanted) {
    this.wanted = wanted;
    made = new Session(Editor.fresh(wanted.basis().seed(), wanted.basis().environment()));
  }

  /** The lab that the commands have made by now. */
  LabState made() {
    return made.state();
  }

  /** Where they are typed; what no command says is done there directly. */
  Session session() {
    return made;
  }

  /** The commands that were taken, in order. */
  List<String> lines() {
    return lines;
  }

  /** What could not be made, in words. */
  List<String> left() {
    return left;
  }

  /** The namespace of the machine that stands for one of the lab's. */
  NetnsId place(NetnsId id) {
    return Recipe.place(wanted, id);
  }

  /** A command in the machine's own namespace. */
  void run(String line) {
    Reply reply = Shell.run(made, made.state().firstHost().root(), line);
    if (reply.exit() == 0) {
      lines.add(line);
    } else {
      left.add(line + ": " + String.join("; ", reply.err()));
    }
  }

  /** A command in the namespace that stands for one of the lab's. */
  void run(NetnsId in, String line) {
    NetnsId there = place(in);
    run((there.isRoot() ? "" : "ip netns exec " + there.name() + " ") + line);
  }

  /** A command where a device is. */
  void run(Device on, String line) {
    run(on.netns(), line);
  }

  /** The device of the machine that stands for one of the lab's. */
  Device twin(Device device) {
    return made.state().find(new DeviceRef(place(device.netns()), device.name())).orElse(device);
  }
}
