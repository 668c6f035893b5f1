package org.hopscope.app.desktop.workbench;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.hopscope.model.lab.Change;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;
import org.hopscope.model.shell.Interpreter;
import org.hopscope.model.shell.Reply;
import org.hopscope.model.trace.Trace;

/**
 * Runs what is typed, in a shell that keeps its variables. What takes longer than an eye notices goes on on a thread of its own
 * while the window lives; what it has done is taken over command by command, in order, into the one history of the lab.
 */
final class Typist {
  /** Milliseconds that the window waits for a command before it goes on without it. */
  private static final int PATIENCE = 80;
  /** Nanoseconds of a frame that may go into taking over what was done. */
  private static final long SHARE = 12_000_000;
  /** Words that may wait to be taken over: an errand does not run far ahead of what is seen. */
  private static final int AHEAD = 400;
  /** Bytes of stack of an errand's thread. */
  private static final long STACK = 64 << 20;
  /** What a shell gives for a command that Ctrl+C ended: 128 and SIGINT. */
  private static final Ran STOPPED = Ran.now(130);

  private final Session session;
  private final Ground ground;
  private final ReadOnlyObjectWrapper<Optional<Running>> running = new ReadOnlyObjectWrapper<>(Optional.empty());
  private Interpreter shell;
  private Optional<Course> course = Optional.empty();
  private boolean following;

  /** What a typist finds at the workbench, and does to it. */
  interface Ground {
    /** The lab as of the step at which the open trace stands, with that trace, if that is not its end. */
    Optional<Standing> standing();

    /** Puts the lab to how it was there. */
    void goBack(Standing to);

    /** Opens a trace at its end. */
    void open(Trace trace);
  }

  /**
   * Where the open trace stands before its end.
   *
   * @param step how many of its steps have been taken
   * @param lab the lab as of there
   */
  record Standing(Trace trace, int step, LabState lab) {
  }

  /** One that runs things in a session. */
  Typist(Session session, Ground ground) {
    this.session = session;
    this.ground = ground;
    shell = new Interpreter(session);
  }

  /** What is running for longer than an eye notices. */
  ReadOnlyObjectProperty<Optional<Running>> runningProperty() {
    return running.getReadOnlyProperty();
  }

  /** A shell like the one at work, at another session. */
  Interpreter shellAt(Session other) {
    return shell.at(other);
  }

  void forget(Trace trace) {
    shell.forget(trace);
  }

  void saw(Trace trace) {
    shell.saw(trace);
  }

  /** Runs a text and waits for it however long it takes. */
  Ran run(NetnsId at, String text, Consumer<Reply> each) {
    drop();
    List<Ran> ended = new ArrayList<>();
    Course here = new Course(at, text, each, ended::add);
    course = Optional.of(here);
    while (ended.isEmpty()) {
      here.errand.run(here::take);
    }
    return ended.getFirst();
  }

