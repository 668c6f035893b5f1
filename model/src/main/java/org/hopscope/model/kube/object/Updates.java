package org.hopscope.model.kube.object;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a changed template comes to the pods of a workload (Kubernetes apps/v1 DeploymentStrategy, StatefulSetUpdateStrategy,
 * DaemonSetUpdateStrategy).
 *
 * @param strategy in which manner
 * @param maxSurge how many pods more than wanted there may be meanwhile
 * @param maxUnavailable how many pods fewer than wanted may be available meanwhile
 * @param minReadySeconds how long a new pod has to be ready before it counts as available
 * @param paused whether a Deployment's changes wait
 * @param history how many ReplicaSets without pods a Deployment keeps, to go back to
 */
public record Updates(Strategy strategy, Amount maxSurge, Amount maxUnavailable, int minReadySeconds, boolean paused,
    int history) {
  /** In which manner pods are replaced. */
  public enum Strategy {
    ROLLING_UPDATE("RollingUpdate"), RECREATE("Recreate"), ON_DELETE("OnDelete");

    private final String word;

    Strategy(String word) {
      this.word = word;
    }

    /** As manifests have it. */
    public String word() {
      return word;
    }

    /** Those that a kind of workload knows, the usual one first. */
    public static Stream<Strategy> of(Kind kind) {
      return Stream.of(ROLLING_UPDATE, kind == Kind.DEPLOYMENT ? RECREATE : ON_DELETE);
    }
  }

  /** A number of pods, or a share of those that are wanted. */
  public record Amount(int value, boolean percent) {
    /** {@code 2} or {@code 25%}. */
    public static Optional<Amount> parse(String text) {
      boolean percent = text.endsWith("%");
      String digits = percent ? text.substring(0, text.length() - 1) : text;
      return digits.matches("\\d{1,5}") ? Optional.of(new Amount(Integer.parseInt(digits), percent)) : Optional.empty();
    }

    /** Of so many pods: shares are rounded up for what may be too many and down for what may be missing. */
    public int of(int total, boolean up) {
      return percent ? (value * total + (up ? 99 : 0)) / 100 : value;
    }

    @Override
    public String toString() {
      return value + (percent ? "%" : "");
    }
  }

  /** What a workload has whose manifest says nothing (pkg/apis/apps/v1/defaults.go). */
  public static Updates usual(Kind kind) {
    boolean shares = kind == Kind.DEPLOYMENT;
    return new Updates(Strategy.ROLLING_UPDATE, new Amount(shares ? 25 : 0, shares),
        new Amount(shares ? 25 : 1, shares),
        0, false, 10);
  }

  public Updates withPaused(boolean value) {
    return new Updates(strategy, maxSurge, maxUnavailable, minReadySeconds, value, history);
  }

  /** How many pods there may be at most while those of so many are replaced. */
  public int most(int replicas) {
    return replicas + maxSurge.of(replicas, true);
  }

  /** How many pods have to be available meanwhile; of nothing that may be too many, one may be missing. */
  public int least(int replicas) {
    int missing = maxUnavailable.of(replicas, false);
    boolean stuck = missing == 0 && maxSurge.of(replicas, true) == 0;
    return Math.max(0, replicas - (stuck ? 1 : missing));
  }
}
