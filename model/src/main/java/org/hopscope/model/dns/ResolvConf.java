package org.hopscope.model.dns;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hopscope.model.addr.IpAddress;

/**
 * What {@code /etc/resolv.conf} says (resolv.conf(5)).
 *
 * @param search the domains that are tried behind a name, in order
 * @param servers whom to ask, at most three of them
 * @param options the words behind {@code options}, such as {@code ndots:5}
 */
public record ResolvConf(List<String> search, List<IpAddress> servers, List<String> options) {
  /** How many servers the resolver and the kubelet take (MAXNS). */
  public static final int MOST_SERVERS = 3;
  /** How many search domains the API takes in a pod (validation.MaxDNSSearchPaths). */
  public static final int MOST_SEARCHES = 32;
  private static final int MOST_DOTS = 15;

  public ResolvConf {
    search = List.copyOf(search);
    servers = List.copyOf(servers);
    options = List.copyOf(options);
  }

  /**
   * Reads the file. Of several {@code search} or {@code domain} lines the last one counts, {@code options} add up, servers
   * after the third and lines that are not understood are passed over, as the resolver does it.
   */
  public static ResolvConf parse(String text) {
    List<String> search = List.of();
    List<IpAddress> servers = new ArrayList<>();
    List<String> options = new ArrayList<>();
    for (String line : text.split("\n")) {
      String[] words = line.strip().split("[ \t]+");
      List<String> rest = List.of(words).subList(1, words.length);
      switch (words[0]) {
        case "search" -> search = rest;
        case "domain" -> search = rest.stream().limit(1).toList();
        case "nameserver" -> rest.stream().findFirst().flatMap(IpAddress::parse)
            .filter(_ -> servers.size() < MOST_SERVERS).ifPresent(servers::add);
        case "options" -> options.addAll(rest);
        default -> {
        }
      }
    }
    return new ResolvConf(search, servers, options);
  }

  /** How many dots a name needs to be tried as it is before the search domains: 1 unless said, at most 15 (RES_MAXNDOTS). */
  public int ndots() {
    return options.stream().filter(o -> o.matches("ndots:[0-9]+")).reduce((_, last) -> last)
        .map(o -> Integer.parseInt(o.substring(6, Math.min(o.length(), 10)))).map(n -> Math.min(n, MOST_DOTS))
        .orElse(1);
  }

  /** How long a server is waited for, in seconds: 5 unless said, 30 at most (RES_TIMEOUT, RES_MAXRETRANS). */
  public int timeout() {
    return number("timeout", 5, 30);
  }

  /** How often each server is asked: 2 unless said, 5 at most (RES_DFLRETRY, RES_MAXRETRY). */
  public int attempts() {
    return number("attempts", 2, 5);
  }

  private int number(String option, int usual, int most) {
    return options.stream().filter(o -> o.matches(option + ":[0-9]{1,4}")).reduce((_, last) -> last)
        .map(o -> Math.clamp(Integer.parseInt(o.substring(option.length() + 1)), 1, most)).orElse(usual);
  }

  /** With more behind it: what is there already is not said twice, and an option of the same name gives way. */
  public ResolvConf with(List<String> moreSearch, List<IpAddress> moreServers, List<String> moreOptions) {
    LinkedHashSet<String> domains = new LinkedHashSet<>(search);
    domains.addAll(moreSearch);
    LinkedHashSet<IpAddress> all = new LinkedHashSet<>(servers);
    all.addAll(moreServers);
    Map<String, String> named = new LinkedHashMap<>();
    options.forEach(o -> named.put(o.split(":")[0], o));
    moreOptions.forEach(o -> named.put(o.split(":")[0], o));
    return new ResolvConf(domains.stream().limit(MOST_SEARCHES).toList(),
        all.stream().limit(MOST_SERVERS).toList(), List.copyOf(named.values()));
  }

  /** The first server, whom the resolver asks. */
  public Optional<IpAddress> server() {
    return servers.stream().findFirst();
  }

  /** The file as container runtimes write it (containerd, parseDNSOptions). */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    if (!search.isEmpty()) {
      text.append("search ").append(String.join(" ", search)).append('\n');
    }
    servers.forEach(s -> text.append("nameserver ").append(s).append('\n'));
    if (!options.isEmpty()) {
      text.append("options ").append(String.join(" ", options)).append('\n');
    }
    return text.toString();
  }
}
