package org.hopscope.model.kube.object;

import java.util.List;
import java.util.Optional;

/**
 * What a rule of an HTTPRoute does with requests and answers that go its way (Gateway API v1 HTTPRouteFilter). Of the filters
 * there are, {@code ExternalAuth} and {@code ExtensionRef} are refused by name.
 */
public sealed interface RouteFilter {
  /** The word behind {@code type}. */
  String word();

  /** A header field with its value. */
  record Field(String name, String value) {
  }

  /**
   * {@code RequestHeaderModifier} and {@code ResponseHeaderModifier}: fields that are set, added to and taken away, in this order.
   *
   * @param answers whether it changes answers, and not requests
   */
  record Headers(boolean answers, List<Field> set, List<Field> add, List<String> remove) implements RouteFilter {
    public Headers {
      set = List.copyOf(set);
      add = List.copyOf(add);
      remove = List.copyOf(remove);
    }

    @Override
    public String word() {
      return answers ? "ResponseHeaderModifier" : "RequestHeaderModifier";
    }
  }

  /**
   * {@code ReplaceFullPath}, or {@code ReplacePrefixMatch} for the prefix by which the request was matched.
   *
   * @param whole whether the path is replaced from one end to the other
   */
  record PathChange(boolean whole, String value) {
    /** The path that becomes of one, matched by a prefix (the table at HTTPPathModifier): slashes at the seam count once. */
    public String of(String path, String prefix) {
      if (whole) {
        return value.startsWith("/") ? value : "/" + value;
      }
      String rest = path.substring(Math.min(path.length(), open(prefix).length()));
      String changed = open(value) + rest;
      return changed.startsWith("/") ? changed : "/" + changed;
    }

    private static String open(String path) {
      return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }
  }

  /** {@code RequestRedirect}: the client is sent elsewhere; what is not said stays as it was asked for. */
  record Redirect(Optional<String> scheme, Optional<String> hostname, Optional<PathChange> path, Optional<Integer> port,
      int status) implements RouteFilter {
    @Override
    public String word() {
      return "RequestRedirect";
    }
  }

  /** {@code RequestMirror}: a share of the requests goes to another backend as well, whose answers are thrown away. */
  record Mirror(HttpRoute.Backend to, Share share) implements RouteFilter {
    @Override
    public String word() {
      return "RequestMirror";
    }
  }

  /**
   * A share of all: {@code percent}, or {@code fraction}.
   *
   * @param percent whether it is said in hundredths
   */
  record Share(int numerator, int denominator, boolean percent) {
    /** All of it. */
    public static final Share ALL = new Share(1, 1, false);

    /** Whether any number, drawn anew each time, falls into it. */
    public boolean takes(int draw) {
      return Math.floorMod(draw, denominator) < numerator;
    }
  }

  /**
   * {@code CORS}: pages of which origins may ask, and for what; a star is any of them.
   *
   * @param credentials whether they may send what tells who asks
   * @param exposed the header fields of answers that they may read
   * @param maxAge for how many seconds a browser need not ask again
   */
  record Cors(List<String> origins, boolean credentials, List<String> methods, List<String> headers,
      List<String> exposed, int maxAge) implements RouteFilter {
    public Cors {
      origins = List.copyOf(origins);
      methods = List.copyOf(methods);
      headers = List.copyOf(headers);
      exposed = List.copyOf(exposed);
    }

    @Override
    public String word() {
      return "CORS";
    }
  }

  /** {@code URLRewrite}: the backend sees another host or path. */
  record Rewrite(Optional<String> hostname, Optional<PathChange> path) implements RouteFilter {
    @Override
    public String word() {
      return "URLRewrite";
    }
  }
}
