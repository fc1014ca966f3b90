package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Locations;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.PatternPrefilter;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.WordSet;

/// Files in places from which they are run or read as commands later, and scripts that are passed
/// to an interpreter.
///
/// The source writes files and contains a text that fetches, starts or loads something, or it
/// copies the running program.
final class AutostartFiles {
  private static final List<String> KEYS =
      List.of(
          ("autostart launchagents launchdaemons systemd currentversion run startup environment.d"
                  + " conf.d fish dbus-1 vim .claude .cursor mcp claude.md agents.md gemini.md copilot"
                  + " workflows ipython customize.py .pth .ssh authorized pip .npmrc .yarnrc rc"
                  + " profile zshenv hooks husky .envrc .cargo bin gradle settings.xml tmux emacs"
                  + " inputrc rules.d dispatcher.d xsession tasks.json launch.json devcontainer cron"
                  + " preload cli-plugins extensions aider windsurf codex .vscode zsh .vmoptions")
              .split(" ", -1));

  static final Pattern PLACE =
      Pattern.compile(
          "(?i)(?:^|[/\\\\\u0001])autostart(?:[/\\\\]|$)|LaunchAgents|LaunchDaemons|systemd[/\\\\](?:user|system)"
              + "|CurrentVersion[/\\\\]+Run|Programs[/\\\\]+Startup|environment\\.d(?:/|$)|fish/(?:conf\\.d|config|functions)"
              + "|dbus-1/(?:system-)?services|\\.vim/(?:plugin|after|autoload|ftplugin)|\\.vimrc|nvim/(?:.*/)?(?:plugin|init|lua|after)"
              + "|\\.claude/|\\.claude\\.json|\\.cursor/|\\.windsurf|\\.codex/|mcp(?:_config|_settings)?\\.json"
              + "|CLAUDE\\.md|AGENTS\\.md|GEMINI\\.md|\\.cursorrules|copilot-instructions|\\.github/workflows|\\.aider"
              + "|profile_default/startup|(?:site|user)customize\\.py|\\.pth$|\\.ssh/(?:config|rc|authorized|environment)|authorized[_/"
              + " ]?keys|pip/?\\.?pip\\.(?:conf|ini)|pip\\.(?:conf|ini)$|\\.npmrc|\\.yarnrc|\\.bashrc|\\.zshrc|\\.zshenv"
              + "|/\\.profile|bash_(?:profile|login|logout|aliases)|crontab|cron\\.(?:d|hourly|daily)|rc\\.local|profile\\.d/|ld\\.so\\.preload"
              + "|(?:^|/)hooks(?:/|$)|\\.husky|\\.githooks|\\.envrc|\\.cargo/(?:config|bin|env)|\\.local/bin|(?:^|/)bin/(?:git|ssh|sudo|cargo|python3?|node|npm|curl|gpg)$"
              + "|\\.gradle/init|init\\.d/|\\.m2/settings|tmux\\.conf|\\.emacs|init\\.el|\\.inputrc|\\.Rprofile|PowerShell_profile"
              + "|udev/rules\\.d|dispatcher\\.d|\\.x(?:profile|initrc|session)|\\.vscode/(?:tasks|settings|launch)|\\.devcontainer"
              + "|docker/cli-plugins|gnome-shell/extensions|oh-my-zsh|\\.zprezto|\\.vmoptions$|\\.vscode/extensions|/etc/cron");

