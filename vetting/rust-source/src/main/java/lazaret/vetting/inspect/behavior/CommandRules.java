package lazaret.vetting.inspect.behavior;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.behavior.BehaviorScan.Receiver;
import lazaret.vetting.inspect.code.ConstantTexts;
import lazaret.vetting.inspect.code.HarmlessPrograms;
import lazaret.vetting.inspect.code.SecretNames;
import lazaret.vetting.inspect.code.SourceTokens;
import lazaret.vetting.inspect.code.SourceTokens.Range;
import lazaret.vetting.inspect.code.ValueOrigin;
import lazaret.vetting.inspect.code.WordSet;

/// The programs that a source starts, and the origins of their names and arguments.
final class CommandRules {
  /// Programs that builds start, without version and ending.
  private static final Set<String> TOOLS =
      Set.of(
          ("rustc rustdoc rustup rustfmt cargo git hg svn cc gcc clang c++ g++ clang++ cl clang-cl"
                  + " icc nvcc ar lib ranlib nm ld lld link ld.lld wasm-ld strip objcopy objdump"
                  + " make gmake nmake bmake cmake ninja meson msbuild xcodebuild bazel"
                  + " pkg-config pkgconf llvm-config vcpkg brew port nasm yasm as ml ml64 perl"
                  + " python python3 node npm npx yarn deno go java javac ruby"
                  + " protoc flatc bindgen cbindgen wasm-bindgen bison flex yacc autoreconf"
                  + " autoconf automake libtool libtoolize windres rc dumpbin xcrun xcode-select"
                  + " sw_vers uname emcc em++ emar sccache ccache wasmtime getconf which where"
                  + " freebsd-version ldconfig date hostname id nproc sysctl lsb_release patch tar"
                  + " glib-compile-resources glslc glslangvalidator dxc naga tsc")
              .split(" ", -1));

  private static final Set<String> INTERPRETERS =
      Set.of(
          ("sh bash dash zsh ksh cmd powershell pwsh python python3 perl ruby node deno lua php awk"
                  + " osascript tclsh")
              .split(" ", -1));

  /// Programs in folders that every user can write, and open files.
  private static final Pattern HIDDEN =
      Pattern.compile("^(?:/dev/shm|/tmp|/var/tmp)/|^/proc/(?:self|[0-9]+)/fd/");

  private static final WordSet TERMINALS =
      WordSet.of("openpty", "forkpty", "new_default_prog", "native_pty_system", "spawn_command");
  private static final WordSet WRITES = WordSet.of("write_all");

  private static final int FROM_DATA =
      ValueOrigin.FILE | ValueOrigin.INCLUDED | ValueOrigin.DECODED | ValueOrigin.DEPENDENCY;
  private static final int MAX_HEAD = 12;

  /// Programs by which data leaves a machine.
  private static final Pattern LEAVES =
      Pattern.compile(
          "(?:^|/|\u0001)(?:curl|wget|nslookup|dig|host|ping|mail|sendmail|nc|ncat|ssh|scp|git|gh|aws)(?:\\.exe)?(?:$|[^a-z])");

  private static final Set<String> STREAMS = Set.of("stdin", "stdout", "stderr");

  private static final WordSet METHODS =
      WordSet.of("arg", "args", "raw_arg", "write_all").and(WordSet.of(STREAMS));

  private final SourceTokens code;
  private final ValueFlow values;
  private final Receiver receiver;

  CommandRules(SourceTokens code, ValueFlow values, Receiver receiver) {
    this.code = code;
    this.values = values;
    this.receiver = receiver;
  }

  void find(BitSet commands) {
    if (commands.isEmpty()) {
      return;
    }
    commands.stream().forEach(this::started);
    terminal();
    plain(commands);
    for (int i : code.at(METHODS)) {
      boolean argument = code.is(i, "arg") || code.is(i, "args") || code.is(i, "raw_arg");
      if (argument && code.is(i - 1, '.') && code.is(i + 1, '(')) {
        argument(i);
      } else if (code.is(i, "write_all") && code.is(i - 1, '.')) {
        piped(i);
      } else if (STREAMS.contains(code.word(i)) && code.is(i - 1, '.') && code.is(i + 1, '(')) {
        connected(i);
      }
    }
  }

  /// Finds programs that only report on the project or format a text.
  private void plain(BitSet commands) {
    int first = -1;
    for (int i = commands.nextSetBit(0); i >= 0; i = commands.nextSetBit(i + 1)) {
      int at = i;
      while (code.separator(at + 1) && !code.word(at + 2).isEmpty()) {
        at += 2;
      }
      if (code.is(at, "new") && code.is(at + 1, '(')) {
        String program = values.texts().of(new Range(at + 2, code.close(at + 1)));
        if (!HarmlessPrograms.starts(code, at) && !HarmlessPrograms.asks(code, program)) {
          return;
        }
        first = first < 0 ? i : first;
      } else if (code.is(at + 1, '(') && !code.is(i, "Stdio")) {
        return;
      }
    }
    if (first >= 0) {
      receiver.found(Behavior.PLAIN_TOOLS, first, "");
    }
  }

