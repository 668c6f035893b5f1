package org.hopscope.app.desktop.kit;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.application.Platform;

/**
 * Works things out beside the window. What takes no longer than an eye notices is waited for; anything else is handed over later,
 * and the window goes on meanwhile. What is asked after is all that counts: an older answer is thrown away.
 */
public final class Aside {
  /** Milliseconds that are waited for. */
  private static final int PATIENCE = 60;
  private static final long STACK = 64 << 20;

  private Object latest = new Object();
  private boolean busy;

  /**
   * Works something out.
   *
   * @param work done on another thread; nothing that belongs to the window may be touched by it
   * @param then is given the outcome, on the thread of the window
   */
  public <T> void find(Supplier<T> work, Consumer<T> then) {
    Object asked = new Object();
    latest = asked;
    busy = true;
    CompletableFuture<T> found = CompletableFuture.supplyAsync(work,
        task -> Thread.ofPlatform().daemon().name("aside").stackSize(STACK).start(task));
    try {
      T soon = found.get(PATIENCE, TimeUnit.MILLISECONDS);
      busy = false;
      then.accept(soon);
    } catch (TimeoutException _) {
      found.whenCompleteAsync((late, fault) -> {
        if (latest == asked) {
          busy = false;
          if (fault != null) {
            throw new IllegalStateException(fault);
          }
          then.accept(late);
        }
      }, Platform::runLater);
    } catch (ExecutionException e) {
      busy = false;
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Nothing is asked any more. */
  public void forget() {
    latest = new Object();
    busy = false;
  }

  /** Whether something is being worked out that was asked for last. */
  public boolean isBusy() {
    return busy;
  }
}
