package org.hopscope.model.nft;

import java.util.List;
import java.util.Set;

/** The tokens that are still to be read. */
final class Tokens {
  /** Words that the scanner knows: an unexpected one is called by its name, any other "string". */
  private static final Set<String> KEYWORDS = Set.of("accept", "drop", "return", "jump", "goto", "continue", "add",
      "insert", "delete", "replace", "list", "flush", "create", "rename", "table", "chain", "rule", "set", "map",
      "element", "counter", "ip", "ip6", "inet", "tcp", "udp", "sctp", "icmp", "icmpv6", "th", "meta", "ct", "mark",
      "comment", "log", "limit", "reject", "snat", "dnat", "masquerade", "redirect", "type", "hook", "priority",
      "policy", "flags", "timeout", "size", "elements", "vmap", "saddr", "daddr", "sport", "dport", "to", "with",
      "over", "burst", "packets", "bytes", "name", "handle", "position", "index", "ruleset", "fib", "numgen", "iif",
      "oif", "iifname", "oifname", "device", "notrack", "update", "state", "status", "protocol", "ether", "and", "or",
      "xor", "not", "eq", "ne", "quota", "tables", "chains", "sets", "maps", "counters", "typeof", "rate", "level",
      "prefix", "reset", "get", "monitor", "describe", "export", "import");

  /** Words that the scanner knows and that are no names of tables, chains and sets (nftables src/scanner.l). */
  private static final Set<String> RESERVED =
      Set.of(("fwd dup queue limit quota tproxy synproxy flow meter secmark xt flowtable element elements "
          + "hook device type priority policy mark index position handle timeout size flags typeof comment "
          + "ether arp vlan ip ip6 inet bridge netdev tcp udp sctp dccp ah esp comp udplite igmp rt jhash "
          + "symhash numgen socket osf ipsec meta ct fib log reject snat dnat masquerade redirect accept "
          + "drop continue jump goto return set map vmap chain table rule ruleset counter add create insert "
          + "delete replace get list reset flush rename describe import export monitor all define undefine "
          + "include dynamic constant interval auto-merge gc-interval iif oif iifname oifname icmp icmpv6 "
          + "notrack eq ne lt gt le ge and or xor not exists missing random hour day time ecn cgroup cpu").split(" "));

  private final List<Token> all;
  private int at;

  Tokens(List<Token> all) {
    this.all = all;
  }

  Token peek() {
    return all.get(Math.min(at, all.size() - 1));
  }

  Token peek(int ahead) {
    return all.get(Math.min(at + ahead, all.size() - 1));
  }

  Token next() {
    Token token = peek();
    at = Math.min(at + 1, all.size());
    return token;
  }

  /** The token that was read last. */
  Token last() {
    return all.get(Math.max(0, at - 1));
  }

  boolean is(String text) {
    return peek().is(text);
  }

  /** Whether the scanner knows the next word. */
  boolean isKeyword() {
    return KEYWORDS.contains(peek().text());
  }

  boolean take(String text) {
    boolean is = is(text);
    at += is ? 1 : 0;
    return is;
  }

  /** The next token must be this. */
  Token expect(String text) throws NftComplaint {
    if (!is(text)) {
      throw unexpected();
    }
    return next();
  }

  /** The next token must be a word. */
  Token word() throws NftComplaint {
    if (peek().kind() != Token.Kind.WORD) {
      throw unexpected();
    }
    return next();
  }

  /** The next token must be a name: no word that begins a statement. */
  Token name() throws NftComplaint {
    if (RESERVED.contains(peek().text())) {
      throw unexpected(", expecting string");
    }
    return word();
  }

  /** The next token must be a word in quotes or without. */
  Token string() throws NftComplaint {
    if (peek().kind() != Token.Kind.WORD && peek().kind() != Token.Kind.QUOTED) {
      throw unexpected();
    }
    return next();
  }

  /** The next token must be a number from {@code least} to {@code most}. */
  int number(int least, int most) throws NftComplaint {
    Token token = peek();
    if (token.kind() != Token.Kind.NUMBER) {
      throw unexpected();
    }
    next();
    try {
      long value = token.text().startsWith("0x") ? Long.parseLong(token.text().substring(2), 16)
          : Long.parseLong(token.text());
      if (value >= least && value <= most) {
        return (int) value;
      }
    } catch (NumberFormatException beyond) {
      // said below, as for any other that is too large
    }
    throw NftComplaint.at(token, "Value " + token.text() + " exceeds valid range " + least + "-" + most);
  }

  void skipEnds() {
    while (peek().ends() && peek().kind() != Token.Kind.END) {
      next();
    }
  }

  void skipNewlines() {
    while (peek().kind() == Token.Kind.NEWLINE) {
      next();
    }
  }

  /** nft's own parser finds no sense in the next token. */
  NftComplaint unexpected() {
    return unexpected("");
  }

  /** As above, with what it would have found sense in. */
  NftComplaint unexpected(String expected) {
    Token token = peek();
    String what = switch (token.kind()) {
      case WORD -> KEYWORDS.contains(token.text()) || RESERVED.contains(token.text()) ? token.text() : "string";
      case QUOTED -> "quoted string";
      case NUMBER -> "number";
      case ADDRESS -> "string";
      case NEWLINE -> "newline";
      case END -> "end of file";
      case SIGN -> switch (token.text()) {
        case ";" -> "semicolon";
        case "," -> "comma";
        case ":" -> "colon";
        case "." -> ".";
        case "=" -> "=";
        default -> "'" + token.text() + "'";
      };
    };
    return NftComplaint.at(token, "syntax error, unexpected " + what + expected);
  }
}
