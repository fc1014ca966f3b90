package lazaret.vetting.inspect.behavior;

import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.PatternPrefilter;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.TestDataPaths;
import lazaret.vetting.inspect.code.WordSet;
import org.jspecify.annotations.Nullable;

/// Texts of statements, composed of their pieces: directives of a build script, paths to
/// configuration, paths below `/proc`.
public final class TextRules {
  public static final Pattern LINK_ARGUMENT =
      Pattern.compile(
          "(?<![a-z-])(?>[a-z-]*?rustc-(?:cdylib-)?link-arg)[a-z-]*+=(.*)", Pattern.DOTALL);
  public static final Pattern DIRECTIVE =
      Pattern.compile("cargo::?\u0001|rustc-\u0001|cargo::?rustc-[a-z-]*\u0001");
  public static final Pattern VARIABLE = Pattern.compile("rustc-env=([A-Za-z0-9_\u0001]*)=");
  public static final Pattern FLAGS = Pattern.compile("rustc-flags=(.*)", Pattern.DOTALL);
  private static final Pattern NAME = Pattern.compile("^\\{[a-z_]+\\}");
  private static final Pattern CHOOSES =
      Pattern.compile(
          "-fuse-ld|--?ld-path|-B[ \u0001./]|-specs|-wrapper|-plugin|-fplugin|-load|linker[=-]|@|"
              + "-dynamic-linker|-(?:Wl,)?-?-(?:wrap|init|fini|entry|audit|interp)\\b|-preload|-pg-lto");
  private static final Pattern HARMLESS_LINKER =
      Pattern.compile(
          "-fuse-ld=(?:lld|mold|gold|bfd|wild)(?:-?[0-9]*)$|linker-flavor|--?specs=(?:nano|nosys|rdimon)\\.specs$");
  private static final Set<String> VARIABLES =
      Set.of(
          "RUSTC RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER RUSTC_LINKER RUSTDOC RUSTFLAGS CARGO PATH"
              .split(" ", -1));
  private static final Pattern VARIABLE_PARTS =
      Pattern.compile(
          "^(?:LD_|DYLD_|CARGO_(?:HOME|TARGET_|BUILD_|REGISTR|ENCODED|NET|ALIAS)|GIT_(?:SSH|EXEC|CONFIG|DIR|EDITOR|PAGER|ASKPASS|PROXY|TEMPLATE)|RUSTUP_)|WRAPPER|PRELOAD|\u0001");
  public static final Pattern CONFIGURATION =
      Pattern.compile(
          "(?i)\\.cargo/+(?:config|bin|env|credentials|registry|git)|(?:^|/)\\.gitconfig|\\.git/+(?:hooks|config|info)|"
              + "\\.config/+(?:git|fish|systemd|autostart)|\\.rustup/|rustup/+(?:toolchains|settings)|"
              + "\u0001/+hooks/+|core\\.(?:hookspath|sshcommand|fsmonitor|editor|pager)|"
              + "credential\\.helper|(?<![^ ])(?>[^ ]*?filter\\.)[^ ]*\\.(?:smudge|clean|process)|insteadof|init\\.templatedir|"
              + "/\\.(?:profile|zprofile|zshenv|zlogin|bash_login|bash_logout|kshrc|cshrc|xprofile|xinitrc|envrc)(?:$|[^a-z])|"
              + "rustc-workspace-wrapper|\\.vscode/+(?:tasks|settings)|\\.idea/");

  public static final Pattern CARGO_HOME_FILE =
      Pattern.compile(
          "(?i)(?:^|\u0001/+|/)(?:config\\.toml|credentials\\.toml|bin/cargo[^/]*|bin/rustc[^/]*)$");
  public static final Pattern PROC =
      Pattern.compile(
          "/proc/++(?:self|thread-self|[0-9]++|\u0001[^/]*+|\\{[^}/]*+\\})/++(?:task(?:/++[^/]++/++|//++))?+(?:mem|environ|maps|fd|root|cwd|exe|cmdline|pagemap|stack|auxv|\u0001|status|stat)\\b");

  /// Words of a statement that composes a path.
  private static final WordSet PATHS = WordSet.of("join", "PathBuf", "Path");

  private static final WordSet JOIN = WordSet.of("join");

  /// The patterns of this rule.
  private static final List<Need> SEARCHED =
      List.of(Need.DIRECTIVE, Need.CONFIGURATION, Need.CARGO_HOME, Need.PROCESS, Need.TEST_DATA);

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private @Nullable Boolean generatesTests;

  TextRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  /// Reads each statement, and the content of its brackets separately.
  void find() {
    if (SEARCHED.stream().noneMatch(values::may)) {
      return;
    }
    boolean[] joins = code.named(JOIN);
    boolean[] paths = code.named(PATHS);
    boolean telling = false;
    boolean path = false;
    int from = 0;
    for (int i = 0; i <= code.size() && code.spend(1); i++) {
      char c = code.punctuation(i);
      if (i == code.size() || c == ';' || c == '{' || c == '}') {
        if (telling) {
          statement(from, i, path);
        }
        from = i + 1;
        telling = false;
        path = false;
      } else if (c == 0) {
        telling |= code.string(i) || code.character(i) || code.number(i) || code.is(i, joins);
        path |= code.is(i, paths);
      }
    }
  }

  private void statement(int from, int to, boolean path) {
    String text = values.texts().of(from, to);
    if (text.indexOf(ConstantTexts.BETWEEN) < 0) {
      int found = PatternPrefilter.of(text);
      if (telling(found)) {
        reading(text, found, from);
        testData(text, found, from);
      }
      return;
    }
    char separator = path ? '/' : ' ';
    int separated = 0;
    for (ConstantTexts.Reading reading : ConstantTexts.Reading.values()) {
      int found = PatternPrefilter.of(text, reading.between());
      if (telling(found)) {
        reading(reading.of(text), found, from);
      }
      separated = reading.between() == separator ? found : separated;
    }
    if (Need.TEST_DATA.in(separated)) {
      testData(text.replace(ConstantTexts.BETWEEN, separator), separated, from);
    }
  }

  /// Returns whether one of the patterns of this rule could match.
  private static boolean telling(int found) {
    for (Need need : SEARCHED) {
      if (need.in(found)) {
        return true;
      }
    }
    return false;
  }

  private void reading(String text, int found, int at) {
    if (Need.DIRECTIVE.in(found)) {
      directives(text, at);
    }
    paths(text, at, found);
  }

  private void testData(String text, int found, int at) {
    if (Need.TEST_DATA.in(found) && TestDataPaths.names(text) && !generatesTests()) {
      found(Behavior.TEST_DATA, at, text);
    }
  }

  private boolean generatesTests() {
    Boolean known = generatesTests;
    if (known == null) {
      known = TestDataPaths.generatesTests(code);
      generatesTests = known;
    }
    return known;
  }

  private void directives(String text, int at) {
    Matcher argument = LINK_ARGUMENT.matcher(text);
    if (argument.find()) {
      String value = argument.group(1).strip();
      String last =
          value.startsWith("\u0001=") || value.matches("(?s)[A-Za-z0-9_][A-Za-z0-9_-]*=.*")
              ? value.substring(value.indexOf('=') + 1)
              : value;
      boolean unknown =
          last.isEmpty() || last.charAt(0) == ConstantTexts.UNKNOWN || NAME.matcher(last).find();
      boolean chooses = CHOOSES.matcher(last).find() && !HARMLESS_LINKER.matcher(last).find();
      if (unknown || chooses) {
        found(Behavior.LINKER_PROGRAM, at, text);
      }
    } else if (DIRECTIVE.matcher(text).find()) {
      found(Behavior.LINKER_PROGRAM, at, text);
    }
    Matcher variable = VARIABLE.matcher(text);
    if (variable.find()
        && (VARIABLES.contains(variable.group(1))
            || VARIABLE_PARTS.matcher(variable.group(1)).find())) {
      found(Behavior.LINKER_PROGRAM, at, text);
    }
    Matcher flags = FLAGS.matcher(text);
    if (flags.find() && !flags.group(1).strip().matches("(?s)(?:-[lL] *+[^- ][^ ]*+ *+)*+")) {
      found(Behavior.LINKER_PROGRAM, at, text);
    }
  }

  private void paths(String text, int at, int found) {
    if (configures(text, found)) {
      found(Behavior.TOOL_CONFIG, at, text);
    }
    if (Need.PROCESS.in(found) && PROC.matcher(text).find()) {
      found(Behavior.PROCESS_FILES, at, text);
    }
  }

  /// Returns whether a path is that of a configuration.
  static boolean configures(String path) {
    return configures(path, PatternPrefilter.of(path));
  }

  private static boolean configures(String path, int found) {
    return (Need.CONFIGURATION.in(found) && CONFIGURATION.matcher(path).find())
        || (Need.CARGO_HOME.in(found) && CARGO_HOME_FILE.matcher(path).find());
  }

  private void found(Behavior what, int at, String text) {
    receiver.found(what, at, "makes '" + ConstantTexts.shown(text) + "'");
  }
}
