package org.hopscope.app.desktop.terminal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Entrance;

/** Where the prompt stood before {@code ip netns exec red bash} and the like opened shells one inside the other. */
final class Shells {
  private final Deque<NetnsId> around = new ArrayDeque<>();

  /** Where a line moves the prompt, if it opens a shell or leaves one. */
  Optional<NetnsId> moved(LabState lab, NetnsId at, String line) {
    if (line.strip().matches("exit|logout")) {
      return Optional.ofNullable(around.poll());
    }
    Optional<NetnsId> there = Entrance.of(lab, at, line);
    there.ifPresent(_ -> around.push(at));
    return there;
  }

  /** Forgets them: the prompt was put elsewhere by hand. */
  void clear() {
    around.clear();
  }
}
