package org.hopscope.model.ipset;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.hopscope.model.netfilter.IpSet;
import org.hopscope.model.netfilter.SetElement;
import org.hopscope.model.netfilter.SetInfo;
import org.hopscope.model.netfilter.Tally;
import org.pcollections.PSortedMap;

/** Carries out one ipset command (ipset(8); kernel net/netfilter/ipset/ip_set_core.c). */
public final class SetEditor {
  private static final int NAME = 31;
  private static final List<String> HOW_MUCH = List.of("-n", "-name", "--name", "-t", "-terse", "--terse", "-s",
      "-sorted", "--sorted");
  private static final long SECOND = 1_000_000_000L;

  private final Set<String> used;
  private final long now;
  private final boolean exist;
  private PSortedMap<String, IpSet> sets;

  private SetEditor(PSortedMap<String, IpSet> sets, Set<String> used, long now, boolean exist) {
    this.sets = sets;
    this.used = used;
    this.now = now;
    this.exist = exist;
  }

  /**
   * The sets after a command, and what it prints.
   *
   * @param status the exit status: 1 for a test that failed
   */
  public record Done(PSortedMap<String, IpSet> sets, int status, List<String> out) {
  }

  /**
   * Does what the words behind {@code ipset} say.
   *
   * @param used the names of sets that rules look into
   * @param now the instant in nanoseconds
   */
  public static Done apply(PSortedMap<String, IpSet> sets, List<String> words, Set<String> used, long now)
      throws SetComplaint {
    List<String> left = new ArrayList<>(words);
    boolean exist = left.removeIf(w -> w.equals("-exist") || w.equals("-!") || w.equals("--exist"));
    boolean quiet = left.removeIf(w -> w.equals("-q") || w.equals("-quiet") || w.equals("--quiet"));
    Optional<String> output = output(left);
    if (left.isEmpty()) {
      throw SetComplaint.usage("No command specified.");
    }
    // What only chooses how much is listed may stand in front of the command.
    List<String> chosen = left.stream().takeWhile(HOW_MUCH::contains).toList();
    List<String> behind = new ArrayList<>(left.subList(chosen.size(), left.size()));
    if (behind.isEmpty()) {
      throw SetComplaint.usage("No command specified.");
    }
    String command = behind.removeFirst();
    behind.addAll(chosen);
    boolean lists = command.equals("list") || command.equals("-L");
    SetEditor editor = new SetEditor(sets, used, now, exist);
    try {
      return editor.run(lists && output.filter("save"::equals).isPresent() ? "save" : command, behind);
    } catch (SetComplaint complaint) {
      throw quiet && !complaint.isUnsupported() ? complaint.quiet() : complaint;
    }
  }

  /** Takes {@code -output plain|save} out of the words; XML is not done. */
  private static Optional<String> output(List<String> words) throws SetComplaint {
    for (int i = 0; i + 1 < words.size(); i++) {
      if (List.of("-o", "-output", "--output").contains(words.get(i))) {
        words.remove(i);
        String how = words.remove(i);
        if (!how.equals("plain") && !how.equals("save")) {
          throw SetComplaint.unsupported("-o " + how);
        }
        return Optional.of(how);
      }
    }
    return Optional.empty();
  }

  private Done run(String command, List<String> words) throws SetComplaint {
    switch (command) {
      case "create", "-N", "n" -> create(word(command, words, 0), second(command, words), tail(words, 2));
      case "add", "-A" -> {
        String element = second(command, words);
        add(set(words.getFirst()), element, tail(words, 2));
      }
      case "del", "-D" -> {
        String element = second(command, words);
        delete(set(words.getFirst()), element);
      }
      case "test", "-T" -> {
        String element = second(command, words);
        return test(set(words.getFirst()), element);
      }
      case "list", "-L" -> {
        return new Done(sets, 0, list(words));
      }
      case "save", "-S" -> {
        return new Done(sets, 0, save(words.isEmpty() ? Optional.empty() : Optional.of(words.getFirst())));
      }
      case "flush", "-F" -> {
        for (IpSet set : chosen(words)) {
          sets = sets.plus(set.name(), set.with(List.of()));
        }
      }
      case "destroy", "-X", "x" -> {
        for (IpSet set : chosen(words)) {
          if (references(set.name()) > 0) {
            throw SetComplaint.refused("Set cannot be destroyed: it is in use by a kernel component");
          }
        }
        for (IpSet set : chosen(words)) {
          sets = sets.minus(set.name());
        }
      }
      case "rename", "-E" -> rename(set(word(command, words, 0)), second(command, words));
      case "swap", "-W" -> swap(set(word(command, words, 0)), second(command, words));
      default -> throw SetComplaint.usage("No command specified: unknown argument " + command);
    }
    return new Done(sets, 0, List.of());
  }

  private static String word(String command, List<String> words, int index) throws SetComplaint {
    if (words.size() <= index) {
      throw SetComplaint.usage("Missing " + (index == 0 ? "" : "second ") + "mandatory argument to command " + command);
    }
    return words.get(index);
  }

