package org.hopscope.model.shell;

import org.hopscope.model.lab.Session;
import org.hopscope.model.net.NetnsId;

/** Runs command lines against a session. */
public final class Shell {
  private Shell() {
  }

  /**
   * Runs one command line.
   *
   * @param session the lab
   * @param at the namespace whose prompt it was typed at
   * @param line the words, with quotes and comments as a shell takes them
   */
  public static Reply run(Session session, NetnsId at, String line) {
    throw new IllegalStateException("built by the shell engineer");
  }
}