  /// Texts that fetch, start or load something when they are run.
  private static final Pattern ACTS =
      Pattern.compile(
          "(?i)-javaagent:|-agentpath:|\\bcurl [^|]*(?:\\||-o|-d|https?:)|\\bwget"
              + " |/dev/tcp|\\|\\s*(?:ba|z|da|k)?sh\\b|\\bexec\\(|\\beval[ (]|urlopen|base64"
              + " -|\\bnc (?:-[a-z0-9]+ )*[0-9a-z.{}-]+ [\\d{]|\\bncat |\\b(?:npx|uvx|pipx|bunx|pnpx)"
              + " |\\bnpx$|\\buvx$|\\b(?:ba|z)?sh -c|python3? -c|node"
              + " -e|LD_PRELOAD|DYLD_INSERT|powershell(?:\\.exe)?"
              + " -|WScript\\.Shell|CreateObject|job_start|nohup"
              + " |toJSON\\(secrets|secrets\\.[A-Z]|Match exec|ProxyCommand|index-url|registry ?="
              + " ?https?:|\\bssh-(?:ed25519|rsa) AAAA"
              + "|Invoke-(?:WebRequest|Expression)|\\biex\\b|mshta|rundll32|child_process|os\\.system|subprocess|require\\('https?'\\)|folderOpen|(?:^|\\n"
              + "|;)\\s*(?:function|alias) (?:sudo|ssh|git|cargo|su|gpg)\\b|PROMPT_COMMAND|(?:read|include|send|collect|search|print)[^.\\n]{0,80}(?:credential|secret|\\.env\\b|private key|wallet|api key)|(?:credential|secret|\\.env\\b|private key)[^\\n]{0,80}(?:read|include|send|upload)|do not (?:mention|tell|show)|without (?:asking|telling)|ignore (?:all )?previous|\\bdo"
              + " shell script|fsmonitor|core\\.(?:editor|pager|sshCommand)|@latest");

  private static final WordSet SET_VAR = WordSet.of("set_var");
  private static final WordSet SETS =
      WordSet.of("set_value", "set_raw_value", "RegSetValueExW", "RegSetValueExA");

  private static final Set<String> LOADERS =
      Set.of(
          ("LD_PRELOAD LD_AUDIT DYLD_INSERT_LIBRARIES NODE_OPTIONS BASH_ENV ENV PROMPT_COMMAND PYTHONSTARTUP"
                  + " PERL5OPT RUBYOPT RUSTC_WRAPPER RUSTC_WORKSPACE_WRAPPER GIT_SSH_COMMAND GIT_EXTERNAL_DIFF"
                  + " JAVA_TOOL_OPTIONS _JAVA_OPTIONS GIT_ASKPASS SSH_ASKPASS")
              .split(" ", -1));

  /// Folders into which programs install themselves.
  private static final Pattern TOOLS = Pattern.compile("cli-plugins|^\\.?(?:local|bin|cargo)");