  private static String second(String command, List<String> words) throws SetComplaint {
    word(command, words, 0);
    return word(command, words, 1);
  }

  private static List<String> tail(List<String> words, int from) {
    return words.subList(Math.min(from, words.size()), words.size());
  }

  private IpSet set(String name) throws SetComplaint {
    IpSet found = sets.get(name);
    if (found == null) {
      throw SetComplaint.refused("The set with the given name does not exist");
    }
    return found;
  }

  private static boolean isList(IpSet set) {
    return set.type() == IpSet.Type.LIST_SET;
  }

  /** Sets of sets are told of last, so that what is saved can be restored (ip_set_core.c ip_set_dump_do). */
  private List<IpSet> chosen(List<String> words) throws SetComplaint {
    return words.isEmpty()
        ? Stream.of(false, true).flatMap(last -> sets.values().stream().filter(s -> isList(s) == last)).toList()
        : List.of(set(words.getFirst()));
  }

  /** How many rules and sets look into a set. */
  private long references(String name) {
    long members = sets.values().stream().flatMap(s -> s.members().stream())
        .filter(m -> m.element().equals(SetElement.of(new SetElement.Part.Named(name)))).count();
    return members + (used.contains(name) ? 1 : 0);
  }

  private void create(String name, String type, List<String> words) throws SetComplaint {
    if (name.length() > NAME) {
      throw SetComplaint.refused("Syntax error: setname '" + name + "' is longer than " + NAME + " characters");
    }
    IpSet.Type known = Arrays.stream(IpSet.Type.values()).filter(t -> t.word().equals(type)).findFirst()
        .orElseThrow(() -> SetComplaint.refused("Syntax error: typename '" + type + "' is unknown"));
    IpSet fresh = new IpSet(name, known, SetOptions.read(known, words), List.of());
    IpSet old = sets.get(name);
    if (old != null && (!exist || old.type() != known || !old.options().isSame(fresh.options(), known))) {
      throw SetComplaint.refused("Set cannot be created: set with the same name already exists");
    }
    sets = old == null ? sets.plus(name, fresh) : sets;
  }

  private void add(IpSet set, String word, List<String> words) throws SetComplaint {
    Optional<Long> timeout = set.options().timeout();
    boolean nomatch = false;
    boolean wildcard = false;
    SetInfo info = SetInfo.NONE;
    Optional<String> before = Optional.empty();
    boolean behind = false;
    String comment = "";
    Tally counted = Tally.ZERO;
    for (int i = 0; i < words.size(); i++) {
      switch (words.get(i)) {
        case "nomatch" -> nomatch = allowed(words.get(i), set.type().kinds().contains(SetElement.Kind.NETWORK));
        case "wildcard" -> wildcard = allowed(words.get(i), set.type() == IpSet.Type.HASH_NET_IFACE);
        case "skbmark", "skbprio", "skbqueue" -> {
          info = SetInfoWords.read(info, words.get(i), word("add", words, i + 1));
          i++;
          if (!set.options().extras().info()) {
            throw SetComplaint.refused("Skbinfo mapping cannot be used: set was created without skbinfo support");
          }
        }
        case "timeout" -> {
          if (timeout.isEmpty()) {
            throw SetComplaint.refused("Timeout cannot be used: set was created without timeout support");
          }
          timeout = Optional.of(SetNames.number(word("add", words, ++i)));
        }
        case "packets", "bytes" -> {
          if (!set.options().extras().counters()) {
            throw SetComplaint.refused(
                "Packet/byte counters cannot be used: set was created without counter support");
          }
          long number = SetNames.number(word("add", words, i + 1));
          counted = words.get(i++).equals("packets") ? new Tally(number, counted.bytes())
              : new Tally(counted.packets(), number);
        }
        case "comment" -> {
          if (!set.options().extras().comments()) {
            throw SetComplaint.refused("Comment cannot be used: set was created without comment support");
          }
          comment = word("add", words, ++i);
        }
        case "before", "after" -> {
          behind = words.get(i).equals("after");
          before = Optional.of(word("add", words, ++i));
        }
        default -> throw SetComplaint.unsupported(words.get(i));
      }
    }
    Optional<Long> expires = timeout.filter(t -> t > 0).map(t -> now + t * SECOND);
    for (SetElement element : SetWords.elements(set, word, nomatch, wildcard)) {
      IpSet at = sets.get(set.name());
      check(at, element);
      IpSet.Member member = new IpSet.Member(element, expires, comment, counted, info);
      List<IpSet.Member> members = new ArrayList<>(at.with(at.at(now)).plus(member));
      if (before.isPresent()) {
        place(members, member, before.get(), behind);
      }
      sets = sets.plus(set.name(), at.with(members));
    }
  }

  /** Whether a flag is one of the type's. */
  private static boolean allowed(String word, boolean is) throws SetComplaint {
    if (!is) {
      throw SetComplaint.usage("Unknown argument: `" + word + "'");
    }
    return is;
  }

