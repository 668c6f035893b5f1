package org.hopscope.app.desktop.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hopscope.app.desktop.workbench.CommandEntry;
import org.hopscope.app.desktop.workbench.Workbench;
import org.hopscope.model.addr.IpAddress;
import org.hopscope.model.lab.Deed;
import org.hopscope.model.lab.Edit;
import org.hopscope.model.lab.Editor;
import org.hopscope.model.lab.Hand;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.probe.Probe;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Killed at any moment and opened again: the lab, what can be undone and redone, and COMMANDS are as they were. */
class KilledTest {
  private static final NetnsId ROOT = NetnsId.root("host");
  private static final List<String> LINES = List.of("ip netns add a", "ip netns add b",
      "ip link add v1 netns a type veth peer name v2 netns b", "ip -n a addr add 10.0.0.1/24 dev v1",
      "ip -n b addr add 10.0.0.2/24 dev v2", "ip -n a link set v1 up", "ip -n b link set v2 up",
      "ip netns exec a ping -c 1 10.0.0.2", "ip -n a link set v1 down", "ip netns del b", "ip link nonsense",
      "ip netns exec a sysctl -w net.ipv4.ip_forward=1", "sleep 1");

  @TempDir
  Path folder;

  private final List<String> said = new ArrayList<>();
  private Home home;
  private Workbench workbench;
  private Keeper keeper;

  /** What a person sees of a lab and its history. */
  private record Seen(LabState lab, List<LabState> past, int undone, List<CommandEntry> commands) {
    static Seen of(Workbench workbench) {
      Session session = workbench.session();
      return new Seen(session.state(), session.history().stream().map(Deed::before).toList(), session.undone(),
          List.copyOf(workbench.commands()));
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 12);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everythingIsThereAgain(long seed) throws IOException {
    SplittableRandom chance = new SplittableRandom(seed);
    home = new Home(folder.resolve("home"));
    start();
    keeper.open(new Origin.OfLesson("A2"), false, Optional.empty(), () -> {
      workbench.session().replace(Editor.fresh(seed));
      return true;
    });
    Seen before = Seen.of(workbench);
    for (int life = 0; life < 4; life++) {
      for (int i = chance.nextInt(30); i >= 0; i--) {
        before = Seen.of(workbench);
        act(chance);
      }
      boolean torn = chance.nextInt(3) == 0;
      Seen expected = torn ? before : Seen.of(workbench);
      boolean told = !before.equals(Seen.of(workbench));
      kill(torn && told);
      start();
      Trail.Left left = keeper.left().orElseThrow();
      assertThat(left.origin()).isEqualTo(new Origin.OfLesson("A2"));
      keeper.open(left.origin(), false, Optional.of(left.lab()), () -> {
        workbench.session().replace(left.lab().session());
        return true;
      });
      assertThat(Seen.of(workbench)).isEqualTo(expected);
    }
    while (workbench.canUndoProperty().get()) {
      workbench.undo();
    }
    assertThat(workbench.commands()).isEmpty();
    assertThat(said).isEmpty();
  }

  private void start() {
    workbench = new Workbench(new Session(Editor.fresh(1)));
    keeper = new Keeper(workbench.session(), home, "test", said::add);
  }

  private void act(SplittableRandom chance) {
    switch (chance.nextInt(10)) {
      case 0 -> workbench.undo();
      case 1 -> workbench.redo();
      case 2 -> workbench.apply(new Edit.AddNetns(new NetnsId("host", "n" + chance.nextInt(4))), Hand.GESTURE);
      case 3 -> workbench.send(Probe.ping(ROOT, IpAddress.of("127.0.0.1")));
      case 4 -> restore(chance);
      default -> workbench.type(ROOT, LINES.get(chance.nextInt(LINES.size())),
          Hand.values()[chance.nextInt(Hand.values().length)]);
    }
  }

  private void restore(SplittableRandom chance) {
    List<Deed> history = workbench.session().history();
    LabState lab = history.isEmpty() ? Editor.fresh(7) : history.get(chance.nextInt(history.size())).before();
    workbench.apply(new Edit.Restore("an earlier point", lab), Hand.LESSON);
  }

  /** The process is gone, perhaps in the middle of writing its last line: what is on the disk is all there is. */
  private void kill(boolean torn) throws IOException {
    Home copy = new Home(folder.resolve("home-" + System.nanoTime()));
    try (Stream<Path> files = Files.walk(home.folder())) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.folder().resolve(home.folder().relativize(file)));
      }
    }
    home = copy;
    if (torn) {
      Path journal = home.journal(0).resolve(Disk.lines(home.journal(0).resolve("current")).getFirst());
      try (FileChannel channel = FileChannel.open(journal, StandardOpenOption.WRITE)) {
        channel.truncate(channel.size() - 2);
      }
    }
  }
}