  /// Finds a terminal or shell whose input comes from another machine.
  private void terminal() {
    int[] writes = code.at(WRITES);
    if (writes.length == 0 || !(code.has(TERMINALS) || namesInterpreter())) {
      return;
    }
    for (int i : writes) {
      if (code.is(i - 1, '.') && code.is(i + 1, '(') && typed(i)) {
        int given = values.origins(new Range(i + 2, code.close(i + 1)));
        if (ValueOrigin.any(given, ValueOrigin.FOREIGN)) {
          receiver.found(Behavior.RECEIVED_RUN, i, "");
          return;
        }
      }
    }
  }

  /// Returns whether the source names an interpreter.
  private boolean namesInterpreter() {
    return Arrays.stream(code.strings())
        .anyMatch(i -> INTERPRETERS.contains(name(code.literal(i))));
  }

  /// Returns whether a name is bound to the input of a program.
  private boolean typed(int at) {
    String name = code.word(at - 2);
    if (code.is(at - 2, "stdin") || code.is(at - 2, '?') || code.is(at - 2, ')')) {
      return chained(values.chain(at), at);
    }
    for (int i = 0; i < code.size(); i++) {
      int bound = code.is(i + 1, "mut") ? i + 2 : i + 1;
      if (code.is(i, "let") && code.is(bound, name) && chained(bound, code.end(bound, false))) {
        return true;
      }
    }
    return false;
  }

  private boolean chained(int from, int to) {
    for (int i = from; i < to; i++) {
      if (code.is(i, "stdin") || code.is(i, "take_writer") || code.is(i, "try_clone_writer")) {
        return true;
      }
    }
    return false;
  }

  /// Finds data of the crate that an interpreter reads as its program.
  private void piped(int at) {
    boolean input = false;
    for (int i = at; i > Math.max(0, at - 2 * MAX_HEAD) && !code.is(i, ';'); i--) {
      input |= code.is(i, "stdin");
    }
    int origins = values.origins(new Range(at + 2, code.close(at + 1)));
    for (int i = 0; input && i < code.size(); i++) {
      if (code.string(i) && INTERPRETERS.contains(name(code.literal(i)))) {
        if (ValueOrigin.any(origins, ValueOrigin.INCLUDED, ValueOrigin.DECODED)) {
          receiver.found(Behavior.DERIVED_COMMAND, at, "");
        }
        return;
      }
    }
  }

  /// Finds a program whose input or output is a connection.
  private void connected(int at) {
    int origins = values.origins(new Range(at + 2, code.close(at + 1)));
    if (ValueOrigin.any(origins, ValueOrigin.FOREIGN)) {
      receiver.found(Behavior.RECEIVED_RUN, at, "");
    }
  }

  private void started(int head) {
    for (int i = head; i < Math.min(code.size(), head + MAX_HEAD); i++) {
      if (code.is(i, "new") && code.separator(i - 1) && code.is(i + 1, '(')) {
        program(head, new Range(i + 2, code.close(i + 1)), code.close(i + 1));
        return;
      }
      if (code.is(i + 1, '(') && !code.word(i).isEmpty() && (i == head || code.separator(i - 1))) {
        Range given = new Range(i + 2, code.close(i + 1));
        if (ValueOrigin.any(values.origins(given), ValueOrigin.FOREIGN)) {
          receiver.found(Behavior.RECEIVED_RUN, head, "");
        }
        return;
      }
      if (code.is(i, ';') || code.is(i, '(')) {
        return;
      }
    }
  }

  private void program(int head, Range operand, int end) {
    int origins = values.origins(operand);
    String text = values.texts().of(operand);
    if (ValueOrigin.any(origins, ValueOrigin.FOREIGN)) {
      receiver.found(Behavior.RECEIVED_RUN, head, "");
    }
    if (HIDDEN.matcher(text).find()) {
      receiver.found(Behavior.DATA_AS_CODE, head, "");
    }
    boolean made = compiled(operand, origins);
    if (ValueOrigin.any(origins, FROM_DATA, ValueOrigin.OUT_DIR, ValueOrigin.TEMPORARY)
        && !ValueOrigin.any(origins, ValueOrigin.TOOL)
        && !made) {
      receiver.found(Behavior.DERIVED_COMMAND, head, "");
      decoded(head, origins);
    } else if (text.startsWith("./")
        || ValueOrigin.any(origins, ValueOrigin.CRATE, ValueOrigin.ABOVE)) {
      receiver.found(Behavior.SCRIPT_FILE, head, file(text));
    } else if (!made && !usual(text, operand) && !ValueOrigin.any(origins, ValueOrigin.TOOL)) {
      receiver.found(Behavior.UNUSUAL_COMMAND, head, "");
    }
    for (String each : List.of(text.split(String.valueOf(ConstantTexts.BETWEEN), -1))) {
      if (INTERPRETERS.contains(name(each))) {
        script(head, end);
        interpreted(head, end);
      }
    }
  }

