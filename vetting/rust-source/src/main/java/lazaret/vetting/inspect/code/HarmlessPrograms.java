package lazaret.vetting.inspect.code;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import lazaret.vetting.inspect.code.SourceTokens.Range;

/// Programs that only report on a project or format a given text, with fixed subcommands and
/// options.
public final class HarmlessPrograms {
  private static final int STATEMENT = 160;
  private static final int NEAR = 96;
  private static final Set<String> FORMATTERS =
      Set.of(
          "rustfmt", "prettyplease", "clang-format", "prettier", "sqlformat", "pg_format", "taplo");
  private static final Set<String> GIT =
      Set.of(
          ("diff status rev-parse describe ls-files log show symbolic-ref name-rev merge-base"
                  + " show-ref cat-file ls-tree rev-list diff-index diff-tree blame shortlog")
              .split(" ", -1));
  private static final Set<String> CARGO =
      Set.of(
          "metadata", "locate-project", "pkgid", "tree", "fmt", "verify-project", "read-manifest");

  /// Programs that report on the machine, the desktop or the user, or play a sound.
  private static final Set<String> ASKING =
      Set.of(
          ("gsettings dconf kreadconfig5 kreadconfig6 scutil networksetup reg defaults uname"
                  + " sw_vers lsb_release hostname hostnamectl locale localectl timedatectl"
                  + " system_profiler ioreg sysctl pmset acpi upower xdg-mime xdg-settings"
                  + " xdg-user-dir xrandr xdpyinfo xprop stty tput infocmp ps df du lsblk lscpu lspci"
                  + " lsusb free uptime nproc getconf getent id whoami groups tty fc-list fc-match ldd"
                  + " file dpkg-query nvidia-smi rocm-smi vm_stat systeminfo tasklist ver mount"
                  + " findmnt xset iw sensors loginctl lsof ss netstat mdls mdfind dscl vmstat iostat"
                  + " wmctrl paplay aplay afplay pw-play notify-send espeak espeak-ng spd-say"
                  + " xprintidle caffeinate")
              .split(" ", -1));

  /// Words by which some of these programs change what they report.
  private static final Set<String> CHANGING =
      Set.of(
          ("add delete import load restore set write rename reset set-hostname set-locale -w"
                  + " -setwebproxy -setdnsservers -o --exec -exec kill terminate copy default"
                  + " install create append passwd")
              .split(" ", -1));

  private HarmlessPrograms() {}

  /// Returns whether a text names only programs that report, and the source has no word by which
  /// some of them change things.
  ///
  /// @param text the names of programs, as far as known; the text of a parameter has an unknown
  ///   part for the function itself
  public static boolean asks(SourceTokens code, String text) {
    boolean any = false;
    for (String name : text.split(String.valueOf(ConstantTexts.BETWEEN), -1)) {
      boolean open = !name.isEmpty() && name.charAt(name.length() - 1) == ConstantTexts.UNKNOWN;
      String known = open ? name.substring(0, name.length() - 1) : name;
      if (!known.isEmpty() && !ASKING.contains(known)) {
        return false;
      }
      any |= !known.isEmpty();
    }
    return any && Arrays.stream(code.strings()).noneMatch(i -> CHANGING.contains(code.literal(i)));
  }

  /// Returns whether a call such as `Command::new("git").args(["diff", ..])` begins at a token.
  ///
  /// @param at the word `new`
  public static boolean starts(SourceTokens code, int at) {
    if (!code.string(at + 2) || code.close(at + 1) != at + 3) {
      return false;
    }
    String program = code.literal(at + 2);
    Set<String> asked = program.equals("git") ? GIT : program.equals("cargo") ? CARGO : Set.of();
    boolean formats = FORMATTERS.contains(program);
    boolean compiler = program.equals("rustc") || program.equals("rustup");
    if (asked.isEmpty() && !formats && !compiler) {
      return false;
    }
    int end = Math.min(code.end(at + 4, false), at + STATEMENT);
    String first = "";
    for (int i = at + 4; i < end; i++) {
      boolean environment = code.is(i, "env") || code.is(i, "envs");
      if (environment || (code.string(i) && dangerous(code.literal(i)))) {
        return false;
      }
      first = first.isEmpty() && code.string(i) ? code.literal(i) : first;
    }
    boolean version = first.startsWith("-v") || first.startsWith("-V") || first.startsWith("--v");
    return formats || (compiler ? version || first.equals("--print") : asked.contains(first));
  }

  private static boolean dangerous(String text) {
    return (text.startsWith("-c") && text.length() < 3)
        || text.startsWith("--config")
        || text.startsWith("--exec")
        || text.startsWith("--output")
        || text.startsWith("--ext-diff")
        || text.startsWith("--textconv")
        || text.startsWith("--plugin");
  }

  /// Returns the programs in the tuples of a loop `for (program, args) in tools`. Each tuple of the
  /// array begins with a text. Empty for other operands.
  ///
  /// @param operand the program that is started
  public static List<String> choice(SourceTokens code, Range operand) {
    int name = code.is(operand.from(), '&') ? operand.from() + 1 : operand.from();
    if (name + 1 != operand.to() || code.word(name).isEmpty()) {
      return List.of();
    }
    for (int i = name; i > Math.max(1, name - NEAR); i--) {
      if (code.is(i, "for") && code.is(i + 1, '(') && code.is(i + 2, code.word(name))) {
        int in = code.close(i + 1) + 1;
        int from = code.is(in + 1, '&') ? in + 2 : in + 1;
        return code.is(in, "in") ? first(code, code.word(from)) : List.of();
      }
    }
    return List.of();
  }

  /// Returns the first texts of the tuples of an array, or empty if one has none.
  private static List<String> first(SourceTokens code, String array) {
    for (int i = 0; i < code.size() && !array.isEmpty(); i++) {
      boolean bound = code.is(i, "let") || code.is(i, "const") || code.is(i, "static");
      if (bound && code.is(i + 1, array)) {
        int open = code.until(i + 1, '=') + 1;
        return texts(code, code.is(open, '&') ? open + 1 : open);
      }
    }
    return List.of();
  }

  private static List<String> texts(SourceTokens code, int open) {
    List<String> all = new ArrayList<>();
    for (Range each : code.is(open, '[') ? code.arguments(open) : List.<Range>of()) {
      if (!code.is(each.from(), '(') || !code.string(each.from() + 1)) {
        return List.of();
      }
      all.add(code.literal(each.from() + 1));
    }
    return all;
  }
}
