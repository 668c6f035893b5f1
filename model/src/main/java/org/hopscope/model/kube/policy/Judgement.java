package org.hopscope.model.kube.policy;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.ObjectKey;

/** What policies say of one direction of a connection, and because of what. */
public sealed interface Judgement {
  /** Whether the connection may be opened as far as this direction goes. */
  boolean allows();

  /** The end that would be asked is no pod with a network of its own: no policy is about it. */
  record NoPod() implements Judgement {
    @Override
    public boolean allows() {
      return true;
    }
  }

  /** A pod speaks to itself: that never leaves it. The specification leaves it open (sem-P10). */
  record Itself() implements Judgement {
    @Override
    public boolean allows() {
      return true;
    }
  }

  /** The pod's own node speaks to it: the kubelet has to reach its pods (sem-P10). */
  record OwnNode(String node) implements Judgement {
    @Override
    public boolean allows() {
      return true;
    }
  }

  /** No policy selects the pod in this direction: everything is allowed (sem-P1). */
  record Unselected() implements Judgement {
    @Override
    public boolean allows() {
      return true;
    }
  }

  /** Some rules allow it; one would be enough (sem-P8). */
  record Permitted(List<Permit> permits) implements Judgement {
    public Permitted {
      permits = List.copyOf(permits);
    }

    @Override
    public boolean allows() {
      return true;
    }
  }

  /** Policies select the pod, and none of their rules allows it. */
  record Isolated(List<Refusal> refusals) implements Judgement {
    public Isolated {
      refusals = List.copyOf(refusals);
    }

    @Override
    public boolean allows() {
      return false;
    }
  }

  /**
   * A rule that allows it.
   *
   * @param rule which rule of the policy, from 0
   * @param peer which peer of the rule, from 0; empty when the rule names none and so means everybody
   * @param port which port of the rule, from 0; empty when the rule names none and so means all
   */
  record Permit(ObjectKey policy, int rule, Optional<Integer> peer, Optional<Integer> port) {
  }

  /**
   * A policy that selects the pod and does not allow it.
   *
   * @param misses why each of its rules does not; empty when it has none (sem-P3)
   */
  record Refusal(ObjectKey policy, List<Miss> misses) {
    public Refusal {
      misses = List.copyOf(misses);
    }
  }

  /**
   * A rule that does not allow it.
   *
   * @param rule which rule of the policy, from 0
   * @param peers why each of its peers is not the other side; empty when one of them is
   * @param port whether one of its ports is the connection's
   */
  record Miss(int rule, List<NotPeer> peers, boolean port) {
    public Miss {
      peers = List.copyOf(peers);
    }
  }

  /** Why a peer of a rule is not the other side of a connection. */
  enum NotPeer {
    /** It is no pod of the cluster, and the peer means pods. */
    NO_POD,
    /** Its namespace is another one, or not selected. */
    NAMESPACE,
    /** Its labels are not those that are selected. */
    LABELS,
    /** Its address is not in the block. */
    OUTSIDE,
    /** Its address is in the block, and taken out of it again (sem-P6). */
    EXCEPTED
  }
}
