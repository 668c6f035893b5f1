package org.hopscope.model.kube.ingress;

import java.util.List;
import java.util.Optional;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.ObjectKey;
import org.hopscope.model.kube.object.RouteFilter;

/**
 * Where a Gateway leads a request.
 *
 * @param listener the door that it comes in by; empty when none is for its port and host
 * @param target where it goes
 * @param considered what became of every match of every route
 */
public record GatewayDecision(Optional<String> listener, Target target, List<Considered> considered) {
  public GatewayDecision {
    considered = List.copyOf(considered);
  }

  /** Where a match stands: the route, and rule and match in it, from 0. */
  public record Place(ObjectKey route, int rule, int match) {
  }

  /** Where a request goes. */
  public sealed interface Target {
    /**
     * To one of the backends of a rule, by weight.
     *
     * @param sent the request as the filters of the rule leave it
     * @param answers what filters do with the answer
     * @param timeouts how long is waited for it
     * @param mirrors who gets copies
     */
    record Services(Place place, List<HttpRoute.Backend> backends, HttpRequest sent, List<RouteFilter.Headers> answers,
        HttpRoute.Timeouts timeouts, List<RouteFilter.Mirror> mirrors) implements Target {
      public Services {
        mirrors = List.copyOf(mirrors);
        backends = List.copyOf(backends);
        answers = List.copyOf(answers);
      }

      /** How many shares there are: at least 1. */
      public int shares() {
        return backends.stream().mapToInt(HttpRoute.Backend::weight).sum();
      }

      /** The backend with a share, counted from 0; those of weight 0 have none. */
      public HttpRoute.Backend pick(int share) {
        int left = share;
        for (HttpRoute.Backend backend : backends) {
          if (left < backend.weight()) {
            return backend;
          }
          left -= backend.weight();
        }
        throw new IllegalArgumentException("there are " + shares() + " shares, and not " + share);
      }
    }

    /** Elsewhere: a filter of the rule sends the client there. */
    record Redirected(Place place, String location, int status) implements Target {
    }

    /** Nowhere: the Gateway itself says what pages of another origin may ask; no fields when they may not. */
    record Preflight(Place place, List<RouteFilter.Field> fields) implements Target {
      public Preflight {
        fields = List.copyOf(fields);
      }
    }

    /** To a rule without a backend that could be used: the Gateway answers 500. */
    record NoBackend(Place place) implements Target {
    }

    /** Nowhere: the Gateway answers 404. */
    record NotFound() implements Target {
    }
  }

  /** A match, and why it won or lost. */
  public record Considered(Place place, Fate fate) {
  }

  /** What becomes of a match. */
  public enum Fate {
    /** The request goes its way. */
    WON,
    /** Its route is not attached to the door. */
    NOT_ATTACHED,
    /** Its route is for other hosts. */
    OTHER_HOST,
    /** It is not the request's path. */
    OTHER_PATH,
    /** It wants another method. */
    OTHER_METHOD,
    /** A header is missing or says something else. */
    OTHER_HEADER,
    /** A parameter is missing or says something else. */
    OTHER_PARAMETER,
    /** It holds, and one that comes before it holds too. */
    LATER
  }
}