  private void check(IpSet set, SetElement element) throws SetComplaint {
    Optional<IpSet.Member> before = set.member(element, now);
    boolean there = before.isPresent() && !before.get().isCompletedBy(element);
    if (there && !exist) {
      throw SetComplaint.refused("Element cannot be added to the set: it's already added");
    }
    if (element.parts().getFirst() instanceof SetElement.Part.Named(String called)
        && Optional.ofNullable(sets.get(called)).filter(s -> s.type() != IpSet.Type.LIST_SET).isEmpty()) {
      throw SetComplaint.refused(sets.containsKey(called)
          ? "Sets with list:set type cannot be added to the set."
          : "Set to be added/deleted/tested as element does not exist.");
    }
    if (!set.options().range().contains(element)) {
      throw SetComplaint.refused("Element is out of the range of the set");
    }
    if (before.isEmpty() && set.isFull(now)) {
      throw SetComplaint.refused(set.type() == IpSet.Type.LIST_SET
          ? "Set is full, more elements cannot be added"
          : "Hash is full, cannot add more elements");
    }
  }

  private static void place(List<IpSet.Member> members, IpSet.Member member, String beside, boolean behind)
      throws SetComplaint {
    members.remove(member);
    int at = -1;
    for (int i = 0; i < members.size(); i++) {
      at = members.get(i).element().equals(SetElement.of(new SetElement.Part.Named(beside))) ? i : at;
    }
    if (at < 0) {
      throw SetComplaint.refused("Element cannot be added to the set: the reference element is not there");
    }
    members.add(behind ? at + 1 : at, member);
  }

  private void delete(IpSet set, String word) throws SetComplaint {
    for (SetElement element : SetWords.elements(set, word, false, false)) {
      IpSet at = sets.get(set.name());
      if (at.member(element, now).isEmpty() && !exist) {
        throw SetComplaint.refused("Element cannot be deleted from the set: it's not added");
      }
      sets = sets.plus(set.name(), at.without(element, now));
    }
  }

  private Done test(IpSet set, String word) throws SetComplaint {
    List<SetElement> elements = SetWords.elements(set, word, false, false);
    boolean there = elements.stream().allMatch(e -> set.holds(e, now));
    return new Done(sets, there ? 0 : 1,
        List.of((there ? "Warning: " : "")
            + (elements.size() == 1 ? asked(set, word, elements.getFirst()) : word)
            + (there ? " is in set " : " is NOT in set ") + set.name() + "."));
  }

  /** What was asked for: the address as it was typed, the rest as it is printed. */
  private static String asked(IpSet set, String word, SetElement element) {
    String text = SetText.text(set, element);
    int comma = word.indexOf(',');
    return word.substring(0, comma < 0 ? word.length() : comma).replaceFirst("/(32|128)$", "")
        + (comma < 0 ? "" : text.substring(text.indexOf(',')));
  }

  private void rename(IpSet set, String name) throws SetComplaint {
    if (references(set.name()) > 0) {
      throw SetComplaint.refused("Set cannot be renamed: it is in use by another system");
    }
    if (sets.containsKey(name)) {
      throw SetComplaint.refused("Set cannot be renamed: a set with the new name already exists");
    }
    sets = sets.minus(set.name()).plus(name, set.named(name));
  }

  private void swap(IpSet one, String name) throws SetComplaint {
    IpSet other = sets.get(name);
    if (other == null) {
      throw SetComplaint.refused("Sets cannot be swapped: the second set does not exist");
    }
    if (one.type() != other.type() || one.options().family() != other.options().family()) {
      throw SetComplaint.refused("The sets cannot be swapped: their type does not match");
    }
    sets = sets.plus(one.name(), other.named(one.name())).plus(name, one.named(name));
  }

  private List<String> list(List<String> words) throws SetComplaint {
    List<String> names = new ArrayList<>(words);
    boolean only = names.removeIf(w -> w.equals("-n") || w.equals("-name") || w.equals("--name"));
    boolean terse = names.removeIf(w -> w.equals("-t") || w.equals("-terse") || w.equals("--terse"));
    names.removeIf(w -> w.equals("-s") || w.equals("-sorted") || w.equals("--sorted"));
    List<String> out = new ArrayList<>();
    for (IpSet set : chosen(names)) {
      if (only) {
        out.add(set.name());
        continue;
      }
      List<String> members = SetText.members(set, now);
      if (!out.isEmpty()) {
        out.add("");
      }
      out.addAll(List.of("Name: " + set.name(), "Type: " + set.type().word(), "Revision: " + set.type().revision(),
          "Header: " + SetText.header(set),
          "References: " + references(set.name()), "Number of entries: " + members.size()));
      if (!terse) {
        out.add("Members:");
        out.addAll(members);
      }
    }
    return out;
  }

  private List<String> save(Optional<String> name) throws SetComplaint {
    List<String> out = new ArrayList<>();
    for (IpSet set : chosen(name.stream().toList())) {
      out.add(SetText.create(set));
      SetText.members(set, now).forEach(m -> out.add("add " + set.name() + " " + m));
    }
    return out;
  }
}
