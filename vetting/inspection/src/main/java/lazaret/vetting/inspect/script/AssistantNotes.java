package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Instructions for coding assistants in a crate, and comments of pages that only an assistant
/// reads. The search finds requests that a human reader would refuse. Bounded, not thread-safe.
public final class AssistantNotes {
  /// The number of bytes of one file that are read.
  public static final int MAX = 1 << 16;

  private static final int MOST = 64;
  private static final int MAX_LINE = 2_000;
  private static final int SHOWN = 120;

  private static final Set<String> NAMES =
      Set.of(
          "claude.md",
          "claude.local.md",
          "agents.md",
          "agent.md",
          "gemini.md",
          "codex.md",
          "qwen.md",
          "copilot-instructions.md",
          ".cursorrules",
          ".windsurfrules",
          ".clinerules",
          ".roorules",
          ".goosehints",
          ".aider.conf.yml",
          "conventions.md",
          "llms.txt",
          "llms-full.txt",
          "skill.md");
  private static final Pattern FOLDERS =
      Pattern.compile(
          "(?:^|/)\\.(?:claude|cursor|windsurf|cline|clinerules|roo|continue|codex|gemini|kiro|amazonq|junie"
              + "|augment|trae|github/(?:instructions|prompts|chatmodes))/.*\\.(?:md|mdc|txt)$");

  /// A command that fetches what it runs.
  private static final Pattern FETCHES =
      Pattern.compile(
          "(?:curl|wget|iwr|irm|invoke-webrequest)\\s[^\n]{0,300}?(?:\\|\\s*(?:sudo\\s+)?(?:ba|z|da)?sh\\b"
              + "|\\|\\s*(?:python3?|node|perl|ruby|iex)\\b|&&\\s*(?:sh|bash|chmod))"
              + "|(?:ba|z)?sh\\s+<\\(\\s*curl|\\$\\(\\s*(?:curl|wget)|iex\\s*\\(?\\s*(?:irm|iwr)|base64\\s+(?:-d|--decode)\\s*\\|");

  /// Locations of secrets. Requests for keys by their names alone are common and do not count.
  private static final Pattern SECRETS =
      Pattern.compile(
          "\\.env\\b(?!\\.|-)|\\.ssh\\b|id_(?:rsa|ed25519)|\\.aws\\b|credentials\\.toml|\\.npmrc|\\.pypirc|\\.netrc"
              + "|\\.git-credentials|private keys?\\b|environment variables|\\bprintenv\\b|wallet|seed phrase|mnemonic"
              + "|\\.kube\\b|\\.docker/config|keychain|shell history|\\.bash_history|login data");

  private static final Pattern MOVES =
      Pattern.compile(
          "\\b(?:send|post|upload|paste|include|append|attach|submit|transmit|encode|exfiltrate|forward"
              + "|dump|share|curl|wget)(?:s|es|ed|ing)?\\b");

  private static final Pattern FORBIDS =
      Pattern.compile(
          "\\b(?:never|not|don't|avoid|nor|refuse to|no)\\s(?:[a-z]{1,12}\\s){0,3}(?:send|post|upload|paste|includ"
              + "|append|attach|submit|transmit|encod|forward|dump|shar)|gitignore");

  /// Requests to hide something from the user.
  private static final Pattern HIDES =
      Pattern.compile(
          "(?:do not|don't|never|without)\\s+(?:mention|tell|inform|notify|reveal|disclos|alert|show)\\w*"
              + "[^.\n]{0,60}\\b(?:user|human|developer|person|operator|anyone|them)\\b"
              + "|\\b(?:silently|quietly|secretly|invisibly)\\s+(?:run|execute|install|send|add|post|upload|include|append|fetch|download)"
              + "|(?:ignore|disregard|override)\\s+(?:all\\s+)?(?:previous|prior|earlier|above)\\s+(?:instructions|rules|prompts)"
              + "|--dangerously-skip-permissions|--yolo\\b|--trust-all-tools");

  /// Requests to act without a confirmation, which are often honest.
  private static final Pattern UNASKED =
      Pattern.compile(
          "(?:do not|don't|never|without|no need to)\\s+ask|without\\s+(?:confirmation|permission|approval)");

  private static final Pattern ACTS =
      Pattern.compile(
          "`[^`\n]{3,}`|\\b(?:run|execute|invoke|call|install|download|fetch|open|start|launch)\\b|https?://");

  private final List<Note> notes = new ArrayList<>();

  /// A line of instructions.
  ///
  /// @param strong whether the line is characteristic of an attack
  public record Note(String path, int line, String says, boolean strong) {}

  /// Returns whether a file contains instructions for an assistant.
  public static boolean is(String path) {
    String lower = path.toLowerCase(Locale.ROOT);
    String name = lower.substring(lower.lastIndexOf('/') + 1);
    return NAMES.contains(name) || FOLDERS.matcher(lower).find();
  }

  /// Scans instructions, or the comments of a page.
  ///
  /// @param bytes an array that begins with the file, borrowed during the call
  public void file(String path, byte[] bytes, int length) {
    String text = new String(bytes, 0, Math.min(length, MAX), StandardCharsets.UTF_8);
    String lower = (is(path) ? text : comments(text)).toLowerCase(Locale.ROOT);
    int line = 0;
    String before = "";
    for (String each : lower.lines().toList()) {
      line++;
      if (notes.size() >= MOST) {
        return;
      }
      String one = each.length() > MAX_LINE ? each.substring(0, MAX_LINE) : each;
      int at = line;
      judge(one, before + " " + one)
          .ifPresent(
              strong ->
                  notes.add(
                      new Note(
                          path,
                          at,
                          one.substring(0, Math.min(SHOWN, one.length())).strip(),
                          strong)));
      before = one;
    }
  }

  /// Returns whether a line is strong evidence, or empty if it does not ask for anything that a
  /// reader would refuse.
  private static Optional<Boolean> judge(String line, String both) {
    boolean fetches = FETCHES.matcher(line).find();
    boolean hides = HIDES.matcher(both).find();
    boolean takes =
        SECRETS.matcher(line).find() && MOVES.matcher(line).find() && !FORBIDS.matcher(line).find();
    boolean unasked = hides || UNASKED.matcher(both).find();
    if ((fetches || takes) && unasked) {
      return Optional.of(true);
    }
    if (fetches || takes || (hides && ACTS.matcher(both).find())) {
      return Optional.of(false);
    }
    return Optional.empty();
  }

  /// Returns the comments of a page, with its line breaks.
  private static String comments(String text) {
    if (!text.contains("<!--")) {
      return "";
    }
    var out = new StringBuilder();
    Matcher lines = Pattern.compile("<!--|-->|\n|[^\n<-]+|.").matcher(text);
    boolean inside = false;
    while (lines.find()) {
      String part = lines.group();
      if (part.equals("<!--")) {
        inside = true;
      } else if (part.equals("-->")) {
        inside = false;
      } else if (inside || part.equals("\n")) {
        out.append(part);
      }
    }
    return out.toString();
  }

  /// Returns the lines that were found.
  public List<Note> notes() {
    return notes;
  }
}
