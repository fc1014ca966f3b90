package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.PatternPrefilter.Need;
import lazaret.vetting.inspect.code.ProjectFileReads;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// The files that a source writes, by their location and content.
final class WriteRules {
  private static final Set<String> FIRST =
      Set.of("write", "create", "create_new", "create_dir", "create_dir_all");
  private static final Set<String> SECOND =
      Set.of("copy", "rename", "hard_link", "symlink", "soft_link", "symlink_file", "symlink_dir");
  private static final Set<String> READS = Set.of("read", "read_to_string", "open");
  private static final Pattern SOURCE = Pattern.compile("\\.rs$");
  private static final Pattern DATA =
      Pattern.compile(
          "(?i)\\.(bin|dat|data|txt|png|jpe?g|gif|ico|svg|pdf|md|b64|hex|enc|gz|xz|zst|zip|wav|mp3|ttf|woff2?|css|html?|json|csv|tsv|log|golden|snap|der|pem|crt|tar|lz4|bz2|tmpl|in)$");

  private static final Pattern PROGRAM =
      Pattern.compile("(?i)\\.(?:exe|dll|so|dylib|sh|ps1|bat|cmd|py|js|vbs|msi|elf|scr)$");

  /// The origins that decide whether parsed text comes from files of the macro's user alone.
  private static final int PARSED_ORIGINS =
      ValueOrigin.DECODED
          | ValueOrigin.FILE
          | ValueOrigin.DEPENDENCY
          | ValueOrigin.OUTPUT
          | ValueOrigin.RECEIVED;

  static final Pattern ACTS =
      Pattern.compile(
          "process::|Command::new|TcpStream|UdpSocket|net::|fs::|env::vars|include_bytes|extern"
              + " \"C|asm!");

  private static final WordSet EXECUTABLE =
      WordSet.of("set_permissions", "PermissionsExt", "set_mode", "from_mode", "chmod", "fchmod");
  private static final WordSet RUNNING = WordSet.of("self_replace", "current_exe");
  private static final WordSet LOADS = WordSet.of("Library", "dlopen");
  private static final WordSet BEGIN =
      WordSet.of("open", "write_all", "copy_to", "parse", "from_str", "parse_str");

  private static final Pattern HOOK_LINE =
      Pattern.compile(
          "|#.*|set -[eux]+|(?:exec"
              + " )?(?!curl|wget|nc|ncat|sh|bash|eval|source|python|node|ssh|npx)[a-z][a-z0-9_-]*(?:"
              + " (?:[\\w@.:=-]+|\"\\$[@\\w*]+\"|\"\\$\\(basename \"\\$0\"\\)\"))*");
  private static final Pattern DANGEROUS =
      Pattern.compile(
          "(?i)wrapper|runner|linker|hookspath|command|fsmonitor|alias|registr|credential|\\bpath"
              + " ?=|ld_|eval|source|replace-with|rustflags|editor|pager|helper|insteadof|proxy|include|\\[target|\\$\\(|`|exec|&&|\\|");
  private static final Set<String> REPLACES =
      Set.of("self_replace", "rename", "persist", "copy", "replace_file", "MoveFileExW");

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;
  private boolean runnable;
  private boolean replaces;
  private Set<String> programs = Set.of();

  WriteRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  /// @param writes the tokens at which paths begin that write files
  /// @param commands the tokens at which paths begin that start programs
  void find(BitSet writes, BitSet commands) {
    programs = programs(commands);
    replaces =
        Arrays.stream(code.at(RUNNING))
            .anyMatch(i -> code.is(i, "self_replace") || code.is(i + 1, '('));
    runnable = code.has(EXECUTABLE) && !modes();
    writes.stream().forEach(this::called);
    for (int i : code.at(BEGIN)) {
      if (code.is(i, "open") && code.is(i - 1, '.') && code.is(i + 1, '(') && opensToWrite(i)) {
        written(i, 0);
      } else if (code.is(i, "write_all") || code.is(i, "copy_to")) {
        poured(i);
      } else if (code.is(i, "parse") && code.is(i - 1, '.') && code.is(i + 3, "TokenStream")) {
        parsed(i, new Range(values.chain(i), i));
      } else if (code.is(i, "parse")
          && code.is(i - 1, '.')
          && code.is(i + 2, ')')
          && values.may(Need.CODE)) {
        tokens(i, new Range(values.chain(i), i));
      } else if (code.is(i, "from_str")
          && code.separator(i - 1)
          && (code.is(i - 2, "TokenStream") || code.is(i - 2, '>'))
          && code.is(i + 1, '(')) {
        parsed(i, new Range(i + 2, code.close(i + 1)));
      } else if (code.is(i, "parse_str") && code.is(i - 2, "syn")) {
        int open = i + 1;
        while (open < Math.min(code.size(), i + 12) && !code.is(open, '(')) {
          open++;
        }
        parsed(i, new Range(open + 1, code.close(open)));
      }
    }
  }

