package org.hopscope.model.docker.linux;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.hopscope.model.docker.Engine;

/** Identifiers and names that Docker draws, and that follow here from how many were drawn before. */
public final class Identity {
  private static final List<String> MOODS = List.of("admiring", "brave", "clever", "dazzling", "eager", "focused",
      "gifted", "hopeful", "jolly", "keen", "loving", "modest", "nifty", "quirky", "serene", "zealous");
  private static final List<String> PEOPLE = List.of("bohr", "cerf", "dijkstra", "euler", "feynman", "goldberg",
      "hopper", "johnson", "knuth", "lamport", "mirzakhani", "noether", "pascal", "ritchie", "turing", "volta");

  /** How long identifiers of a swarm are. */
  static final int CODE = 25;

  private Identity() {
  }

  /** The 64 digits of the next network or container. */
  public static String next(String host, Engine engine, String name) {
    return hex(host + "/" + engine.serial() + "/" + name);
  }

  /** A name for a container that was given none. */
  public static String name(String host, Engine engine) {
    for (int turn = 0;; turn++) {
      int drawn = Integer.parseInt(hex(host + "/" + engine.serial() + "/name/" + turn).substring(0, 2), 16);
      String name = MOODS.get(drawn / 16) + "_" + PEOPLE.get(drawn % 16) + (turn < 16 ? "" : turn);
      if (engine.container(name).isEmpty()) {
        return name;
      }
    }
  }

  /** The digits and letters of the next network that a swarm has in common. */
  static String shared(String host, Engine engine, String name) {
    return code(next(host, engine, name), CODE);
  }

  /** So many digits and letters that follow from a text, as swarms draw them (swarmkit identity/randomid.go). */
  static String code(String text, int length) {
    String drawn = new BigInteger(hex(text), 16).toString(36);
    return "0".repeat(Math.max(0, length - drawn.length())) + drawn.substring(0, Math.min(length, drawn.length()));
  }

  /** 64 hexadecimal digits that follow from a text. */
  static String hex(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException(missing);
    }
  }
}
