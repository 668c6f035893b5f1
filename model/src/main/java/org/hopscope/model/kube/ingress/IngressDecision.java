package org.hopscope.model.kube.ingress;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.Ingress;
import org.hopscope.model.kube.object.ObjectKey;

/**
 * Where an Ingress controller leads a request.
 *
 * @param host the host of the rules that were looked at; empty for rules without one
 * @param target where it goes
 * @param considered what became of every path of every rule
 */
public record IngressDecision(Optional<String> host, Target target, List<Considered> considered) {
  public IngressDecision {
    considered = List.copyOf(considered);
  }

  /** Where a path stands: the Ingress, and rule and path in it, from 0. */
  public record Place(ObjectKey ingress, int rule, int path) {
  }

  /** Where a request goes. */
  public sealed interface Target {
    /** To the Service of a path; it lives in the Ingress's namespace. */
    record Path(Place place, Ingress.Backend backend) implements Target {
    }

    /** To a default backend (sem-I2). */
    record Fallback(ObjectKey ingress, Ingress.Backend backend) implements Target {
    }

    /** Nowhere: the controller answers 404 itself. */
    record NotFound() implements Target {
    }

    /** The Service that it is led to. */
    default Optional<Backend> service() {
      return switch (this) {
        case Path(Place place, Ingress.Backend backend) ->
            Optional.of(new Backend(place.ingress().namespace(), backend));
        case Fallback(ObjectKey ingress, Ingress.Backend backend) ->
            Optional.of(new Backend(ingress.namespace(), backend));
        case NotFound() -> Optional.empty();
      };
    }
  }

  /** A Service's port in a namespace. */
  public record Backend(String namespace, Ingress.Backend port) {
  }

  /** A path, and why it won or lost. */
  public record Considered(Place place, Fate fate) {
  }

  /** What becomes of a path. */
  public enum Fate {
    /** The request goes its way. */
    WON,
    /** Its host is not the one that was asked for. */
    OTHER_HOST,
    /** Its host would do, but rules for a more specific one exist. */
    BROADER_HOST,
    /** It is not the request's path. */
    OTHER_PATH,
    /** A longer path matches too (sem-I2). */
    SHORTER,
    /** A path of the same length is of type Exact, or of type Prefix where this one leaves it to the controller. */
    NOT_EXACT,
    /** The same path stands in an older Ingress, or earlier in this one (sem-I5). */
    NEWER
  }
}
