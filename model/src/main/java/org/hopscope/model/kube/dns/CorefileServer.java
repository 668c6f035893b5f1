package org.hopscope.model.kube.dns;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hopscope.model.addr.IpPrefix;

/**
 * A server of a Corefile: its zones and what of its plugins changes answers. The others that may stand there measure, remember,
 * repeat and shuffle, which a lab does not.
 *
 * @param zones whose names it is asked for
 * @param rewrites the rules of {@code rewrite}
 * @param autopath the zones of {@code autopath @kubernetes}
 * @param tells whether it writes down who asks for what ({@code log})
 */
record CorefileServer(List<String> zones, List<RewritePlugin.Step> rewrites, Optional<List<String>> autopath,
    List<TemplatePlugin> templates, Optional<HostsPlugin> hosts, Optional<ClusterZone.Options> kubernetes,
    List<ForwardPlugin> forwards, boolean tells) {
  private static final Set<String> QUIET = Set.of("errors", "health", "ready", "prometheus", "cache", "loop", "reload",
      "loadbalance", "debug", "log");
  private static final Set<String> ONCE = Set.of("kubernetes", "hosts", "autopath");
  /** Plugins that CoreDNS is built with and the model does not have (plugin.cfg). */
  private static final Set<String> OTHERS = Set.of("root", "metadata", "geoip", "cancel", "tls", "timeouts",
      "multisocket", "nsid", "bufsize", "bind", "trace", "pprof", "dnstap", "local", "dns64", "any", "chaos", "tsig",
      "acl", "header", "dnssec", "minimal", "transfer", "route53", "azure", "clouddns", "k8s_external", "file", "auto",
      "secondary", "etcd", "grpc", "erratic", "whoami", "on", "sign", "view", "nomad");

  CorefileServer {
    zones = List.copyOf(zones);
    rewrites = List.copyOf(rewrites);
    templates = List.copyOf(templates);
    forwards = List.copyOf(forwards);
  }

  /** All servers of a file; no two for one zone. */
  static List<CorefileServer> read(String text) throws CorefileException {
    List<CorefileServer> servers = new ArrayList<>();
    for (Corefile server : Corefile.read(text)) {
      List<String> zones = new ArrayList<>();
      for (String key : server.words()) {
        zones.addAll(zones(server, key));
      }
      for (String zone : zones) {
        if (servers.stream().anyMatch(s -> s.zones().contains(zone)) || zones.indexOf(zone) < zones.lastIndexOf(zone)) {
          throw new CorefileException(server.line(), "cannot serve dns://" + zone + ":53 - it is already defined");
        }
      }
      servers.add(read(server, zones));
    }
    return servers;
  }

  /** {@code ZONE}, {@code ZONE:53} or {@code dns://ZONE}; a comma may stand behind it. */
  private static List<String> zones(Corefile server, String key) throws CorefileException {
    String bare = key.replaceFirst(",$", "").replaceFirst("^dns://", "");
    String name = bare.replaceFirst(":53$", "");
    if (name.contains(":") && IpPrefix.parse(name).isEmpty()) {
      throw CorefileException.unsupported(server, "a server at " + key + ", and not at port 53 over UDP and TCP");
    }
    return server.zones(List.of(name.isEmpty() ? "." : name), List.of());
  }

  private static CorefileServer read(Corefile server, List<String> zones) throws CorefileException {
    List<RewritePlugin.Step> rewrites = new ArrayList<>();
    List<TemplatePlugin> templates = new ArrayList<>();
    List<ForwardPlugin> forwards = new ArrayList<>();
    Optional<List<String>> autopath = Optional.empty();
    Optional<HostsPlugin> hosts = Optional.empty();
    Optional<ClusterZone.Options> kubernetes = Optional.empty();
    for (Corefile plugin : server.body()) {
      if (ONCE.contains(plugin.name()) && server.option(plugin.name()).filter(p -> p != plugin).isPresent()) {
        throw plugin.wrong("this plugin can only be used once per Server Block");
      }
      switch (plugin.name()) {
        case "rewrite" -> rewrites.add(RewriteReader.step(plugin));
        case "autopath" -> autopath = Optional.of(autopath(plugin, zones));
        case "template" -> templates.add(TemplatePlugin.read(plugin, zones));
        case "hosts" -> hosts = Optional.of(HostsPlugin.read(plugin, zones));
        case "kubernetes" -> kubernetes = Optional.of(KubernetesReader.options(plugin, zones));
        case "forward" -> forwards.add(ForwardPlugin.read(plugin));
        default -> {
          if (OTHERS.contains(plugin.name())) {
            throw CorefileException.unsupported(plugin, "the plugin " + plugin.name());
          }
          if (!QUIET.contains(plugin.name())) {
            throw new CorefileException(plugin.line(), "Error during parsing: Unknown directive '" + plugin.name()
                + "'");
          }
        }
      }
    }
    if (autopath.isPresent() && kubernetes.isEmpty()) {
      throw server.option("autopath").orElseThrow().wrong("the plugin kubernetes is not in this server");
    }
    return new CorefileServer(zones, rewrites, autopath, templates, hosts, kubernetes, forwards, server.has("log"));
  }

  private static List<String> autopath(Corefile line, List<String> around) throws CorefileException {
    List<String> args = line.args();
    if (args.isEmpty()) {
      throw line.wrong("no resolv-conf specified");
    }
    if (!args.getLast().equals("@kubernetes")) {
      throw CorefileException.unsupported(line, "autopath with " + args.getLast() + ", and not @kubernetes");
    }
    return line.zones(args.subList(0, args.size() - 1), around);
  }
}
