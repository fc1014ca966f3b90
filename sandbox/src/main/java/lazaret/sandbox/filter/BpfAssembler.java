package lazaret.sandbox.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// An assembler of classic BPF with labels instead of jump distances. Not thread-safe.
///
/// Source: linux/filter.h, linux/bpf_common.h, Linux networking/filter.rst.
final class BpfAssembler {
  /// The size in bytes of a `struct sock_filter`: code, jump if true, jump if false, operand.
  static final int INSTRUCTION = 8;

  /// The largest number of instructions, BPF_MAXINSNS.
  private static final int MOST_INSTRUCTIONS = 4_096;

  private static final int MOST_DISTANCE = 255;
  private static final int LOAD_WORD = 0x20;
  private static final int AND = 0x54;
  private static final int OR_WITH_X = 0x4c;
  private static final int COPY_TO_X = 0x07;
  private static final int JUMP_IF_EQUAL = 0x15;
  private static final int JUMP_IF_AT_LEAST = 0x35;
  private static final int RETURN = 0x06;

  private static final int NEXT = -1;

  private final List<Instruction> instructions = new ArrayList<>();

  /// The position of each label.
  private final List<Integer> places = new ArrayList<>();

  private record Instruction(int code, int ifTrue, int ifFalse, int operand) {}

  /// Returns a new label, which must be placed later.
  int label() {
    places.add(NEXT);
    return places.size() - 1;
  }

  /// Places a label at the next instruction.
  void setLabel(int label) {
    places.set(label, instructions.size());
  }

  /// Loads the 32-bit word at an offset of `struct seccomp_data`.
  void load(int offset) {
    add(LOAD_WORD, NEXT, NEXT, offset);
  }

  /// Loads the bitwise OR of two words.
  void loadEither(int offset, int other) {
    load(offset);
    add(COPY_TO_X, NEXT, NEXT, 0);
    load(other);
    add(OR_WITH_X, NEXT, NEXT, 0);
  }

  void and(int mask) {
    add(AND, NEXT, NEXT, mask);
  }

  /// Jumps to a label if the accumulator equals the value, and continues otherwise.
  void ifEqual(int value, int label) {
    add(JUMP_IF_EQUAL, label, NEXT, value);
  }

  /// Continues if the accumulator equals the value, and jumps to a label otherwise.
  void unlessEqual(int value, int label) {
    add(JUMP_IF_EQUAL, NEXT, label, value);
  }

  /// Continues if the accumulator is at least the value (unsigned), and jumps to a label otherwise.
  void unlessAtLeast(int value, int label) {
    add(JUMP_IF_AT_LEAST, NEXT, label, value);
  }

  /// Jumps to a label if the accumulator is at least the value (unsigned), and continues otherwise.
  void ifAtLeast(int value, int label) {
    add(JUMP_IF_AT_LEAST, label, NEXT, value);
  }

  void giveBack(int action) {
    add(RETURN, NEXT, NEXT, action);
  }

  private void add(int code, int ifTrue, int ifFalse, int operand) {
    instructions.add(new Instruction(code, ifTrue, ifFalse, operand));
  }

  /// Returns the program as an array of `struct sock_filter`, little-endian like all known
  /// architectures.
  byte[] bytes() {
    if (instructions.size() > MOST_INSTRUCTIONS) {
      throw new IllegalStateException(instructions.size() + " instructions, the kernel takes 4096");
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(instructions.size() * INSTRUCTION).order(ByteOrder.LITTLE_ENDIAN);
    for (int at = 0; at < instructions.size(); at++) {
      Instruction i = instructions.get(at);
      bytes.putShort((short) i.code());
      bytes.put((byte) distance(at, i.ifTrue()));
      bytes.put((byte) distance(at, i.ifFalse()));
      bytes.putInt(i.operand());
    }
    return bytes.array();
  }

  private int distance(int from, int label) {
    if (label == NEXT) {
      return 0;
    }
    int distance = places.get(label) - from - 1;
    if (distance < 0 || distance > MOST_DISTANCE) {
      throw new IllegalStateException("a jump over " + distance + " instructions, BPF takes 255");
    }
    return distance;
  }
}
