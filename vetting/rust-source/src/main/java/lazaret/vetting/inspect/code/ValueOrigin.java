package lazaret.vetting.inspect.code;

import java.util.Locale;
import java.util.Set;

/// The origins of values, as bits of a set.
public final class ValueOrigin {
  public static final int FILE = 1;
  public static final int INCLUDED = 1 << 1;
  public static final int DECODED = 1 << 2;
  public static final int OUT_DIR = 1 << 3;
  public static final int CRATE = 1 << 4;
  public static final int HOME = 1 << 5;
  public static final int DEPENDENCY = 1 << 6;
  public static final int VARIABLE = 1 << 7;
  public static final int TOOL = 1 << 8;
  public static final int OUTPUT = 1 << 9;
  public static final int ABOVE = 1 << 10;
  public static final int TEMPORARY = 1 << 11;

  /// The network, or a value that communicates with it.
  public static final int RECEIVED = 1 << 12;

  /// A key, a seed or a phrase, by its name.
  public static final int SECRET = 1 << 13;

  /// A password, by its name.
  public static final int PASSWORD = 1 << 14;

  /// Environment variables that no literal names.
  public static final int ENVIRONMENT = 1 << 15;

  /// A path or variable for secrets.
  public static final int CREDENTIAL = 1 << 16;

  public static final int CLIPBOARD = 1 << 17;

  /// Names of the machine.
  public static final int MACHINE = 1 << 18;

  /// Names of the user.
  public static final int USER = 1 << 21;

  /// Current folders and programs.
  static final int FOLDER = 1 << 22;

  /// A listing of folders.
  public static final int WALKED = 1 << 19;

  /// Numbers of an array in the source.
  public static final int LITERAL_BYTES = 1 << 20;

  /// A device that records what a user types, says or displays.
  public static final int DEVICE = 1 << 23;

  /// A reply of a client with an imported name, or a parameter that another machine sets. It is
  /// followed to calls that run it, not to calls that send.
  public static final int ANSWER = 1 << 24;

  /// Another machine in any way.
  public static final int FOREIGN = RECEIVED | ANSWER;

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

  private ValueOrigin() {}

  /// Returns the origin of an environment variable.
  ///
  /// @param name the name, with [ConstantTexts#UNKNOWN] for an unknown part
  public static int ofVariable(String name) {
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

  /// Returns the origin of the result of a method or the value of a field.
  public static int ofMethod(String word) {
    return switch (word) {
      case "stdout" -> OUTPUT;
      case "parent", "ancestors" -> ABOVE;
      default -> 0;
    };
  }

  /// Returns whether a set contains one of the origins.
  public static boolean any(int set, int... origins) {
    for (int origin : origins) {
      if ((set & origin) != 0) {
        return true;
      }
    }
    return false;
  }
}
