package org.hopscope.model.kube.codec;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.hopscope.model.kube.object.HttpRoute;
import org.hopscope.model.kube.object.RouteFilter;

/** Reads and writes filters of HTTPRoutes, with the rules that the API's definitions set about them. */
final class FilterReader {
  private static final Set<String> OTHERS = Set.of("ExternalAuth", "ExtensionRef");

  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "*");
  private static final Pattern ORIGIN =
      Pattern.compile("\\*|[a-zA-Z][a-zA-Z0-9+.-]*://(\\*|(\\*\\.)?[^*/:\\s]+)(:[0-9]{1,5})?");

  private FilterReader() {
  }

  /** The filters of a rule. */
  static List<RouteFilter> filters(View rule, List<HttpRoute.Match> matches, boolean hasBackends)
      throws ManifestException {
    List<RouteFilter> filters = rule.list("filters", FilterReader::filter);
    Set<String> words = new HashSet<>();
    for (RouteFilter filter : filters) {
      if (!words.add(filter.word()) && !(filter instanceof RouteFilter.Mirror)) {
        throw rule.wrong("filters", filter.word() + " filter cannot be repeated");
      }
    }
    if (words.contains("RequestRedirect") && words.contains("URLRewrite")) {
      throw rule.wrong("filters",
          "May specify either httpRouteFilterRequestRedirect or httpRouteFilterRequestRewrite, but "
              + "not both");
    }
    if (words.contains("RequestRedirect") && hasBackends) {
      throw rule.wrong("filters", "RequestRedirect filter must not be used together with backendRefs");
    }
    for (RouteFilter filter : filters) {
      boolean one = matches.size() == 1 && matches.getFirst().path().comparison() == HttpRoute.Comparison.PATH_PREFIX;
      if (path(filter).filter(p -> !p.whole()).isPresent() && !one) {
        throw rule.wrong("filters", "When using " + filter.word() + " filter with path.replacePrefixMatch, exactly one "
            + "PathPrefix match must be specified");
      }
    }
    return filters;
  }

  /** The filters of a backend: only those that change header fields are modelled there. */
  static List<RouteFilter.Headers> headers(View backend) throws ManifestException {
    List<RouteFilter.Headers> headers = new ArrayList<>();
    for (RouteFilter filter : backend.list("filters", FilterReader::filter)) {
      if (!(filter instanceof RouteFilter.Headers change)) {
        throw backend.wrong("filters", "the filter " + filter.word() + " of a single backend is not modelled");
      }
      if (headers.stream().anyMatch(h -> h.answers() == change.answers())) {
        throw backend.wrong("filters", filter.word() + " filter cannot be repeated");
      }
      headers.add(change);
    }
    return headers;
  }

  private static Optional<RouteFilter.PathChange> path(RouteFilter filter) {
    return switch (filter) {
      case RouteFilter.Headers _,RouteFilter.Mirror _,RouteFilter.Cors _ -> Optional.empty();
      case RouteFilter.Redirect redirect -> redirect.path();
      case RouteFilter.Rewrite rewrite -> rewrite.path();
    };
  }

  private static RouteFilter filter(View fields) throws ManifestException {
    String type = fields.required("type");
    return switch (type) {
      case "RequestHeaderModifier" -> fields.requiredObject("requestHeaderModifier", f -> headers(false, f));
      case "ResponseHeaderModifier" -> fields.requiredObject("responseHeaderModifier", f -> headers(true, f));
      case "RequestRedirect" -> fields.requiredObject("requestRedirect", FilterReader::redirect);
      case "URLRewrite" -> fields.requiredObject("urlRewrite", f -> new RouteFilter.Rewrite(GatewayReader.host(f.text(
          "hostname"), f), f.object("path", FilterReader::path)));
      case "CORS" -> fields.requiredObject("cors", FilterReader::cors);
      case "RequestMirror" -> fields.requiredObject("requestMirror", FilterReader::mirror);
      default -> throw fields.wrong("type", OTHERS.contains(type) ? "the filter " + type + " is not modelled"
          : "there is no filter \"" + type + "\"");
    };
  }

  private static RouteFilter cors(View fields) throws ManifestException {
    List<String> methods = list(fields, "allowMethods");
    List<String> origins = list(fields, "allowOrigins");
    for (String method : methods) {
      if (!METHODS.contains(method)) {
        throw fields.wrong("allowMethods", "there is no method \"" + method + "\"");
      }
    }
    for (String origin : origins) {
      if (!ORIGIN.matcher(origin).matches()) {
        throw fields.wrong("allowOrigins", "\"" + origin + "\" is no origin such as https://*.example.com");
      }
    }
    return new RouteFilter.Cors(origins, fields.flag("allowCredentials").orElse(false), methods, list(fields,
        "allowHeaders"), fields.items("exposeHeaders", View::text),
        fields.number("maxAge", 1, Integer.MAX_VALUE)
            .orElse(5));
  }

  private static List<String> list(View fields, String name) throws ManifestException {
    List<String> words = fields.items(name, View::text);
    if (words.contains("*") && words.size() > 1) {
      throw fields.wrong(name, "cannot contain '*' alongside others");
    }
    return words;
  }

  private static RouteFilter mirror(View fields) throws ManifestException {
    HttpRoute.Backend to = fields.requiredObject("backendRef", GatewayReader::backend);
    Optional<RouteFilter.Share> percent =
        fields.number("percent", 0, 100).map(p -> new RouteFilter.Share(p, 100, true));
    Optional<RouteFilter.Share> fraction = fields.object("fraction", f -> {
      int denominator = f.number("denominator", 1, Integer.MAX_VALUE).orElse(100);
      int numerator = f.number("numerator", 0, Integer.MAX_VALUE).orElseThrow(() -> f.missing("numerator"));
      if (numerator > denominator) {
        throw f.wrong("numerator", "numerator must be less than or equal to denominator");
      }
      return new RouteFilter.Share(numerator, denominator, false);
    });
    if (percent.isPresent() && fraction.isPresent()) {
      throw fields.wrong("percent", "Only one of percent or fraction may be specified in HTTPRequestMirrorFilter");
    }
    return new RouteFilter.Mirror(to, percent.or(() -> fraction).orElse(RouteFilter.Share.ALL));
  }

  private static RouteFilter headers(boolean answers, View fields) throws ManifestException {
    return new RouteFilter.Headers(answers, fields.list("set", FilterReader::field), fields.list("add",
        FilterReader::field), fields.items("remove", View::text));
  }

  private static RouteFilter.Field field(View fields) throws ManifestException {
    return new RouteFilter.Field(fields.required("name"), fields.required("value"));
  }

  private static RouteFilter redirect(View fields) throws ManifestException {
    Optional<String> scheme = fields.parsed("scheme", "http or https", s -> Optional.of(s).filter(t -> List.of("http",
        "https").contains(t)));
    int status = fields.number("statusCode", 301, 308).orElse(302);
    if (!List.of(301, 302, 303, 307, 308).contains(status)) {
      throw fields.wrong("statusCode", "supported values: 301, 302, 303, 307, 308");
    }
    return new RouteFilter.Redirect(scheme, GatewayReader.host(fields.text("hostname"), fields), fields.object("path",
        FilterReader::path), fields.number("port", 1, 65535), status);
  }

  private static RouteFilter.PathChange path(View fields) throws ManifestException {
    return switch (fields.required("type")) {
      case "ReplaceFullPath" -> new RouteFilter.PathChange(true, fields.text("replaceFullPath")
          .orElseThrow(() -> fields.missing("replaceFullPath")));
      case "ReplacePrefixMatch" -> new RouteFilter.PathChange(false, fields.text("replacePrefixMatch")
          .orElseThrow(() -> fields.missing("replacePrefixMatch")));
      default -> throw fields.wrong("type", "ReplaceFullPath or ReplacePrefixMatch is expected");
    };
  }

  /** The filters as they are read. */
  static JsonArray json(List<? extends RouteFilter> filters) {
    JsonArray all = new JsonArray();
    filters.forEach(f -> all.add(json(f)));
    return all;
  }

  private static JsonObject json(RouteFilter filter) {
    JsonObject inner = new JsonObject();
    JsonObject json = ObjectWriter.with("type", filter.word());
    switch (filter) {
      case RouteFilter.Headers headers -> {
        ObjectWriter.addUnlessEmpty(inner, "set", fields(headers.set()));
        ObjectWriter.addUnlessEmpty(inner, "add", fields(headers.add()));
        ObjectWriter.addUnlessEmpty(inner, "remove", ObjectWriter.texts(headers.remove()));
        json.add(headers.answers() ? "responseHeaderModifier" : "requestHeaderModifier", inner);
      }
      case RouteFilter.Redirect redirect -> {
        ObjectWriter.addIf(inner, "scheme", redirect.scheme());
        ObjectWriter.addIf(inner, "hostname", redirect.hostname());
        redirect.path().ifPresent(p -> inner.add("path", json(p)));
        redirect.port().ifPresent(p -> inner.addProperty("port", p));
        inner.addProperty("statusCode", redirect.status());
        json.add("requestRedirect", inner);
      }
      case RouteFilter.Cors cors -> {
        ObjectWriter.addUnlessEmpty(inner, "allowOrigins", ObjectWriter.texts(cors.origins()));
        if (cors.credentials()) {
          inner.addProperty("allowCredentials", true);
        }
        ObjectWriter.addUnlessEmpty(inner, "allowMethods", ObjectWriter.texts(cors.methods()));
        ObjectWriter.addUnlessEmpty(inner, "allowHeaders", ObjectWriter.texts(cors.headers()));
        ObjectWriter.addUnlessEmpty(inner, "exposeHeaders", ObjectWriter.texts(cors.exposed()));
        inner.addProperty("maxAge", cors.maxAge());
        json.add("cors", inner);
      }
      case RouteFilter.Mirror(HttpRoute.Backend to, RouteFilter.Share share) -> {
        inner.add("backendRef", GatewayWriter.reference(to));
        if (share.percent()) {
          inner.addProperty("percent", share.numerator());
        } else if (!share.equals(RouteFilter.Share.ALL)) {
          JsonObject fraction = new JsonObject();
          fraction.addProperty("numerator", share.numerator());
          fraction.addProperty("denominator", share.denominator());
          inner.add("fraction", fraction);
        }
        json.add("requestMirror", inner);
      }
      case RouteFilter.Rewrite rewrite -> {
        ObjectWriter.addIf(inner, "hostname", rewrite.hostname());
        rewrite.path().ifPresent(p -> inner.add("path", json(p)));
        json.add("urlRewrite", inner);
      }
    }
    return json;
  }

  private static JsonObject json(RouteFilter.PathChange path) {
    JsonObject json = ObjectWriter.with("type", path.whole() ? "ReplaceFullPath" : "ReplacePrefixMatch");
    json.addProperty(path.whole() ? "replaceFullPath" : "replacePrefixMatch", path.value());
    return json;
  }

  private static JsonArray fields(List<RouteFilter.Field> fields) {
    JsonArray all = new JsonArray();
    for (RouteFilter.Field field : fields) {
      JsonObject row = ObjectWriter.with("name", field.name());
      row.addProperty("value", field.value());
      all.add(row);
    }
    return all;
  }
}
