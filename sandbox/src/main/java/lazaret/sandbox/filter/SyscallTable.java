package lazaret.sandbox.filter;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import lazaret.sandbox.CpuArchitecture;

/// The numbers of the system calls of one architecture. Immutable.
public final class SyscallTable {
  private final int audit;
  private final NavigableMap<Integer, String> names = new TreeMap<>();
  private final HashMap<String, Integer> numbers = new HashMap<>();

  private SyscallTable(List<String> lines) {
    int arch = 0;
    for (String line : lines) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("audit")) {
        arch = (int) (long) Long.decode(words[1]);
      } else if (!words[0].startsWith("#")) {
        names.put(Integer.valueOf(words[0]), words[1]);
        numbers.put(words[1], Integer.valueOf(words[0]));
      }
    }
    audit = arch;
  }

  /// Returns the table of an architecture.
  public static SyscallTable of(CpuArchitecture architecture) {
    return switch (architecture) {
      case X86_64 -> X86.TABLE;
      case AARCH64 -> Arm.TABLE;
    };
  }

  /// The holder of a table that is read at its first use.
  private static final class X86 {
    private static final SyscallTable TABLE = new SyscallTable(resource("x86-64.txt"));
  }

  private static final class Arm {
    private static final SyscallTable TABLE = new SyscallTable(resource("aarch64.txt"));
  }

  /// Returns the lines of a resource in the package of this class.
  static List<String> resource(String name) {
    try (InputStream in =
        Objects.requireNonNull(SyscallTable.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Returns the number of a call, or empty if the architecture lacks it.
  public OptionalInt number(String name) {
    Integer number = numbers.get(name);
    return number == null ? OptionalInt.empty() : OptionalInt.of(number);
  }

  /// Returns the name of a call, or empty if no call has the number.
  public Optional<String> name(int number) {
    return Optional.ofNullable(names.get(number));
  }

  /// Returns the names by number.
  NavigableMap<Integer, String> names() {
    return names;
  }

  /// Returns the identifier of the architecture in `seccomp_data.arch` (linux/audit.h).
  int audit() {
    return audit;
  }
}