  /// Follows a path to the function that is called.
  private void called(int head) {
    int at = head;
    while (code.separator(at + 1) && !code.word(at + 2).isEmpty()) {
      at += 2;
    }
    if (code.is(at + 1, '(') && FIRST.contains(code.word(at))) {
      written(at, 0);
    } else if (code.is(at + 1, '(') && SECOND.contains(code.word(at))) {
      written(at, 1);
    }
  }

  /// Reads `File::create(next)?.write_all(&received)` and `answer.copy_to(&mut file)`.
  private void poured(int at) {
    if (!code.is(at - 1, '.') || !code.is(at + 1, '(') || (!runnable && !replaced())) {
      return;
    }
    int given = values.origins(new Range(at + 2, code.close(at + 1)));
    int chain = values.origins(new Range(values.chain(at), at));
    boolean copies = code.is(at, "copy_to");
    boolean from = ValueOrigin.any(copies ? chain : given, ValueOrigin.FOREIGN);
    boolean to = ValueOrigin.any(copies ? given : chain, ValueOrigin.FOREIGN);
    if (from && (!to || (!copies && file(code.word(at - 2))))) {
      receiver.found(Behavior.RECEIVED_RUN, at, "");
    }
  }

  /// Returns whether a name is bound to a file.
  private boolean file(String name) {
    for (int i = 0; i < code.size() && !name.isEmpty(); i++) {
      int bound = code.is(i + 1, "mut") ? i + 2 : i + 1;
      if (code.is(i, "let") && code.is(bound, name)) {
        int end = Math.min(code.end(bound, false), bound + 64);
        for (int k = bound; k < end; k++) {
          boolean file =
              code.is(k, "File") || code.is(k, "OpenOptions") || code.is(k, "NamedTempFile");
          if (file && code.separator(k + 1)) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /// Returns whether the source replaces the running program.
  private boolean replaced() {
    if (!replaces) {
      return false;
    }
    for (int i = 0; i < code.size(); i++) {
      if (REPLACES.contains(code.word(i)) && code.is(i + 1, '(')) {
        return true;
      }
    }
    return false;
  }

  private boolean opensToWrite(int at) {
    for (int i = at - 1; i > Math.max(0, at - 40) && !code.is(i, ';'); i--) {
      if (code.is(i, "write") || code.is(i, "append") || code.is(i, "create")) {
        return true;
      }
    }
    return false;
  }

  private void written(int at, int which) {
    List<Range> arguments = code.arguments(at + 1);
    if (arguments.size() <= which) {
      return;
    }
    int origins = values.origins(arguments.get(which));
    String path = values.texts().of(arguments.get(which));
    if (ValueOrigin.any(origins, ValueOrigin.HOME, ValueOrigin.ABOVE) || path.contains("../")) {
      receiver.found(Behavior.FOREIGN_WRITE, at, "");
    }
    if (ValueOrigin.any(origins, ValueOrigin.DECODED)) {
      receiver.found(Behavior.DECODED_USE, at, "");
    }
    if (ConstantTexts.readings(path).stream().anyMatch(TextRules::configures)) {
      boolean asked = arguments.size() > 1 && asked(at, path, arguments.get(1 - which));
      String how = asked ? "writes for the caller '" : "writes '";
      receiver.found(Behavior.CONFIG_WRITE, at, how + ConstantTexts.shown(path) + "'");
    }
    if (arguments.size() < 2) {
      return;
    }
    Range other = arguments.get(1 - which);
    int from = values.origins(other);
    String text = values.texts().of(other);
    boolean source = ConstantTexts.readings(path).stream().anyMatch(p -> SOURCE.matcher(p).find());
    boolean copied =
        which == 1 && ConstantTexts.readings(text).stream().anyMatch(p -> DATA.matcher(p).find());
    if ((source && (copied || ValueOrigin.any(from, ValueOrigin.DECODED)))
        || (runnable && ValueOrigin.any(from, ValueOrigin.INCLUDED, ValueOrigin.DECODED))
        || (ValueOrigin.any(from, ValueOrigin.DECODED)
            && ValueOrigin.any(from, ValueOrigin.FILE, ValueOrigin.INCLUDED))) {
      receiver.found(Behavior.DATA_AS_CODE, at, "");
    }
    if (ValueOrigin.any(from, ValueOrigin.FOREIGN)
        && (runnable || replaced() || started(arguments.get(which), path))) {
      receiver.found(Behavior.RECEIVED_RUN, at, "");
    }
    if (which == 0
        && code.is(at, "write")
        && source
        && ValueOrigin.any(from, ValueOrigin.FILE, ValueOrigin.INCLUDED)
        && plain(other)
        && !sources(other)) {
      receiver.found(Behavior.DATA_AS_CODE, at, "");
    }
  }

  /// Returns whether the source names modes, and none of them makes a file executable.
  private boolean modes() {
    boolean any = false;
    for (int i = 0; i < code.size(); i++) {
      boolean mode = code.is(i, "from_mode") || code.is(i, "set_mode");
      if (mode && code.is(i + 1, '(') && code.number(i + 2)) {
        any = true;
        if (!code.text(i + 2).matches("0o[0246]+")) {
          return false;
        }
      } else if (mode) {
        return false;
      }
    }
    return any;
  }

  /// Returns whether a text is the caller's, or consists of values of the caller and of words that
  /// start nothing.
  private boolean asked(int at, String path, Range text) {
    String made = values.texts().of(text);
    if (hook(path) && (given(at, text) || plainHook(made))) {
      return true;
    }
    int origins = values.origins(text);
    int brought =
        ValueOrigin.FOREIGN
            | ValueOrigin.INCLUDED
            | ValueOrigin.DECODED
            | ValueOrigin.FILE
            | ValueOrigin.LITERAL_BYTES;
    return !hook(path)
        && made.length() > 3
        && !ValueOrigin.any(origins, brought)
        && !AutostartFiles.acts(made)
        && !DANGEROUS.matcher(made).find();
  }

  /// Returns whether a hook only calls programs by their names, one per line.
  private static boolean plainHook(String text) {
    return text.startsWith("#!") && text.lines().allMatch(l -> HOOK_LINE.matcher(l).matches());
  }

  private static boolean hook(String path) {
    return path.contains("/hooks");
  }

  /// Returns whether a text is an unchanged parameter of a public function.
  private boolean given(int at, Range text) {
    int name = code.is(text.from(), '&') ? text.from() + 1 : text.from();
    boolean plain = name + 1 == text.to() || code.is(name + 1, '.');
    if (!plain || values.texts().of(name, name + 1).length() > 1) {
      return false;
    }
    int fn = at;
    while (fn > 0 && !code.is(fn, "fn")) {
      fn--;
    }
    boolean parameter = false;
    int open = fn + 2;
    for (int i = open; i < code.close(open); i++) {
      parameter |= code.is(i, code.word(name)) && code.is(i + 1, ':');
    }
    return parameter && code.is(fn - 1, "pub");
  }

  /// Returns whether a written file is one from which programs are started or code is loaded.
  private boolean started(Range path, String text) {
    if (ConstantTexts.readings(text).stream().anyMatch(p -> PROGRAM.matcher(p).find())) {
      return true;
    }
    for (int i = path.from(); i < path.to(); i++) {
      if (programs.contains(code.word(i))) {
        return true;
      }
    }
    return false;
  }

  /// Returns the names in `Command::new(..)` and in calls that load libraries.
  private Set<String> programs(BitSet commands) {
    Set<String> names = new HashSet<>();
    IntStream.concat(commands.stream(), Arrays.stream(code.at(LOADS)))
        .forEach(i -> addArguments(i, names));
    names.remove("");
    return names;
  }

  private void addArguments(int at, Set<String> names) {
    for (int k = at; k < Math.min(code.size(), at + 12) && !code.is(k, ';'); k++) {
      if (code.is(k, '(')) {
        for (int n = k + 1; n < code.close(k); n++) {
          names.add(code.word(n));
        }
        return;
      }
    }
  }

  /// Returns whether all files that the source reads or compiles in as text are Rust sources by
  /// their names. Such sources are scanned themselves, so a copy of their content is not new code.
  private boolean sources(Range value) {
    boolean any = false;
    for (int i : code.strings()) {
      boolean read = code.is(i - 1, '(') && READS.contains(code.word(i - 2));
      boolean compiled = code.is(i - 1, '(') && code.is(i - 2, '!');
      boolean bytes = compiled && code.word(i - 3).startsWith("include");
      if ((read || bytes) && !code.literal(i).endsWith(".rs")) {
        return false;
      }
      any |= read;
    }
    int files = 0;
    for (int i = 0; i < code.size(); i++) {
      files += READS.contains(code.word(i)) && !code.string(i + 2) ? 1 : 0;
    }
    return any && files == 0 && !ValueOrigin.any(values.origins(value), ValueOrigin.DECODED);
  }

  private boolean plain(Range value) {
    return value.to() - value.from() <= 12;
  }

  /// Reads `TEMPLATE.parse()` if the text is code that acts.
  private void tokens(int at, Range value) {
    String text = values.texts().of(value);
    if (ACTS.matcher(text).find()) {
      receiver.found(Behavior.PARSED_DATA, at, "parses '" + ConstantTexts.shown(text) + "'");
    }
  }

  private void parsed(int at, Range value) {
    int origins = values.origins(value);
    String text = values.texts().of(value);
    if (ACTS.matcher(text).find()) {
      receiver.found(Behavior.PARSED_DATA, at, "parses '" + ConstantTexts.shown(text) + "'");
      return;
    }
    boolean users = (origins & PARSED_ORIGINS) == ValueOrigin.FILE && ProjectFileReads.only(code);
    if (!users
        && ValueOrigin.any(
            origins,
            ValueOrigin.DECODED,
            ValueOrigin.FILE,
            ValueOrigin.INCLUDED,
            ValueOrigin.VARIABLE,
            ValueOrigin.DEPENDENCY,
            ValueOrigin.OUTPUT)) {
      receiver.found(Behavior.PARSED_DATA, at, "");
    }
  }
}
