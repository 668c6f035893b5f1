package org.hopscope.lessons.check;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hopscope.model.lab.LabState;
import org.hopscope.model.net.Host;
import org.hopscope.model.net.NetnsId;

/**
 * A namespace as a lesson writes it: {@code NS}, {@code H/NS}, {@code @host} for the first host's root namespace,
 * {@code @H} for another host's. It may name nothing: what it names is asked of a lab.
 *
 * @param host the host; the first one when empty
 * @param netns the namespace's name, empty for the root namespace
 */
public record Place(Optional<String> host, String netns) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final String FIRST = "@" + LabState.FIRST_HOST;

  /** Reads any of the four forms; empty for anything else. */
  public static Optional<Place> parse(String text) {
    if (text.equals(FIRST)) {
      return Optional.of(new Place(Optional.empty(), ""));
    }
    int slash = text.indexOf('/');
    Optional<String> host = text.startsWith("@")
        ? Optional.of(text.substring(1))
        : slash < 0 ? Optional.empty() : Optional.of(text.substring(0, slash));
    String netns = text.startsWith("@") ? "" : text.substring(slash + 1);
    boolean sound = host.map(h -> NAME.matcher(h).matches()).orElse(true)
        && (netns.isEmpty() ? text.startsWith("@") : NAME.matcher(netns).matches());
    return sound ? Optional.of(new Place(host, netns)) : Optional.empty();
  }

  /** As {@link #parse}, for texts known to be right. */
  public static Place of(String text) {
    return parse(text).orElseThrow(() -> new IllegalArgumentException("not a place: " + text));
  }

  /** How a lesson would write a namespace of a lab. */
  public static Place of(LabState lab, NetnsId id) {
    boolean first = firstHost(lab).map(h -> h.name().equals(id.host())).orElse(false);
    return new Place(first ? Optional.empty() : Optional.of(id.host()), id.name());
  }

  /** The namespace it names in a lab, if there is one. */
  public Optional<NetnsId> find(LabState lab) {
    Optional<String> where = host.isPresent() ? host : firstHost(lab).map(Host::name);
    return where.map(h -> new NetnsId(h, netns)).filter(id -> lab.find(id).isPresent());
  }

  /** Whether it names a host's root namespace. */
  public boolean isRoot() {
    return netns.isEmpty();
  }

  /** Its name in a sentence: a root namespace goes by the name of its host. */
  public String spoken() {
    return isRoot() ? toString().substring(1) : toString();
  }

  private static Optional<Host> firstHost(LabState lab) {
    return lab.hosts().values().stream().min(Comparator.comparingInt(Host::order));
  }

  @Override
  public String toString() {
    return isRoot() ? host.map(h -> "@" + h).orElse(FIRST) : host.map(h -> h + "/").orElse("") + netns;
  }
}
