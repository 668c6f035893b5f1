package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.hopscope.model.addr.IpFamily;
import org.hopscope.model.netfilter.AddressMatch;
import org.hopscope.model.netfilter.IpMatch;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.NameMatch;
import org.hopscope.model.netfilter.ProtocolMatch;
import org.hopscope.model.netfilter.Protocols;
import org.hopscope.model.netfilter.Rule;
import org.hopscope.model.netfilter.Target;

/** What a command says of a rule: its own options, and those of its matches and its target. */
final class RuleWords {
  /** Numbers of IPv6's headers that no packet has as its protocol (ip6tables is_exthdr). */
  private static final Set<Integer> HEADERS = Set.of(43, 44, 51, 60);
  private static final int CHAIN_NAME = 29;
  private static final int INTERFACE_NAME = 16;

  private static final List<Optional<AddressMatch>> ANYWHERE = List.of(Optional.empty());

  private final IpFamily family;
  private final Words words;
  private Optional<Typed> source = Optional.empty();
  private Optional<Typed> destination = Optional.empty();
  private List<AddressMatch> sources = List.of();
  private List<AddressMatch> destinations = List.of();
  private Optional<NameMatch> in = Optional.empty();
  private Optional<NameMatch> out = Optional.empty();
  private Optional<ProtocolMatch> protocol = Optional.empty();
  private String protocolWord = "";
  private IpMatch.Fragment fragment = IpMatch.Fragment.ANY;
  private final List<Extension<Match>> matches = new ArrayList<>(4);
  private Optional<Extension<Target>> target = Optional.empty();
  private String jump = "";
  private boolean isGoto;
  private boolean protocolUsed;

  RuleWords(IpFamily family, Words words) {
    this.family = family;
    this.words = words;
  }

  /** Addresses as they were typed: they are looked up when all words are read. */
  private record Typed(String text, boolean inverted) {
  }