  /// Returns whether a program is the output of a compiler, made of a source in the same folder.
  /// The source must not contain encoded data.
  private boolean compiled(Range operand, int origins) {
    int name = code.is(operand.from(), '&') ? operand.from() + 1 : operand.from();
    boolean single = name + 1 == operand.to() && !code.word(name).isEmpty();
    if (!single
        || ValueOrigin.any(origins, FROM_DATA)
        || ValueOrigin.any(origins, ValueOrigin.TEMPORARY)) {
      return false;
    }
    boolean made = false;
    for (int i = 0; i < code.size(); i++) {
      if (code.is(i, "include_bytes") || code.is(i, "include_str") || code.is(i, "copy")) {
        return false;
      }
      boolean output = code.string(i) && code.literal(i).equals("-o") && code.is(i + 1, ')');
      int next = code.is(i + 5, '&') ? i + 6 : i + 5;
      made |= output && code.is(i + 3, "arg") && code.is(next, code.word(name));
    }
    return made;
  }

  /// Checks the arguments of an interpreter in the same statement.
  private void interpreted(int head, int end) {
    int last = Math.min(code.end(end + 1, false), end + 8 * MAX_HEAD);
    int origins = values.origins(new Range(end, Math.max(end, last)));
    if (ValueOrigin.any(
        origins,
        ValueOrigin.FOREIGN,
        ValueOrigin.FILE,
        ValueOrigin.INCLUDED,
        ValueOrigin.DECODED,
        ValueOrigin.VARIABLE,
        ValueOrigin.ENVIRONMENT,
        ValueOrigin.CLIPBOARD)) {
      receiver.found(Behavior.RECEIVED_RUN, head, "");
    }
  }

  /// Checks the first argument in the same chain or of the same name.
  private void script(int head, int end) {
    for (int i = end; i < Math.min(code.size(), end + 4 * MAX_HEAD); i++) {
      if ((code.is(i, "arg") || code.is(i, "args")) && code.is(i + 1, '(')) {
        String text = values.texts().of(i + 2, code.close(i + 1));
        if (!text.startsWith("-") && !text.startsWith("/c") && !text.contains(" ")) {
          receiver.found(Behavior.SCRIPT_FILE, head, file(text));
        }
        return;
      }
    }
  }

  private static String file(String text) {
    String shown = ConstantTexts.shown(text).replace('\\', '/');
    String last = shown.split(" ", 2)[0];
    return last.substring(last.lastIndexOf('/') + 1);
  }

  private void argument(int at) {
    int origins = values.origins(new Range(at + 2, code.close(at + 1)));
    if (ValueOrigin.any(origins, SecretNames.ALL) && LEAVES.matcher(before(at)).find()) {
      receiver.found(Behavior.SECRET_SENT, at, "");
    }
    if (ValueOrigin.any(origins, ValueOrigin.FOREIGN) && interprets(at)) {
      receiver.found(Behavior.RECEIVED_RUN, at, "");
    }
    if (ValueOrigin.any(origins, FROM_DATA & ~ValueOrigin.FILE)) {
      receiver.found(Behavior.DERIVED_COMMAND, at, "");
      decoded(at, origins);
    }
  }

  /// Reads `c.arg("sh").arg("-c")` and the statement in which `c` begins with an interpreter.
  private boolean interprets(int at) {
    int from = values.chain(at);
    if (interpreter(from, at)) {
      return true;
    }
    String name = code.word(from);
    for (int i = 0; i < from && !name.isEmpty(); i++) {
      int bound = code.is(i + 1, "mut") ? i + 2 : i + 1;
      if (code.is(i, "let") && code.is(bound, name)) {
        return interpreter(bound, Math.min(code.end(bound, false), bound + 8 * MAX_HEAD));
      }
    }
    return false;
  }

  private boolean interpreter(int from, int to) {
    for (int i = from; i < to; i++) {
      if (code.string(i) && INTERPRETERS.contains(name(code.literal(i)))) {
        return true;
      }
    }
    return false;
  }

  /// Returns the text of the statement up to an argument.
  private String before(int at) {
    return values.texts().of(new Range(values.chain(at), at));
  }

  private void decoded(int at, int origins) {
    if (ValueOrigin.any(origins, ValueOrigin.DECODED)) {
      receiver.found(Behavior.DECODED_USE, at, "");
    }
  }

  private boolean usual(String text, Range operand) {
    List<String> choice = HarmlessPrograms.choice(code, operand);
    return usual(text) || (!choice.isEmpty() && choice.stream().allMatch(CommandRules::usual));
  }

  private static boolean usual(String text) {
    for (String each : text.split(String.valueOf(ConstantTexts.BETWEEN), -1)) {
      String name = name(each);
      if (name.indexOf(ConstantTexts.UNKNOWN) < 0
          && !name.isEmpty()
          && !TOOLS.contains(name)
          && !INTERPRETERS.contains(name)) {
        return false;
      }
    }
    return true;
  }

  private static String name(String program) {
    String name = program.toLowerCase(Locale.ROOT).replace('\\', '/');
    name = name.substring(name.lastIndexOf('/') + 1);
    return name.endsWith(".exe") || name.endsWith(".cmd") || name.endsWith(".bat")
        ? name.substring(0, name.length() - 4)
        : name;
  }
}
