package lazaret.sandbox.filter;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// An interpreter of the classic BPF that seccomp accepts. It is written from the documentation
/// (Linux networking/filter.rst), independently of the assembler.
final class BpfMachine {
  private static final int DATA = 64;

  private final ByteBuffer program;

  BpfMachine(byte[] program) {
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  int instructions() {
    return program.capacity() / 8;
  }

  /// Returns the action (SECCOMP_RET_*) for a call.
  int run(int number, int arch, long... arguments) {
    ByteBuffer data = ByteBuffer.allocate(DATA).order(ByteOrder.LITTLE_ENDIAN);
    data.putInt(number).putInt(arch).putLong(0);
    for (long argument : arguments) {
      data.putLong(argument);
    }
    int a = 0;
    int x = 0;
    for (int at = 0; at < instructions(); at++) {
      int code = Short.toUnsignedInt(program.getShort(at * 8));
      int ifTrue = Byte.toUnsignedInt(program.get(at * 8 + 2));
      int ifFalse = Byte.toUnsignedInt(program.get(at * 8 + 3));
      int k = program.getInt(at * 8 + 4);
      switch (code) {
        case 0x20 -> {
          if (k % 4 != 0 || k < 0 || k >= DATA) {
            throw new IllegalStateException("seccomp_check_filter refuses a load at " + k);
          }
          a = data.getInt(k);
        }
        case 0x54 -> a &= k;
        case 0x4c -> a |= x;
        case 0x07 -> x = a;
        case 0x15 -> at += a == k ? ifTrue : ifFalse;
        case 0x35 -> at += Integer.compareUnsigned(a, k) >= 0 ? ifTrue : ifFalse;
        case 0x06 -> {
          return k;
        }
        default -> throw new IllegalStateException("unknown instruction " + code);
      }
    }
    throw new IllegalStateException("the program runs off its end");
  }
}
