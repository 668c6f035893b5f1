package org.hopscope.model.kube.policy;

/**
 * Whether a connection may be opened: the policies of both ends have to allow it (sem-P4).
 *
 * @param egress what the policies of the end that opens it say
 * @param ingress what the policies of the other end say
 */
public record Verdict(Judgement egress, Judgement ingress) {
  public boolean allows() {
    return egress.allows() && ingress.allows();
  }

  public Judgement in(Direction direction) {
    return direction == Direction.EGRESS ? egress : ingress;
  }
}