  /**
   * Runs a text; it may go on after this returns.
   *
   * @param done is told how it ended, once
   */
  void begin(NetnsId at, String text, Consumer<Reply> each, Consumer<Ran> done) {
    drop();
    Course begun = new Course(at, text, each, done);
    course = Optional.of(begun);
    begun.start();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE);
    while (begun.isOn() && System.nanoTime() < until && begun.await(until - System.nanoTime())) {
      // it was in time
    }
    if (begun.isOn()) {
      running.set(Optional.of(new Running(text, begun.inThePast())));
      begun.later();
    }
  }

  /** Stops what is running, as Ctrl+C does: commands that were run stay, the one it is at is not done. */
  void interrupt() {
    course.ifPresent(c -> {
      c.showLast();
      c.end(STOPPED);
    });
  }

  /** Stops it because something else takes its place. */
  void drop() {
    course.ifPresent(c -> c.end(STOPPED));
  }

  /** The lab was changed: by what is running, or by somebody else, who stops it by that. */
  void changed() {
    if (!following) {
      drop();
    }
  }

  /** A text on its way, and what becomes of it here. */
  private final class Course {
    private final NetnsId at;
    private final String text;
    private final Consumer<Reply> each;
    private final Consumer<Ran> done;
    private final Optional<Standing> past;
    private final Optional<Trace> soFar;
    private final List<Errand.Word.Did> inThePast = new ArrayList<>();
    private final LinkedBlockingQueue<Errand.Word> words = new LinkedBlockingQueue<>(AHEAD);
    private final AtomicBoolean called = new AtomicBoolean();
    private final AtomicBoolean asked = new AtomicBoolean();
    private Errand errand;
    private boolean now;
    private boolean aside;
    private Optional<Trace> last = Optional.empty();

    Course(NetnsId at, String text, Consumer<Reply> each, Consumer<Ran> done) {
      this.at = at;
      this.text = text;
      this.each = each;
      this.done = done;
      past = ground.standing();
      soFar = past.map(p -> p.trace().until(p.step()));
      now = past.isEmpty();
      Interpreter copy = shell.at(session);
      past.ifPresent(p -> copy.replace(p.trace(), soFar.orElseThrow()));
      errand = new Errand(copy, past.map(Standing::lab).orElseGet(session::state), at, text);
    }

    boolean isOn() {
      return course.filter(c -> c == this).isPresent();
    }

    boolean inThePast() {
      return !now;
    }

    void start() {
      aside = true;
      Errand mine = errand;
      Thread.ofPlatform().daemon().name("typed").stackSize(STACK).start(() -> mine.run(this::put));
    }

    /** On the errand's thread. */
    private void put(Errand.Word word) {
      try {
        words.put(word);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      if (called.get()) {
        ask();
      }
    }

    /** One turn at a time waits among what else the window has to do, however many words there are. */
    private void ask() {
      if (asked.compareAndSet(false, true)) {
        Platform.runLater(this::drain);
      }
    }

    /** From now on words are taken as they come, between frames. */
    void later() {
      called.set(true);
      ask();
    }

    /** Waits so many nanoseconds for a word, and takes it. */
    boolean await(long nanos) {
      try {
        Errand.Word word = words.poll(Math.max(0, nanos), TimeUnit.NANOSECONDS);
        if (word != null) {
          take(word);
        }
        return word != null;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void drain() {
      asked.set(false);
      long until = System.nanoTime() + SHARE;
      while (isOn() && System.nanoTime() < until && await(0)) {
        // as many as a frame has room for
      }
      if (isOn() && !words.isEmpty()) {
        ask();
      }
    }

    void take(Errand.Word word) {
      if (!isOn()) {
        return;
      }
      switch (word) {
        case Errand.Word.Broke(RuntimeException fault) -> {
          end(STOPPED);
          throw fault;
        }
        case Errand.Word.Did did when now -> {
          follow(did);
          running.get().ifPresent(r -> running.set(Optional.of(r.further())));
        }
        case Errand.Word.Did did -> inThePast.add(did);
        case Errand.Word.Ended(int exit, Interpreter after) when now -> {
          shell = after.at(session);
          showLast();
          end(Ran.now(exit));
        }
        case Errand.Word.Ended(int exit, Interpreter after) -> judge(exit, after);
      }
    }

    /** Whoever changed the lab in between, perhaps because of what was taken over before, has stopped it by that. */
    private void follow(Errand.Word.Did did) {
      if (!isOn()) {
        return;
      }
      following = true;
      try {
        for (Change change : did.changes()) {
          if (!change.before().equals(session.state())) {
            end(STOPPED);
            return;
          }
          session.follow(change);
        }
      } finally {
        following = false;
      }
      shell = did.shell().at(session);
      did.reply().traces().stream().reduce((_, later) -> later).ifPresent(t -> last = Optional.of(t));
      each.accept(did.reply());
    }

    /**
     * What was run in the past was only asked there, or makes the lab go on from there; what only sends, or changes the lab at
     * the beginning of a trace, is run now.
     */
    private void judge(int exit, Interpreter after) {
      Standing from = past.orElseThrow();
      boolean edits = inThePast.stream().flatMap(d -> d.changes().stream())
          .anyMatch(c -> c.cause() instanceof Change.Cause.Edited);
      boolean sends = inThePast.stream().anyMatch(d -> !d.reply().traces().isEmpty());
      if (edits ? from.step() == 0 : sends) {
        now = true;
        errand = new Errand(shell.at(session), session.state(), at, text);
        if (aside) {
          start();
        }
        return;
      }
      if (edits) {
        following = true;
        try {
          ground.goBack(from);
        } finally {
          following = false;
        }
        inThePast.forEach(this::follow);
      } else {
        inThePast.forEach(did -> each.accept(did.reply()));
      }
      if (!isOn()) {
        return;
      }
      shell = after.at(session);
      if (!edits) {
        shell.replace(soFar.orElseThrow(), from.trace());
      }
      showLast();
      end(new Ran(exit, OptionalInt.of(from.step()), edits));
    }

    /** Opens the last trace that it made. */
    void showLast() {
      last.ifPresent(ground::open);
    }

    void end(Ran ran) {
      errand.stop();
      words.clear();
      course = Optional.empty();
      running.set(Optional.empty());
      done.accept(ran);
    }
  }
}
