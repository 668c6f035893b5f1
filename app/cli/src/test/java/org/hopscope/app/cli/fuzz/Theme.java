package org.hopscope.app.cli.fuzz;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a random lab is about: how it begins, and how often which section of {@code acts.txt} has its turn. */
enum Theme {
  WIRES("links 4 addresses 5 routes 2 neighbours 2 traffic 8 shows 5 servers 1", 3),
  BRIDGES("bridges 6 fdb 6 links 3 addresses 2 traffic 8 shows 5 servers 1", 3),
  ROUTERS("routes 8 sysctls 3 links 2 addresses 2 traffic 10 shows 4 servers 1", 3),
  RULES("rules 8 routes 5 sysctls 1 links 1 addresses 1 traffic 8 shows 2 servers 1", 3),
  NEIGHBOURS("neighbours 8 sysctls 3 links 2 addresses 2 traffic 8 shows 3", 3),
  MTU("mtu 6 traffic 3 big 8 shows 2 routes 1 servers 2", 3),
  CHANGES("moves 8 links 4 addresses 2 bridges 1 traffic 6 shows 5 servers 1", 3),
  COURSE("faults 4 traffic 6 shows 4 servers 2", 0),
  DEVICES("devices 8 links 3 addresses 2 moves 2 traffic 6 shows 3", 3),
  IPV6("six 8 traffic6 8 links 3 moves 1 shows6 4 servers 1", 3),
  MISUSE("links 4 addresses 4 routes 4 neighbours 3 bridges 3 fdb 3 shows 5 traffic 4 moves 2 sysctls 1 servers 1", 55),
  FILTER("filter 10 filtershows 3 routes 1 traffic 10 servers 2", 2),
  NAT("nat 8 filter 3 filtershows 3 natted 10 traffic 5 servers 2", 2);

  private final List<String> sections;
  private final int mangled;

  Theme(String sections, int mangled) {
    List<String> weighed = new ArrayList<>();
    String[] words = sections.split(" ");
    for (int i = 0; i < words.length; i += 2) {
      weighed.addAll(Collections.nCopies(Integer.parseInt(words[i + 1]), words[i]));
    }
    this.sections = List.copyOf(weighed);
    this.mangled = mangled;
  }

  /** Sections of {@code acts.txt}, each as often as its weight says. */
  List<String> sections() {
    return sections;
  }

  /** Of a hundred commands, how many are spoilt in a word or two. */
  int mangled() {
    return mangled;
  }
}
