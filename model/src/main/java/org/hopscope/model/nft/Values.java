package org.hopscope.model.nft;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads fixed values of one type: single ones, ranges, networks, names of bits. */
final class Values {
  private static final int LONGEST_NAME = 16;

  private final Tokens tokens;
  private final Devices devices;

  Values(Tokens tokens, Devices devices) {
    this.tokens = tokens;
    this.devices = devices;
  }

  /** One value; {@code bits} is how wide it may be. */
  BigInteger one(DataType type, int bits) throws NftComplaint {
    Token token = tokens.peek();
    boolean word = switch (token.kind()) {
      case WORD, QUOTED, NUMBER, ADDRESS -> true;
      case SIGN, NEWLINE, END -> false;
    };
    if (!word) {
      throw tokens.unexpected();
    }
    tokens.next();
    if (type == DataType.INET_SERVICE && DataType.INET_PROTO.read(token.text(), devices).isPresent()
        && token.kind() == Token.Kind.WORD && DataType.INET_SERVICE.read(token.text(), devices).isEmpty()) {
      throw NftComplaint.at(token,
          "datatype mismatch, expected internet network service, expression has type Internet protocol");
    }
    if (type == DataType.IFNAME && (token.text().isEmpty() || token.text().length() > LONGEST_NAME)) {
      throw NftComplaint.at(token, token.text().isEmpty() ? "Empty string is not allowed"
          : "String exceeds maximum length of " + LONGEST_NAME);
    }
    BigInteger value = type.read(token.text(), devices).orElseThrow(() -> NftComplaint.at(token, unknown(type)));
    if (value.bitLength() > bits) {
      throw NftComplaint.at(token, type == DataType.INET_SERVICE ? "Service out of range"
          : "Value " + token.text() + " exceeds valid range 0-"
              + BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }
    return value;
  }

  private static String unknown(DataType type) {
    return switch (type) {
      case IPV4_ADDR, IPV6_ADDR -> "Could not resolve hostname: Temporary failure in name resolution";
      case INET_PROTO -> "Could not resolve protocol name";
      case INET_SERVICE -> "Could not resolve service: Servname not supported for ai_socktype";
      case IFACE_INDEX -> "Interface does not exist";
      case ETHER_ADDR -> "Invalid LL address";
      case ETHER_TYPE, MARK, IFNAME, CT_STATE, CT_STATUS, CT_DIR, ICMP_TYPE, ICMP_CODE, ICMPV6_TYPE, ICMPV6_CODE,
          ICMPX_CODE, PKT_TYPE, NF_PROTO, FIB_ADDRTYPE, FIB_FOUND, TCP_FLAG, INTEGER, VERDICT ->
          "Could not parse " + type.description();
    };
  }

  /** A value, a range or a network, as an element or the right side of a condition. */
  record Found(Span span, Form form, Token place) {
    /** How it was written. */
    enum Form {
      SINGLE, RANGE, PREFIX, ANY_OF
    }
  }

  Found found(DataType type, int bits) throws NftComplaint {
    Token first = tokens.peek();
    if (type == DataType.IFNAME && first.text().endsWith("*") && first.kind() != Token.Kind.SIGN) {
      tokens.next();
      String start = first.text().substring(0, first.text().length() - 1);
      BigInteger low = DataType.ofName(start);
      return new Found(Span.prefix(low, start.length() * 8, type.bits()), Found.Form.PREFIX, first);
    }
    BigInteger low = one(type, bits);
    if (tokens.is("/") && type.hasPrefixes()) {
      tokens.next();
      Token length = tokens.peek();
      int bitsOf = type.bits();
      if (length.kind() != Token.Kind.NUMBER) {
        throw tokens.unexpected();
      }
      tokens.next();
      Optional<Integer> known = Optional.of(length.text()).filter(t -> t.length() < 5).map(Integer::valueOf)
          .filter(n -> n <= bitsOf);
      int size = known.orElseThrow(() -> NftComplaint.at(first.to(length),
          "Prefix length " + length.text() + " is invalid for type of " + bitsOf + " bits width"));
      boolean host = size == bitsOf;
      return new Found(Span.prefix(low, size, bitsOf), host ? Found.Form.SINGLE : Found.Form.PREFIX, first.to(length));
    }
    if (tokens.take("-")) {
      BigInteger high = one(type, bits);
      if (high.compareTo(low) < 0) {
        throw NftComplaint.at(first.to(tokens.last()), "Range has zero or negative size");
      }
      return new Found(new Span(low, high), Found.Form.RANGE, first.to(tokens.last()));
    }
    return new Found(Span.of(low), Found.Form.SINGLE, first);
  }

  /** Names of bits with commas, or with bars when {@code bars}. */
  BigInteger bits(DataType type, int width, String between) throws NftComplaint {
    BigInteger all = one(type, width);
    while (tokens.take(between)) {
      all = all.or(one(type, width));
    }
    return all;
  }

  /** One part of each of some types with dots between, as the key of an element. */
  List<Span> key(List<DataType> types, List<Integer> widths, boolean intervals) throws NftComplaint {
    List<Span> parts = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      if (i > 0) {
        tokens.expect(".");
      }
      DataType type = types.get(i);
      if (type == DataType.TCP_FLAG) {
        parts.add(Span.of(bits(type, widths.get(i), "|")));
        continue;
      }
      Found found = found(type, widths.get(i));
      if (!found.span().isSingle() && !intervals) {
        throw NftComplaint.at(found.place(), "You must add 'flags interval' to your set declaration if you want to add "
            + (found.form() == Found.Form.PREFIX ? "prefix" : "range") + " elements");
      }
      parts.add(found.span());
    }
    return parts;
  }

  /** A time such as {@code 1h30m} or a number of seconds, in milliseconds. */
  long time() throws NftComplaint {
    Token token = tokens.next();
    java.util.regex.Matcher matcher = java.util.regex.Pattern
        .compile("(?:(\\d{1,6})d)?(?:(\\d{1,7})h)?(?:(\\d{1,8})m(?!s))?(?:(\\d{1,9})s)?(?:(\\d{1,12})ms)?")
        .matcher(token.text());
    if (token.text().matches("\\d{1,9}")) {
      return Long.parseLong(token.text()) * 1000;
    }
    if (token.kind() != Token.Kind.WORD || !matcher.matches()) {
      throw NftComplaint.at(token, "syntax error, unexpected string");
    }
    long[] units = {86_400_000, 3_600_000, 60_000, 1000, 1};
    long sum = 0;
    for (int i = 0; i < units.length; i++) {
      sum += Optional.ofNullable(matcher.group(i + 1)).map(Long::parseLong).orElse(0L) * units[i];
    }
    return sum;
  }

  /** A time as {@code nft list} writes it. */
  static String time(long millis) {
    long[] units = {86_400_000, 3_600_000, 60_000, 1000, 1};
    String[] words = {"d", "h", "m", "s", "ms"};
    StringBuilder text = new StringBuilder();
    long left = millis;
    for (int i = 0; i < units.length; i++) {
      if (left >= units[i]) {
        text.append(left / units[i]).append(words[i]);
        left %= units[i];
      }
    }
    return text.isEmpty() ? "0s" : text.toString();
  }
}
