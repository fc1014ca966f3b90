package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// The commands that package managers of other languages run when they install a package of the
/// crate. Not thread-safe.
final class InstallSteps {
  private static final int MOST = 256;
  private static final Pattern PAIR =
      Pattern.compile("\"([A-Za-z:_-]{1,64})\"\\s*:\\s*\\[?\\s*\"((?:[^\"\\\\]|\\\\.){1,2000})\"");
  private static final Pattern ESCAPE = Pattern.compile("\\\\u00([0-7][0-9a-fA-F])");
  private static final Set<String> RUN =
      Set.of(
          "preinstall",
          "install",
          "postinstall",
          "prepare",
          "preprepare",
          "postprepare",
          "prepublish",
          "dependencies",
          "pre-install-cmd",
          "post-install-cmd",
          "pre-update-cmd",
          "post-update-cmd",
          "post-autoload-dump");

  private final List<Step> steps = new ArrayList<>();

  private record Step(String path, String folder, String command) {}

  /// Returns whether a file may name such commands.
  static boolean in(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.equals("package.json") || name.equals("composer.json");
  }

  /// Adds a file and returns all its commands if one of them runs automatically, because it may
  /// call the others. Empty if there is none.
  String take(String path, byte[] bytes, int length) {
    String text =
        ESCAPE
            .matcher(new String(bytes, 0, length, StandardCharsets.UTF_8))
            .replaceAll(
                m -> String.valueOf((char) Integer.parseInt(m.group(1), 16)).replace("\\", ""));
    List<String> commands = new ArrayList<>();
    boolean runs = false;
    var matcher = PAIR.matcher(text);
    while (matcher.find() && commands.size() < MOST) {
      runs |= RUN.contains(matcher.group(1));
      commands.add(matcher.group(2).replace("\\\"", "\""));
    }
    if (!runs || steps.size() >= MOST) {
      return "";
    }
    String folder = path.substring(0, path.lastIndexOf('/') + 1);
    String all = String.join("\n", commands);
    steps.add(new Step(path, folder, all));
    return all;
  }

  /// Returns whether a file runs when a package around it is installed, or names such commands.
  boolean run(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    var named =
        Pattern.compile(
            "(?:^|[\\s/\"'\\\\])"
                + Pattern.quote(dot > 0 ? name.substring(0, dot) : name)
                + "(?![A-Za-z0-9_-])");
    return steps.stream()
        .anyMatch(
            step ->
                step.path().equals(path)
                    || (path.startsWith(step.folder()) && named.matcher(step.command()).find()));
  }
}