  private static final Pattern ENCODED = Pattern.compile("(?i)^-e(?:nc?|nco.*|c)?$");
  private static final Pattern SHELLS =
      Pattern.compile("(?i)(?:.*[/\\\\])?(?:powershell|pwsh)(?:\\.exe)?");
  private static final int NEAR = 120;
  private static final int LEAST = 8;

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  AutostartFiles(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(Locations places) {
    BitSet tests = places.tests();
    for (int i : code.at(SET_VAR)) {
      if (!tests.get(i) && code.is(i + 1, '(')) {
        loader(i);
      }
    }
    boolean sets = Arrays.stream(code.at(SETS)).anyMatch(i -> !tests.get(i) && code.is(i + 1, '('));
    if (sets || !places.writes().isEmpty()) {
      int place = first(tests, i -> key(code.literal(i)) && named(i));
      int acts = place < 0 ? -1 : first(tests, this::acts);
      boolean tools = place >= 0 && TOOLS.matcher(code.literal(place)).find();
      int with = acts >= 0 || place < 0 || tools ? acts : copies(tests, sets);
      if (with >= 0) {
        receiver.found(Behavior.PLANTED_START, place, shown(place) + " beside " + shown(with));
      }
    }
    if (!places.commands().isEmpty()) {
      script(places);
    }
  }

  private void script(Locations places) {
    BitSet tests = places.tests();
    int script = first(tests, i -> worth(code.literal(i)) && ScriptLiterals.is(code.literal(i)));
    int encoded =
        script >= 0 ? script : first(tests, i -> ENCODED.matcher(code.literal(i)).matches());
    boolean shell =
        script >= 0 || first(tests, i -> SHELLS.matcher(code.literal(i)).matches()) >= 0;
    if (script >= 0 || (shell && encoded >= 0 && brought(places))) {
      receiver.found(Behavior.SCRIPT_TEXT, encoded, "");
    }
  }

  /// Returns the first text outside of tests that matches a condition, or -1 if there is none.
  private int first(BitSet tests, IntPredicate wanted) {
    return Arrays.stream(code.strings())
        .filter(i -> !tests.get(i) && wanted.test(i))
        .findFirst()
        .orElse(-1);
  }

  private static boolean worth(String text) {
    return text.length() >= LEAST || text.endsWith("px") || text.equals("uvx");
  }

  private boolean acts(int at) {
    return worth(code.literal(at)) && ACTS.matcher(code.literal(at)).find();
  }

  /// Returns whether a text fetches, starts or loads something when it is run.
  static boolean acts(String text) {
    return ACTS.matcher(text).find();
  }

  /// Reads `set_var("LD_PRELOAD", path)`, which affects each program that is started later.
  private void loader(int at) {
    var given = code.arguments(at + 1);
    boolean names =
        given.size() > 1
            && code.string(given.getFirst().from())
            && LOADERS.contains(code.literal(given.getFirst().from()));
    if (names && !parameter(at, given.get(1))) {
      String note = "sets '" + code.literal(given.getFirst().from()) + "'";
      receiver.found(Behavior.CONFIG_WRITE, at, note);
    }
  }

  /// Returns whether a value is only a parameter of a function.
  private boolean parameter(int at, SourceTokens.Range value) {
    int fn = at;
    while (fn > 0 && !code.is(fn, "fn")) {
      fn--;
    }
    int open = fn + 2;
    for (int i = open; i < code.close(open); i++) {
      boolean named = code.is(i + 1, ':') && !code.word(i).isEmpty();
      for (int k = value.from(); named && k < value.to() && value.to() - value.from() < 8; k++) {
        if (code.is(k, code.word(i))) {
          return true;
        }
      }
    }
    return false;
  }

  private String shown(int at) {
    String text = code.string(at) ? code.literal(at) : code.word(at);
    return "'" + text.substring(0, Math.min(text.length(), 60)) + "'";
  }

  private static boolean key(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return text.length() < 512 && KEYS.stream().anyMatch(lower::contains);
  }

  /// Returns whether the path around a literal is such a place.
  private boolean named(int at) {
    if (place(code.literal(at)) && code.literal(at).indexOf(' ') < 0) {
      return true;
    }
    int from = at;
    while (from > Math.max(0, at - NEAR)
        && !code.is(from, ';')
        && !code.is(from, '{')
        && !code.is(from, '}')) {
      from--;
    }
    int to = Math.min(code.end(at, false), at + NEAR);
    String made = values.texts().of(from + 1, to);
    return made.length() < 1_024
        && ConstantTexts.readings(made).stream().anyMatch(AutostartFiles::place);
  }

  private static boolean place(String text) {
    return Need.AUTOSTART.in(PatternPrefilter.of(text)) && PLACE.matcher(text).find();
  }

  /// Returns the position at which the running program, or a program in the crate, is copied.
  private int copies(BitSet tests, boolean sets) {
    for (int i = 0; i < code.size(); i++) {
      boolean brings = code.is(i, "include_bytes") && code.macro(i) && !tests.get(i);
      if (brings || (sets && code.is(i, "current_exe") && code.is(i + 1, '('))) {
        return i;
      }
      boolean copy = code.is(i, "copy") && code.is(i + 1, '(') && !tests.get(i);
      for (int k = i; copy && k < code.close(i + 1); k++) {
        if (code.is(k, "current_exe")) {
          return k;
        }
      }
    }
    return -1;
  }

  /// Returns whether the source contains a long text of base64.
  private boolean brought(Locations places) {
    for (int i = 0; i < code.size(); i++) {
      boolean text = code.string(i) && !places.tests().get(i);
      if (text && code.literal(i).length() > 40 && code.literal(i).matches("[A-Za-z0-9+/=]+")) {
        return true;
      }
    }
    return false;
  }
}
