package org.hopscope.model.iptables;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.hopscope.model.netfilter.BpfProgram;
import org.hopscope.model.netfilter.Condition;
import org.hopscope.model.netfilter.Match;
import org.hopscope.model.netfilter.Wording;

/** Reads {@code -m bpf} (extensions/libxt_bpf.c). */
final class BpfMatch extends Extension<Match> {
  /** XT_BPF_MAX_NUM_INSTR. */
  private static final int MOST = 64;
  private static final Pattern LENGTH = Pattern.compile("\\s*([+-]?[0-9]+),");
  private static final Pattern INSTRUCTION = Pattern.compile("\\s*([+-]?[0-9]+)\\s*([+-]?[0-9]+)\\s*([+-]?[0-9]+)\\s*"
      + "([+-]?[0-9]+)");

  private BpfProgram program = new BpfProgram(List.of());

  BpfMatch() {
    super("bpf", "bytecode:+ object-pinned:+");
  }

  @Override
  void read(String option, boolean inverted, String argument, Words more) throws Complaint {
    if (option.equals("object-pinned")) {
      throw Complaint.parameter("bpf: failed to get bpf object");
    }
    Matcher length = LENGTH.matcher(argument);
    if (!length.lookingAt()) {
      throw Complaint.parameter("bpf: error parsing program length");
    }
    int wanted = (int) number(length, 1) & 0xffff;
    if (wanted == 0) {
      throw Complaint.parameter("bpf: illegal zero length program");
    }
    if (wanted > MOST) {
      throw Complaint.parameter("bpf: number of instructions exceeds maximum");
    }
    List<BpfProgram.Instruction> code = new ArrayList<>();
    for (int at = argument.indexOf(','); at >= 0 && at + 1 < argument.length(); at = argument.indexOf(',', at + 1)) {
      if (code.size() == wanted) {
        throw Complaint.parameter("bpf: real program length exceeds the encoded length parameter");
      }
      Matcher each = INSTRUCTION.matcher(argument).region(at + 1, argument.length());
      if (!each.lookingAt()) {
        throw Complaint.parameter("bpf: error at instr " + code.size());
      }
      code.add(new BpfProgram.Instruction((int) number(each, 1) & 0xffff, (int) number(each, 2) & 0xff,
          (int) number(each, 3) & 0xff, (int) number(each, 4)));
    }
    if (code.size() != wanted) {
      throw Complaint.parameter("bpf: parsed program length is less than the encoded length parameter");
    }
    if (code.stream().anyMatch(BpfProgram.Instruction::looksBeside)) {
      throw Complaint.unsupported("--bytecode with offsets beside the packet");
    }
    program = new BpfProgram(code);
  }

  private static long number(Matcher found, int group) {
    return Values.atoll(found.group(group));
  }

  @Override
  void check() throws Complaint {
    if (program.code().isEmpty()) {
      throw Complaint.parameter("bpf: one of --bytecode or --pinned is required");
    }
  }

  @Override
  Match done() {
    String code = program.code().stream().map(i -> String.format(Locale.ROOT, "%d %d %d %s", i.code(), i.yes(), i.no(),
        Integer.toUnsignedString(i.k()))).collect(Collectors.joining(","));
    return new Phrases().save("--bytecode", "\"" + program.code().size() + "," + code + "\"").list("match bpf", code)
        .match("bpf", program.isSound() ? Wording.Place.ANY : Wording.Place.NOWHERE, new Condition.Program(program));
  }
}
