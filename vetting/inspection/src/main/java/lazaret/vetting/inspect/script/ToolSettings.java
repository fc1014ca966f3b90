package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Settings of editors and other tools in folders that begin with a dot, by their texts that may be
/// commands. Bounded, not thread-safe.
public final class ToolSettings {
  /// The number of bytes of one file that are read.
  public static final int MAX = 1 << 16;

  private static final int MAX_VALUES = 1_024;
  private static final int MAX_LENGTH = 400;
  private static final int MOST_AUTOMATIC = 16;
  private static final Set<String> ENDINGS =
      Set.of("json", "jsonc", "json5", "toml", "xml", "lua", "vim", "yaml", "yml", "el", "kdl");
  private static final Pattern VALUE =
      Pattern.compile("\"([^\"\\n\\\\]{0,400})\"|'([^'\\n\\\\]{0,400})'");
  private static final Pattern FETCH =
      Pattern.compile(
          "(?i)(?:curl|wget|iwr|invoke-webrequest)\\s[^\"]{0,200}(?:\\|\\s*(?:ba|z)?sh\\b|\\|\\s*(?:python|node|iex)|-o\\s)"
              + "|(?:sh|bash) -c [^\"]{0,40}\\$\\((?:curl|wget)");

  /// Events at which tools start commands automatically.
  private static final Pattern EVENT =
      Pattern.compile(
          "\"(?:SessionStart|UserPromptSubmit|PreToolUse|PostToolUse|SessionEnd|Stop|beforeSubmitPrompt"
              + "|beforeShellExecution|afterFileEdit|sessionStart)\"\\s*:\\s*[\\[{]"
              + "|\"runOn\"\\s*:\\s*\"folderOpen\"");

  private final List<Setting> settings = new ArrayList<>();
  private final List<Setting> automatic = new ArrayList<>();

  /// A text of a settings file.
  ///
  /// @param says the text
  public record Setting(String path, int line, String says) {
    /// Returns whether the text names a file of the crate.
    ///
    /// @param file the path of the file below the crate's folder
    public boolean names(String file) {
      String slashed = says.replace('\\', '/');
      int at = slashed.indexOf(file);
      int end = at + file.length();
      boolean begins = at == 0 || (at > 0 && " /'\"=}".indexOf(slashed.charAt(at - 1)) >= 0);
      boolean ends =
          end == slashed.length() || (at >= 0 && " '\";".indexOf(slashed.charAt(end)) >= 0);
      return begins && ends;
    }

    /// Returns whether the text is a command that fetches what it runs.
    public boolean fetches() {
      return FETCH.matcher(says).find();
    }
  }

  /// Returns whether a file is such a settings file.
  public static boolean is(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    String ending = name.substring(name.lastIndexOf('.') + 1);
    boolean dotted =
        (path.startsWith(".") || path.contains("/."))
            && !path.startsWith(".github/")
            && !path.startsWith(".cargo");
    return name.endsWith(".code-workspace") || (dotted && ENDINGS.contains(ending));
  }

  /// Scans a file.
  ///
  /// @param bytes an array that begins with the file, borrowed during the call
  public void file(String path, byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, MAX), StandardCharsets.UTF_8);
    int line = 0;
    for (String each : text.lines().toList()) {
      line++;
      if (each.stripLeading().startsWith("//")) {
        continue;
      }
      if (automatic.size() < MOST_AUTOMATIC && EVENT.matcher(each).find()) {
        automatic.add(new Setting(path, line, each.strip()));
      }
      Matcher value =
          VALUE.matcher(each.length() > MAX_LENGTH ? each.substring(0, MAX_LENGTH) : each);
      while (settings.size() < MAX_VALUES && value.find()) {
        String says = value.group(1) != null ? value.group(1) : value.group(2);
        boolean key = each.startsWith(":", value.end()) || each.startsWith(" :", value.end());
        if (!key && !says.isBlank()) {
          settings.add(new Setting(path, line, says));
        }
      }
    }
  }

  /// Finds a setting that names a file of the crate.
  ///
  /// @param file the path of the file below the crate's folder
  public Optional<Setting> naming(String file) {
    return settings.stream().filter(setting -> setting.names(file)).findFirst();
  }

  /// Returns the lines by which a tool starts a command automatically: at the beginning of a
  /// session, or when the folder is opened.
  public List<Setting> automatic() {
    return automatic;
  }

  /// Returns the settings that fetch what they run.
  public List<Setting> fetching() {
    return settings.stream().filter(Setting::fetches).toList();
  }
}