  /** Takes {@code -p -s -d -i -o -f -j -g -m} with its argument; false for any other letter. */
  boolean take(char letter, String typed, boolean inverted) throws Complaint {
    switch (letter) {
      case 'p' -> protocol(words.argument(typed), inverted);
      case 's' -> source = Optional.of(new Typed(words.argument(typed), inverted));
      case 'd' -> destination = Optional.of(new Typed(words.argument(typed), inverted));
      case 'i' -> in = device(words.argument(typed), inverted);
      case 'o' -> out = device(words.argument(typed), inverted);
      case 'f' -> {
        if (family == IpFamily.INET6) {
          throw Complaint.parameter("`-f' is not supported in IPv6, use -m frag instead");
        }
        fragment = inverted ? IpMatch.Fragment.FIRST_OR_WHOLE : IpMatch.Fragment.LATER;
      }
      case 'j', 'g' -> {
        if (inverted) {
          throw Complaint.parameter("cannot have ! before -" + letter);
        }
        jump(words.argument(typed), letter == 'g');
      }
      case 'm' -> {
        if (inverted) {
          throw Complaint.parameter("unexpected ! flag before --match");
        }
        Extension<Match> match = Extensions.match(words.argument(typed), family, () -> protocol);
        protocolUsed |= Extensions.isOf(match.name(), protocolNumber(), family);
        matches.add(match);
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private void protocol(String text, boolean inverted) throws Complaint {
    int value = Values.protocol(text);
    if (value == 0 && inverted) {
      throw Complaint.parameter("rule would never match protocol");
    }
    protocol = value == 0 ? Optional.empty() : Optional.of(new ProtocolMatch(value, inverted));
    protocolWord = text.toLowerCase(Locale.ROOT);
    if (family == IpFamily.INET6 && !inverted && HEADERS.contains(value)) {
      words.remark("Warning: never matched protocol: " + protocolWord + ". use extension match instead.");
    }
  }

  /** Takes an option of a match or the target that was spelled out; false when there is none of that name. */
  boolean takeNamed(String name, boolean inverted) throws Complaint {
    Optional<Extension.Option> option = target.flatMap(t -> t.find(name));
    if (option.isPresent()) {
      target.get().take(option.get(), inverted, words);
      return true;
    }
    for (int i = matches.size() - 1; i >= 0; i--) {
      option = matches.get(i).find(name);
      if (option.isPresent()) {
        matches.get(i).take(option.get(), inverted, words);
        return true;
      }
    }
    return false;
  }

  /** An option that may be used just now; two of one meaning are no ambiguity. */
  record Known(String name, Object meaning, Take take) {
  }

  /** Takes an option. */
  interface Take {
    void run() throws Complaint;
  }

  /** Tells the options of the target and the matches. */
  void eachKnown(boolean inverted, Consumer<Known> told) {
    target.ifPresent(
        t -> t.options().forEach(o -> told.accept(new Known(o.name(), o, () -> t.take(o, inverted, words)))));
    for (Extension<Match> match : matches.reversed()) {
      match.options().forEach(o -> told.accept(new Known(o.name(), o, () -> match.take(o, inverted, words))));
    }
  }

  /** {@code --dport} behind {@code -p tcp} brings {@code -m tcp} along. */
  void takeByProtocol(String typed, String name, boolean inverted) throws Complaint {
    Optional<Extension<Match>> own = protocolUsed
        ? Optional.empty()
        : protocol.flatMap(p -> Extensions.ofProtocol(p.number(), protocolWord, family));
    Optional<Extension.Option> option = own.flatMap(e -> unique(e, name));
    if (option.isEmpty()) {
      throw Complaint.parameter("unknown option \"" + typed + "\"");
    }
    protocolUsed = true;
    matches.add(own.get());
    own.get().take(option.get(), inverted, words);
  }

  private static Optional<Extension.Option> unique(Extension<Match> extension, String name) {
    List<Extension.Option> begin = extension.options().stream().filter(o -> o.name().startsWith(name)).toList();
    return extension.find(name).or(() -> begin.size() == 1 ? Optional.of(begin.getFirst()) : Optional.empty());
  }

  /** Looks the addresses up (iptables/xshared.c ipv4_post_parse). */
  void resolve() throws Complaint {
    sources = addresses(source);
    destinations = addresses(destination);
  }

  private List<AddressMatch> addresses(Optional<Typed> typed) throws Complaint {
    if (typed.isEmpty()) {
      return List.of();
    }
    String text = typed.get().text();
    boolean inverted = typed.get().inverted();
    if (text.indexOf(',') < 0) {
      return List.of(Values.address(family, text.strip(), inverted));
    }
    List<AddressMatch> all = new ArrayList<>();
    for (String part : text.split(",")) {
      all.add(Values.address(family, part.strip(), inverted));
    }
    if (inverted && all.size() > 1) {
      throw Complaint.parameter("! not allowed with multiple source or destination IP addresses");
    }
    return all;
  }

  private Optional<NameMatch> device(String name, boolean inverted) throws Complaint {
    if (name.isEmpty()) {
      throw Complaint.parameter("Empty interface is likely to be undesired");
    }
    requireDeviceName(name, words);
    return name.equals("+") && !inverted ? Optional.empty() : Optional.of(new NameMatch(name, inverted));
  }

  /** As libxtables xtables_parse_interface looks at it. */
  static void requireDeviceName(String name, Words words) throws Complaint {
    if (name.length() >= INTERFACE_NAME) {
      throw Complaint.parameter(
          "interface name `" + name + "' must be shorter than IFNAMSIZ (" + (INTERFACE_NAME - 1) + ")");
    }
    if (name.contains("/") || name.contains(" ")) {
      words.remark("Warning: weird character in interface `" + name
          + "' ('/' and ' ' are not allowed by the kernel).");
    }
  }

  private void jump(String name, boolean goes) throws Complaint {
    jump = name;
    isGoto = goes;
    if (!goes) {
      target = Extensions.target(name, family, () -> protocol.map(ProtocolMatch::number));
    }
    if (name.isEmpty()) {
      throw Complaint.parameter("Invalid target name (too short)");
    }
    if (target.isEmpty() && name.length() >= CHAIN_NAME) {
      throw Complaint.parameter("Invalid target name `" + name + "' (28 chars max)");
    }
  }

  private Optional<Integer> protocolNumber() {
    return protocol.filter(p -> !p.inverted()).map(ProtocolMatch::number);
  }

  /** The matches and the target, when all words are read. */
  record Said(List<Match> matches, Target target) {
  }

  Said finish() throws Complaint {
    List<Match> read = new ArrayList<>(matches.size());
    for (Extension<Match> match : matches) {
      read.add(match.finish());
    }
    Target does = target.isPresent() ? target.get().finish() : isGoto ? new Target.Goto(jump)
        : jump.isEmpty() ? new Target.Nothing() : new Target.Jump(jump);
    return new Said(MergedMatches.of(read), does);
  }

  /** Ports and flags are translated by the program itself, which asks for their protocol (iptables/nft.c add_nft_tcp). */
  private void requireProtocol(Match match) throws Complaint {
    int wanted = match instanceof Match.Tcp tcp && tcp.isCompared() ? Protocols.TCP
        : match instanceof Match.Udp(Match.Ports ports) && ports.saySomething() ? Protocols.UDP : 0;
    if (wanted != 0 && protocol.filter(p -> p.number() == wanted).isEmpty()) {
      String name = wanted == Protocols.TCP ? "tcp" : "udp";
      throw Complaint.parameter(name.toUpperCase(Locale.ROOT) + " match requires '-p " + name + "'");
    }
  }

  /** Whether {@code -j} or {@code -g} leads there. */
  boolean jumpsTo(String name) {
    return jump.equals(name);
  }

  /** The rules that come of it: one for each pair of addresses. */
  List<Rule> rules(Said said) throws Complaint {
    for (Match match : said.matches()) {
      requireProtocol(match);
    }
    List<Rule> rules = new ArrayList<>(1);
    for (Optional<AddressMatch> source : choices(sources)) {
      for (Optional<AddressMatch> destination : choices(destinations)) {
        rules.add(new Rule(0, new IpMatch(source, destination, in, out, protocol, fragment), said.matches(),
            said.target()));
      }
    }
    return rules;
  }

  private static List<Optional<AddressMatch>> choices(List<AddressMatch> said) {
    if (said.isEmpty()) {
      return ANYWHERE;
    }
    return said.stream().map(a -> Optional.of(a).filter(m -> m.inverted() || !m.mask().isUnspecified())).toList();
  }
}
