package lazaret.vetting.inspect.script;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The files of a crate other than Rust: scripts, settings of tools that start them, and pages with
/// scripts. Bounded, not thread-safe.
public final class CarriedFiles {
  private static final int MAX_CASE = 1 << 16;

  /// Endings of files from which tests take commands.
  private static final Set<String> CASES =
      Set.of(
          "case", "txt", "trycmd", "t", "cmd", "in", "toml", "yaml", "yml", "test", "shell",
          "console");

  private final ScriptScan scripts = new ScriptScan();
  private final ToolSettings settings = new ToolSettings();
  private final PageScripts pages = new PageScripts();
  private final AssistantNotes notes = new AssistantNotes();

  /// The kinds of findings in such files.
  public enum Kind {
    /// Settings of a tool that start a script of the crate, or fetch what they run.
    SETTINGS,
    /// A script in pages of documentation.
    PAGE
  }

  /// A finding in such a file.
  ///
  /// @param strong whether the finding is characteristic of an attack
  public record Found(Kind kind, String path, int line, String says, boolean strong) {}

  /// Returns the scripts.
  public ScriptScan scripts() {
    return scripts;
  }

  /// Returns the number of bytes of a file that must be read.
  public static int wanted(String path) {
    boolean page = PageScripts.is(path);
    String name = path.substring(path.lastIndexOf('/') + 1);
    boolean program =
        name.lastIndexOf('.') <= 0 || CASES.contains(path.substring(path.lastIndexOf('.') + 1));
    return page
        ? PageScripts.MAX
        : ToolSettings.is(path) || InstallSteps.in(path) || AssistantNotes.is(path) || program
            ? ToolSettings.MAX
            : 0;
  }

  /// Scans a file.
  ///
  /// @param test whether the file is among tests
  /// @param bytes an array that begins with the file, borrowed during the call
  public void file(String path, boolean test, byte[] bytes, int length) {
    ScriptKind kind = ScriptKind.of(path, bytes, length);
    if (test) {
      if (kind == ScriptKind.SCRIPT || cases(path, bytes, length)) {
        scripts.amongTests(path, bytes, length);
      }
      return;
    }
    if (kind != ScriptKind.NONE) {
      scripts.file(path, kind, bytes, length);
    }
    if (ToolSettings.is(path)) {
      settings.file(path, bytes, length);
    }
    if (InstallSteps.in(path)) {
      scripts.steps(path, bytes, length);
    }
    if (AssistantNotes.is(path) || path.endsWith(".md")) {
      notes.file(path, bytes, length);
    }
    if (PageScripts.is(path)) {
      pages.file(path, bytes, length);
    }
  }

  /// Returns whether a file among tests may contain commands of a test, and one of them sends.
  private static boolean cases(String path, byte[] bytes, int length) {
    boolean text = CASES.contains(path.substring(path.lastIndexOf('.') + 1));
    for (int i = 0; text && i + 3 < Math.min(length, MAX_CASE); i++) {
      boolean curl = bytes[i] == 'c' && bytes[i + 1] == 'u' && bytes[i + 2] == 'r';
      boolean wget = bytes[i] == 'w' && bytes[i + 1] == 'g' && bytes[i + 2] == 'e';
      if (curl || wget) {
        return true;
      }
    }
    return false;
  }

  /// Finds scripts that settings start, and scripts in pages.
  ///
  /// @param documentation the arguments of the documentation tool
  public List<Found> find(List<String> documentation) {
    List<Found> all = new ArrayList<>();
    for (ScriptScan.Found script : scripts.found()) {
      settings
          .naming(script.path())
          .filter(_ -> script.strong() || script.sends() || script.telling())
          .map(
              setting ->
                  new Found(
                      Kind.SETTINGS,
                      setting.path(),
                      setting.line(),
                      setting.says() + ": " + script.acts() + ": " + script.says(),
                      script.strong() || script.sends()))
          .ifPresent(all::add);
    }
    for (ToolSettings.Setting each : settings.fetching()) {
      all.add(new Found(Kind.SETTINGS, each.path(), each.line(), each.says(), true));
    }
    for (ToolSettings.Setting each : settings.automatic()) {
      all.add(new Found(Kind.SETTINGS, each.path(), each.line(), each.says(), false));
    }
    for (AssistantNotes.Note each : notes.notes()) {
      all.add(new Found(Kind.SETTINGS, each.path(), each.line(), each.says(), each.strong()));
    }
    for (PageScripts.Page page : pages.pages()) {
      boolean named = documentation.stream().anyMatch(argument -> argument.endsWith(page.path()));
      boolean strong = page.pays() || page.acts();
      if (named || (page.pays() && !page.fragment())) {
        all.add(new Found(Kind.PAGE, page.path(), page.line(), page.says(), strong));
      }
    }
    documentation.stream()
        .filter(argument -> argument.contains("<script"))
        .forEach(argument -> all.add(new Found(Kind.PAGE, "Cargo.toml", 0, argument, true)));
    return all;
  }
}
