package org.hopscope.model.netfilter;

import java.util.Arrays;
import java.util.List;

/**
 * A program of the classic Berkeley packet filter, as {@code -m bpf --bytecode} has it (kernel net/core/filter.c; Documentation/
 * networking/filter.rst). It sees a packet from its IP header on; what the kernel adds beside the bytes (offsets from 0xfffff000 on)
 * it does not know.
 *
 * @param code its instructions, in order
 */
public record BpfProgram(List<Instruction> code) {
  /** The first offset that stands for something beside the packet's bytes (SKF_AD_OFF). */
  public static final int BESIDE = -0x1000;
  private static final int CELLS = 16;
  private static final int RETURN_K = 0x06;
  private static final int RETURN_A = 0x16;
  private static final int JUMP = 0x05;
  private static final int[] LOADS = {0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1};
  private static final int[] OTHERS = {0x00, 0x01, 0x02, 0x03, 0x60, 0x61, 0x80, 0x81, 0x07, 0x87, RETURN_K, RETURN_A,
      JUMP, 0x84};
  private static final int[] BY_K = {0x04, 0x14, 0x24, 0x34, 0x94, 0x54, 0x44, 0xa4, 0x64, 0x74, 0x15, 0x25, 0x35,
      0x45};

  public BpfProgram {
    code = List.copyOf(code);
  }

  /**
   * One instruction (struct sock_filter).
   *
   * @param code what it does, 16 bits
   * @param yes how many instructions are left out when a comparison holds, 8 bits
   * @param no how many when it does not
   * @param k its operand, unsigned
   */
  public record Instruction(int code, int yes, int no, int k) {
    private boolean isIn(int[] codes) {
      return Arrays.stream(codes).anyMatch(c -> c == code);
    }

    private boolean isKnown() {
      return isIn(LOADS) || isIn(OTHERS) || isIn(BY_K)
          || (code & 8) != 0 && new Instruction(code & ~8, 0, 0, 0).isIn(BY_K);
    }

    /** Whether it compares. */
    private boolean compares() {
      return (code & 7) == JUMP && code != JUMP;
    }

    private boolean reads() {
      return code == 0x60 || code == 0x61;
    }

    private boolean writes() {
      return code == 0x02 || code == 0x03;
    }

    /** Whether it reads what the kernel knows beside the packet's bytes. */
    public boolean looksBeside() {
      return isIn(LOADS) && Integer.compareUnsigned(k, BESIDE) >= 0;
    }

    /** Whether the kernel takes it at its place, {@code left} instructions before the end. */
    private boolean isSound(int left) {
      boolean divides = code == 0x34 || code == 0x94;
      boolean shifts = code == 0x64 || code == 0x74;
      return isKnown() && !(divides && k == 0) && !(shifts && Integer.compareUnsigned(k, 32) >= 0)
          && !((reads() || writes()) && Integer.compareUnsigned(k, CELLS) >= 0)
          && !(code == JUMP && Integer.compareUnsigned(k, left) >= 0)
          && !(compares() && (yes >= left || no >= left));
    }
  }

  /** Whether the kernel takes it (kernel bpf_check_classic). */
  public boolean isSound() {
    for (int i = 0; i < code.size(); i++) {
      if (!code.get(i).isSound(code.size() - i - 1)) {
        return false;
      }
    }
    int last = code.isEmpty() ? 0 : code.getLast().code();
    return (last == RETURN_K || last == RETURN_A) && readsWhatWasWritten();
  }

  /** Kernel check_load_and_stores: no way leads to a cell that nothing was written into. */
  private boolean readsWhatWasWritten() {
    int[] reached = new int[code.size() + 1];
    Arrays.fill(reached, -1);
    int written = 0;
    for (int i = 0; i < code.size(); i++) {
      Instruction each = code.get(i);
      written &= reached[i];
      if (each.reads() && (written >>> each.k() & 1) == 0) {
        return false;
      }
      if (each.writes()) {
        written |= 1 << each.k();
      } else if (each.code() == JUMP) {
        reached[i + 1 + each.k()] &= written;
        written = -1;
      } else if (each.compares()) {
        reached[i + 1 + each.yes()] &= written;
        reached[i + 1 + each.no()] &= written;
        written = -1;
      }
    }
    return true;
  }

  /** What a sound program returns of a packet, unsigned: 0 for "no". Whoever reads behind the end, or divides by 0, gets that. */
  public int run(byte[] bytes) {
    int a = 0;
    int x = 0;
    int[] cells = new int[CELLS];
    for (int i = 0; i < code.size(); i++) {
      Instruction each = code.get(i);
      int k = each.k();
      int other = (each.code() & 8) != 0 ? x : k;
      switch (each.code()) {
        case 0x00 -> a = k;
        case 0x01 -> x = k;
        case 0x02 -> cells[k] = a;
        case 0x03 -> cells[k] = x;
        case 0x60 -> a = cells[k];
        case 0x61 -> x = cells[k];
        case 0x80 -> a = bytes.length;
        case 0x81 -> x = bytes.length;
        case 0x07 -> x = a;
        case 0x87 -> a = x;
        case 0x84 -> a = -a;
        case RETURN_K -> {
          return k;
        }
        case RETURN_A -> {
          return a;
        }
        case JUMP -> i += k;
        case 0x20, 0x28, 0x30, 0x40, 0x48, 0x50, 0xb1 -> {
          long at =
              Integer.toUnsignedLong(k) + (each.code() >= 0x40 && each.code() <= 0x50 ? Integer.toUnsignedLong(x) : 0);
          int size = switch (each.code() & 0x18) {
            case 0 -> 4;
            case 8 -> 2;
            default -> 1;
          };
          if (at + size > bytes.length) {
            return 0;
          }
          int read = number(bytes, (int) at, size);
          a = each.code() == 0xb1 ? a : read;
          x = each.code() == 0xb1 ? (read & 0xf) << 2 : x;
        }
        default -> {
          if (each.compares()) {
            i += holds(each.code(), a, other) ? each.yes() : each.no();
          } else if (other == 0 && ((each.code() & 0xf0) == 0x30 || (each.code() & 0xf0) == 0x90)) {
            return 0;
          } else {
            a = worked(each.code(), a, other);
          }
        }
      }
    }
    return 0;
  }

  private static int number(byte[] bytes, int at, int size) {
    int number = 0;
    for (int i = 0; i < size; i++) {
      number = number << 8 | bytes[at + i] & 0xff;
    }
    return number;
  }

  private static boolean holds(int code, int a, int other) {
    return switch (code & 0xf0) {
      case 0x10 -> a == other;
      case 0x20 -> Integer.compareUnsigned(a, other) > 0;
      case 0x30 -> Integer.compareUnsigned(a, other) >= 0;
      default -> (a & other) != 0;
    };
  }

  private static int worked(int code, int a, int other) {
    return switch (code & 0xf0) {
      case 0x00 -> a + other;
      case 0x10 -> a - other;
      case 0x20 -> a * other;
      case 0x30 -> Integer.divideUnsigned(a, other);
      case 0x40 -> a | other;
      case 0x50 -> a & other;
      case 0x60 -> a << other;
      case 0x70 -> a >>> other;
      case 0x90 -> Integer.remainderUnsigned(a, other);
      default -> a ^ other;
    };
  }
}
