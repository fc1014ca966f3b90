package lazaret.vetting.inspect.behavior;

import java.util.Locale;
import java.util.Set;

/// Sources of values, as bits of a set.
final class Origin {
  static final int FILE = 1;
  static final int INCLUDED = 1 << 1;
  static final int DECODED = 1 << 2;
  static final int OUT_DIR = 1 << 3;
  static final int CRATE = 1 << 4;
  static final int HOME = 1 << 5;
  static final int DEPENDENCY = 1 << 6;
  static final int VARIABLE = 1 << 7;
  static final int TOOL = 1 << 8;
  static final int OUTPUT = 1 << 9;
  static final int ABOVE = 1 << 10;
  static final int TEMPORARY = 1 << 11;

  /// From the network, or a thing that talks to it.
  static final int RECEIVED = 1 << 12;

  /// A key, a seed, a phrase, by its name.
  static final int SECRET = 1 << 13;

  /// Named as a password.
  static final int PASSWORD = 1 << 14;

  /// Variables of the environment that no literal names.
  static final int ENVIRONMENT = 1 << 15;

  /// By a path or variable where secrets lie.
  static final int CREDENTIAL = 1 << 16;

  static final int CLIPBOARD = 1 << 17;

  /// Names of the machine.
  static final int MACHINE = 1 << 18;

  /// Names of the user.
  static final int USER = 1 << 21;

  /// Folders and programs that run now.
  static final int FOLDER = 1 << 22;

  /// Out of a listing of folders.
  static final int WALKED = 1 << 19;

  /// Numbers of an array that stands in the source.
  static final int LITERAL_BYTES = 1 << 20;

  /// From a device that carries what a user types, says or shows.
  static final int DEVICE = 1 << 23;

  /// What a client gives that is known by an imported name, or a parameter that another machine
  /// sets. Followed to what runs it, not to what sends.
  static final int ANSWER = 1 << 24;

  /// From another machine in any way.
  static final int FOREIGN = RECEIVED | ANSWER;

  private static final Set<String> HOMES =
      Set.of(
          "HOME",
          "USERPROFILE",
          "HOMEPATH",
          "APPDATA",
          "LOCALAPPDATA",
          "CARGO_HOME",
          "RUSTUP_HOME",
          "XDG_CONFIG_HOME",
          "ZDOTDIR",
          "GIT_DIR");
  private static final Set<String> TOOLS =
      Set.of(
          "RUSTC RUSTDOC CARGO CC CXX AR LD NM LINKER RANLIB STRIP MAKE GMAKE CMAKE NINJA PERL"
              .split(" ", -1));
  private static final Set<String> TOOL_PARTS =
      Set.of("RUSTC", "CONFIG", "PROTOC", "LLVM", "CLANG", "PYTHON", "NASM", "YASM", "EMCC", "GCC");

  private Origin() {}

  /// Returns the origin of a variable of the environment.
  ///
  /// @param name with [Texts#UNKNOWN] for what is not known
  static int ofVariable(String name) {
    String upper = name.toUpperCase(Locale.ROOT);
    if (upper.startsWith("DEP_")) {
      return DEPENDENCY;
    }
    if (HOMES.contains(upper)) {
      return HOME;
    }
    if (upper.equals("OUT_DIR") || upper.equals("CARGO_TARGET_DIR")) {
      return OUT_DIR;
    }
    if (upper.equals("CARGO_MANIFEST_DIR")) {
      return CRATE;
    }
    if (upper.equals("TMPDIR") || upper.equals("TEMP") || upper.equals("TMP")) {
      return TEMPORARY;
    }
    boolean tool =
        TOOLS.contains(upper)
            || TOOL_PARTS.stream().anyMatch(upper::contains)
            || TOOLS.stream().anyMatch(t -> upper.endsWith("_" + t) || upper.startsWith(t + "_"));
    return tool ? TOOL : VARIABLE;
  }

  /// Returns the origin of what a method gives or a field holds.
  static int ofMethod(String word) {
    return switch (word) {
      case "stdout" -> OUTPUT;
      case "parent", "ancestors" -> ABOVE;
      default -> 0;
    };
  }

  static boolean any(int set, int... origins) {
    for (int origin : origins) {
      if ((set & origin) != 0) {
        return true;
      }
    }
    return false;
  }
}
