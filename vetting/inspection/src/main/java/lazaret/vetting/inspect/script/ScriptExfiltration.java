package lazaret.vetting.inspect.script;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lazaret.vetting.inspect.literal.AhoCorasick;

/// A search for the command of a script that passes secrets to a program that sends. Used once.
///
/// Secrets are the environment, a file of secrets or the output of a tool. Each line is read once,
/// with the lines that continue it by a bracket or a backslash.
final class ScriptExfiltration {
  private static final int MAX_COMMAND = 4_096;
  private static final int MAX_JOINED = 48;
  private static final int MAX_NAMES = 64;

  private static final Pattern SENDER =
      Pattern.compile(
          "(?i)(?:^|[\\s;|&({`/\"'=])(?:curl|wget|httpie|xh|nc|ncat|socat|invoke-webrequest"
              + "|invoke-restmethod|iwr|irm)(?:\\.exe)?\\s");
  private static final Pattern OPTION =
      Pattern.compile(
          "(?i)\\s(?:-d|-F|-T|-[a-z]{1,4}d|--data[a-z-]*|--form[a-z-]*|--upload-file|--post-data"
              + "|--post-file|--body-data|--body-file|--json|--url-query|-body|-infile)(?=[\\s=\"'@$`])");
  private static final Pattern PIPED =
      Pattern.compile("\\|\\s*(?:curl|nc|ncat|socat|wget|http)\\s");
  private static final Pattern WHOLE =
      Pattern.compile(
          "(?:^(?:\\$ )?|[;|&({`\\n])\\s*(?:/usr/bin/|command\\s|sudo\\s)?"
              + "(?:env|printenv|export -p|declare -x|declare -px|typeset -x|set)(?: -0| --null)?"
              + "\\s*(?:[;|)}`&>\\n]|2>|$)"
              + "|/proc/(?:self|\\$\\$|\\$PPID|[0-9]+)/environ"
              + "|(?i:(?:gci|get-childitem|dir|ls)\\s+env:)");
  private static final Pattern FILES =
      Pattern.compile(
          "(?:@|cat\\s|<\\s?|-InFile\\s)[^|;)]{0,120}?(?:\\.ssh/|id_rsa|id_ed25519|\\.aws/cred|\\.netrc"
              + "|\\.npmrc|\\.pypirc|\\.git-credentials|\\.cargo/cred|\\.docker/config|\\.kube/config"
              + "|/etc/shadow|\\.gnupg|_history)");
  private static final Pattern TOKENS =
      Pattern.compile(
          "gh auth token|gcloud auth print|aws configure (?:get|export)|npm config get [^ ]*auth"
              + "|git credential|git config (?:--list|-l\\b|--get-regexp)|security find-generic|op read"
              + "|az account get-access-token|kubectl get secrets?|vault (?:read|kv get)");
  private static final Pattern OUTPUT = Pattern.compile("\\$\\((?!\\()|`[a-z]");
  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?:://|[\\s@\"'])(?!127\\.|10\\.|0\\.|192\\.168\\.|172\\.(?:1[6-9]|2[0-9]|3[01])\\.|169\\.254\\.)"
              + "([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?=[:/\\s\"']|$)");
  private static final Pattern ASSIGNED =
      Pattern.compile("(?:^|[\\s;])([A-Za-z_][A-Za-z0-9_]{0,60})=\"?(?:\\$\\(|`)");
  private static final Pattern WRITTEN =
      Pattern.compile("[^0-9&]>{1,2}\\s*\"?([^\\s\"';|&)]{2,120})");
  private static final Pattern ENDS = Pattern.compile("<<-?\\s*['\"]?([A-Za-z_]{1,40})");

  /// Code that makes one text of the whole environment, in languages that have it as a table.
  private static final Pattern TABLE =
      Pattern.compile(
          "(?i)json\\.stringify\\(\\s*(?:\\{[^}]{0,80}\\.\\.\\.)?process\\.env\\s*[,)}]"
              + "|(?:dumps|urlencode|str|repr)\\(\\s*(?:dict\\()?os\\.environ\\s*[,)]"
              + "|(?:data|json|params)\\s*=\\s*(?:dict\\()?os\\.environ\\s*[,)]"
              + "|\\bENV\\.(?:to_h|to_a|to_json|inspect)|object\\.entries\\(process\\.env\\)"
              + "|\\bmap\\s*\\{[^}]{0,80}\\$ENV\\{\\$_\\}");

  /// The programs of [#SENDER].
  private static final List<String> SENDERS =
      List.of(
          "curl",
          "wget",
          "httpie",
          "xh",
          "nc",
          "ncat",
          "socat",
          "invoke-webrequest",
          "invoke-restmethod",
          "iwr",
          "irm");

  /// Texts of which each match of [#TABLE] contains one.
  private static final List<String> TABLES =
      List.of(
          "process.env",
          "os.environ",
          "env.to_h",
          "env.to_a",
          "env.to_json",
          "env.inspect",
          "$env{$_}");

  private static final AhoCorasick SIGNS =
      new AhoCorasick(Stream.concat(SENDERS.stream(), TABLES.stream()).toList());
  private static final String SPACES = " \t\n\u000B\f\r";
  private static final String BEFORE_SENDERS = SPACES + ";|&({`/\"'=";

  private final String text;
  private final Set<String> holding = new HashSet<>();
  private final Set<String> outputs = new HashSet<>();

  private ScriptExfiltration(byte[] bytes, int length) {
    text = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
  }

  /// Finds such a command.
  ///
  /// @param bytes an array that begins with the script
  /// @param fetches whether the script fetches or sends in any way
  /// @return the position of the command, or -1
  static int find(byte[] bytes, int length, boolean fetches) {
    return maybe(bytes, length, fetches) ? new ScriptExfiltration(bytes, length).find(fetches) : -1;
  }

  /// Returns whether a script may contain a match of [#SENDER] or [#TABLE]. Most contain none, and
  /// then no pattern runs on their lines.
  private static boolean maybe(byte[] bytes, int length, boolean fetches) {
    boolean[] found = {false};
    var _ =
        SIGNS.search(
            bytes,
            0,
            length,
            AhoCorasick.START,
            (sign, start, end) ->
                found[0] |= sign < SENDERS.size() ? program(bytes, start, end, length) : fetches);
    return found[0];
  }

  /// Returns whether a match may be a whole program name with or without `.exe`.
  private static boolean program(byte[] bytes, int start, int end, int length) {
    boolean begins = start == 0 || BEFORE_SENDERS.indexOf(bytes[start - 1]) >= 0;
    return begins && end < length && (bytes[end] == '.' || SPACES.indexOf(bytes[end]) >= 0);
  }

  private int find(boolean fetches) {
    int at = 0;
    while (at < text.length()) {
      int end = command(at);
      String command = text.substring(at, Math.min(end, at + MAX_COMMAND));
      if (!command.stripLeading().startsWith("#") && sends(command, fetches)) {
        return at + (command.length() - command.stripLeading().length());
      }
      at = end + 1;
    }
    return -1;
  }

  /// Returns the end of the command that begins at a line.
  private int command(int from) {
    int at = from;
    int depth = 0;
    String until = "";
    for (int lines = 0; lines < MAX_JOINED; lines++) {
      int end = text.indexOf('\n', at);
      end = end < 0 ? text.length() : end;
      String line = text.substring(at, Math.min(end, at + MAX_COMMAND));
      if (until.isEmpty()) {
        depth += depth(line);
        Matcher here = ENDS.matcher(line);
        until = here.find() ? here.group(1) : "";
      } else if (line.strip().equals(until)) {
        until = "";
      }
      boolean on = depth > 0 || line.endsWith("\\") || line.stripTrailing().endsWith("|");
      if ((!on && until.isEmpty()) || end == text.length() || end - from > MAX_COMMAND) {
        return end;
      }
      at = end + 1;
    }
    return at - 1;
  }

  /// Returns the number of command substitutions and groups that a line opens without closing them.
  private static int depth(String line) {
    int depth = 0;
    boolean comment = line.stripLeading().startsWith("#");
    for (int i = 0; i < line.length() && !comment; i++) {
      char c = line.charAt(i);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
      boolean group = c == '{' && (i == 0 || line.charAt(i - 1) != '$') && i + 1 < line.length();
      depth += group && line.charAt(i + 1) == ' ' ? 1 : 0;
      depth -= c == '}' && i > 0 && line.charAt(i - 1) == ' ' ? 1 : 0;
    }
    return Math.clamp(depth, 0, 8);
  }

  private boolean sends(String command, boolean fetches) {
    if (fetches && TABLE.matcher(command).find()) {
      return true;
    }
    Matcher sender = SENDER.matcher(command);
    if (!sender.find()) {
      receive(command);
      return false;
    }
    if (!OPTION.matcher(command).find() && !PIPED.matcher(command).find()) {
      return false;
    }
    if (taken(command) || whole(command, sender.start()) || names(command, holding)) {
      return true;
    }
    return ADDRESS.matcher(command).find()
        && (OUTPUT.matcher(command).find() || names(command, outputs));
  }

  private static boolean taken(String command) {
    return FILES.matcher(command).find() || TOKENS.matcher(command).find();
  }

  /// Records what a command without a program that sends gives to a variable or file.
  private void receive(String command) {
    // Each match of ASSIGNED or WRITTEN contains one of them.
    if (command.indexOf('=') < 0 && command.indexOf('>') < 0) {
      return;
    }
    boolean holds = taken(command) || WHOLE.matcher(command).find();
    keep(command, holds ? holding : outputs, holds || OUTPUT.matcher(command).find());
  }

  /// Returns whether the environment reaches the program that sends, through a pipe or as an
  /// argument.
  private static boolean whole(String command, int sender) {
    Matcher whole = WHOLE.matcher(command);
    boolean piped = PIPED.matcher(command).find();
    int open = 0;
    int read = sender;
    while (whole.find()) {
      for (; read <= Math.min(whole.start(), command.length() - 1); read++) {
        char c = command.charAt(read);
        open += c == '(' || c == '`' ? 1 : c == ')' ? -1 : 0;
      }
      boolean before = whole.start() <= sender && piped;
      if (before || open > 0 || whole.group().startsWith("/proc")) {
        return true;
      }
    }
    return false;
  }

  /// Records the variable or file that receives the output of a command.
  private void keep(String command, Set<String> names, boolean gives) {
    if (!gives || names.size() >= MAX_NAMES) {
      return;
    }
    Matcher assigned = ASSIGNED.matcher(command);
    if (assigned.find()) {
      names.add("$" + assigned.group(1));
      names.add("${" + assigned.group(1));
    }
    Matcher written = WRITTEN.matcher(command);
    if (written.find() && !written.group(1).startsWith("/dev/")) {
      names.add(written.group(1));
    }
  }

  private static boolean names(String command, Set<String> names) {
    return names.stream().anyMatch(command::contains);
  }
}
