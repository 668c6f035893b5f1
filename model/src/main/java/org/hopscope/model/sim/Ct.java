package org.hopscope.model.sim;

import org.hopscope.model.netfilter.Connection;
import org.hopscope.model.netfilter.CtState;
import org.hopscope.model.netfilter.Direction;

/** A connection in the hands of a kernel: packets that wait keep hold of it while it changes (kernel struct nf_conn). */
final class Ct {
  private Connection connection;
  private boolean confirmed;
  private boolean dead;

  Ct(Connection connection, boolean confirmed) {
    this.connection = connection;
    this.confirmed = confirmed;
  }

  Connection connection() {
    return connection;
  }

  void become(Connection changed) {
    connection = changed;
  }

  /** Whether it is in the table. */
  boolean isConfirmed() {
    return confirmed;
  }

  void confirm() {
    confirmed = true;
  }

  /** It was taken out of the table, and is not put there again. */
  void die() {
    confirmed = false;
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  /**
   * What a packet is to a connection (kernel skb->_nfct).
   *
   * @param ct the connection
   * @param state NEW, ESTABLISHED or RELATED
   * @param direction which way it goes
   */
  record Of(Ct ct, CtState state, Direction direction) {
  }
}
