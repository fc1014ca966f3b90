package lazaret.vetting.inspect;

import static java.util.Map.entry;
import static lazaret.vetting.inspect.source.Capability.BYTE_ARRAY;
import static lazaret.vetting.inspect.source.Capability.CHMOD;
import static lazaret.vetting.inspect.source.Capability.CI_NAME;
import static lazaret.vetting.inspect.source.Capability.CONFIG_WRITE;
import static lazaret.vetting.inspect.source.Capability.CONSTRUCTOR;
import static lazaret.vetting.inspect.source.Capability.CREDENTIAL_PATH;
import static lazaret.vetting.inspect.source.Capability.DATA_AS_CODE;
import static lazaret.vetting.inspect.source.Capability.DECODE;
import static lazaret.vetting.inspect.source.Capability.DECODED_USE;
import static lazaret.vetting.inspect.source.Capability.DECODE_LOOP;
import static lazaret.vetting.inspect.source.Capability.DERIVED_COMMAND;
import static lazaret.vetting.inspect.source.Capability.DESTRUCTION;
import static lazaret.vetting.inspect.source.Capability.DOWNLOADER;
import static lazaret.vetting.inspect.source.Capability.DROP_HOST;
import static lazaret.vetting.inspect.source.Capability.ENV_ALL;
import static lazaret.vetting.inspect.source.Capability.EXECUTABLE_MEMORY;
import static lazaret.vetting.inspect.source.Capability.FFI;
import static lazaret.vetting.inspect.source.Capability.FIXED_HOST;
import static lazaret.vetting.inspect.source.Capability.FOREIGN_WRITE;
import static lazaret.vetting.inspect.source.Capability.FS_READ;
import static lazaret.vetting.inspect.source.Capability.FS_WRITE;
import static lazaret.vetting.inspect.source.Capability.GIT;
import static lazaret.vetting.inspect.source.Capability.GIT_CONTENT;
import static lazaret.vetting.inspect.source.Capability.GIT_QUERY;
import static lazaret.vetting.inspect.source.Capability.HIDDEN_TEXT;
import static lazaret.vetting.inspect.source.Capability.HOME_DIR;
import static lazaret.vetting.inspect.source.Capability.INLINE_ASM;
import static lazaret.vetting.inspect.source.Capability.IOC;
import static lazaret.vetting.inspect.source.Capability.IP_ADDRESS;
import static lazaret.vetting.inspect.source.Capability.KEY_PATTERN;
import static lazaret.vetting.inspect.source.Capability.LINKER_PROGRAM;
import static lazaret.vetting.inspect.source.Capability.NATIVE_EXECUTION;
import static lazaret.vetting.inspect.source.Capability.NETWORK;
import static lazaret.vetting.inspect.source.Capability.OTHER_PROCESS;
import static lazaret.vetting.inspect.source.Capability.PARENT_WALK;
import static lazaret.vetting.inspect.source.Capability.PARSED_DATA;
import static lazaret.vetting.inspect.source.Capability.PERSISTENCE;
import static lazaret.vetting.inspect.source.Capability.PLANTED_START;
import static lazaret.vetting.inspect.source.Capability.PROCESS;
import static lazaret.vetting.inspect.source.Capability.PROCESS_FILES;
import static lazaret.vetting.inspect.source.Capability.RECEIVED_RUN;
import static lazaret.vetting.inspect.source.Capability.SCRIPT_FILE;
import static lazaret.vetting.inspect.source.Capability.SCRIPT_TEXT;
import static lazaret.vetting.inspect.source.Capability.SECRET_NAME;
import static lazaret.vetting.inspect.source.Capability.SECRET_SENT;
import static lazaret.vetting.inspect.source.Capability.SHELL;
import static lazaret.vetting.inspect.source.Capability.SYMBOL_OVERRIDE;
import static lazaret.vetting.inspect.source.Capability.TEMP_DIR;
import static lazaret.vetting.inspect.source.Capability.TEST_DATA;
import static lazaret.vetting.inspect.source.Capability.TLS_OFF;
import static lazaret.vetting.inspect.source.Capability.TOOL_CONFIG;
import static lazaret.vetting.inspect.source.Capability.UNUSUAL_COMMAND;
import static lazaret.vetting.inspect.source.Capability.URL;
import static lazaret.vetting.inspect.source.Capability.WEAK_CHECK;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lazaret.vetting.inspect.CodeFacts.Located;
import lazaret.vetting.inspect.purpose.MacroWork;
import lazaret.vetting.inspect.purpose.StatedPurpose;
import lazaret.vetting.inspect.source.Capability;

/// The rules by which capabilities become signals.
///
/// They judge pairs of a capability and a threat, not single words: a build script may start a
/// compiler, and a library may open a socket.
final class SignalDetector {
  private static final Pattern OTHER_CREDENTIALS =
      Pattern.compile(
          "\\.(ssh|aws|gnupg|kube|docker|netrc|npmrc|pypirc|git-cred|cargo|azure|solana|ethereum|"
              + "electrum|mozilla|config|vault)|/etc/|/proc/|id_|wallet|in pieces: ");

  private static final Set<String> CONFIGURES =
      Set.of("configure", "Configure", "autogen.sh", "bootstrap", "buildconf", "config");

  private static final Pattern COMMIT =
      Pattern.compile(
          "\"(?:log|show)\".*\"(?:--format|--pretty)=(?:format:)?(?:%(?:[hH]|[ca][dDitIs])["
              + " .,:_+-]*)+\"|\"diff\".*\"(?:--quiet|--exit-code|--shortstat)\"");

  /// The capabilities that are a signal by themselves in a build script, because good ones rarely
  /// have them.
  static final Map<Capability, SignalCode> BUILD =
      Map.ofEntries(
          entry(NETWORK, SignalCode.BUILD_NETWORK),
          entry(TLS_OFF, SignalCode.BUILD_TLS_OFF),
          entry(CHMOD, SignalCode.BUILD_CHMOD),
          entry(CREDENTIAL_PATH, SignalCode.BUILD_CREDENTIALS),
          entry(PERSISTENCE, SignalCode.BUILD_CREDENTIALS),
          entry(SECRET_NAME, SignalCode.BUILD_CREDENTIALS),
          entry(KEY_PATTERN, SignalCode.BUILD_CREDENTIALS),
          entry(IP_ADDRESS, SignalCode.BUILD_ADDRESS),
          entry(DROP_HOST, SignalCode.BUILD_ADDRESS),
          entry(DECODE, SignalCode.BUILD_DECODE),
          entry(DECODE_LOOP, SignalCode.BUILD_DECODE),
          entry(DECODED_USE, SignalCode.BUILD_DECODE),
          entry(BYTE_ARRAY, SignalCode.BUILD_BYTES),
          entry(FFI, SignalCode.BUILD_NATIVE_CALL),
          entry(INLINE_ASM, SignalCode.BUILD_NATIVE_CALL),
          entry(NATIVE_EXECUTION, SignalCode.BUILD_NATIVE_CALL),
          entry(CONSTRUCTOR, SignalCode.BUILD_NATIVE_CALL),
          entry(SYMBOL_OVERRIDE, SignalCode.BUILD_NATIVE_CALL),
          entry(DERIVED_COMMAND, SignalCode.BUILD_DERIVED_COMMAND),
          entry(UNUSUAL_COMMAND, SignalCode.BUILD_UNUSUAL_COMMAND),
          entry(LINKER_PROGRAM, SignalCode.BUILD_LINKER),
          entry(TOOL_CONFIG, SignalCode.BUILD_CONFIG),
          entry(CONFIG_WRITE, SignalCode.BUILD_CONFIG),
          entry(PLANTED_START, SignalCode.BUILD_CONFIG),
          entry(SCRIPT_TEXT, SignalCode.BUILD_SHELL),
          entry(FOREIGN_WRITE, SignalCode.BUILD_FOREIGN_WRITE),
          entry(HOME_DIR, SignalCode.BUILD_FOREIGN_WRITE),
          entry(TEMP_DIR, SignalCode.BUILD_FOREIGN_WRITE),
          entry(PROCESS_FILES, SignalCode.BUILD_PROCESS_FILES),
          entry(DATA_AS_CODE, SignalCode.BUILD_DATA_AS_CODE),
          entry(TEST_DATA, SignalCode.BUILD_DATA_AS_CODE),
          entry(EXECUTABLE_MEMORY, SignalCode.BUILD_NATIVE_CALL),
          entry(OTHER_PROCESS, SignalCode.BUILD_PROCESS_FILES),
          entry(DESTRUCTION, SignalCode.BUILD_FOREIGN_WRITE),
          entry(ENV_ALL, SignalCode.BUILD_ENV_ALL),
          entry(CI_NAME, SignalCode.BUILD_CI_PROBE));

  /// The capabilities that are a signal by themselves in a proc macro.
  static final Map<Capability, SignalCode> MACRO =
      Map.ofEntries(
          entry(NETWORK, SignalCode.MACRO_NETWORK),
          entry(TLS_OFF, SignalCode.MACRO_NETWORK),
          entry(PROCESS, SignalCode.MACRO_COMMAND),
          entry(DERIVED_COMMAND, SignalCode.MACRO_COMMAND),
          entry(UNUSUAL_COMMAND, SignalCode.MACRO_COMMAND),
          entry(SCRIPT_FILE, SignalCode.MACRO_COMMAND),
          entry(CREDENTIAL_PATH, SignalCode.MACRO_CREDENTIALS),
          entry(PERSISTENCE, SignalCode.MACRO_CREDENTIALS),
          entry(SECRET_NAME, SignalCode.MACRO_CREDENTIALS),
          entry(KEY_PATTERN, SignalCode.MACRO_CREDENTIALS),
          entry(CI_NAME, SignalCode.MACRO_CREDENTIALS),
          entry(ENV_ALL, SignalCode.MACRO_CREDENTIALS),
          entry(FS_WRITE, SignalCode.MACRO_WRITES),
          entry(FOREIGN_WRITE, SignalCode.MACRO_WRITES),
          entry(CHMOD, SignalCode.MACRO_WRITES),
          entry(TEMP_DIR, SignalCode.MACRO_WRITES),
          entry(HOME_DIR, SignalCode.MACRO_WRITES),
          entry(TOOL_CONFIG, SignalCode.MACRO_CONFIG),
          entry(CONFIG_WRITE, SignalCode.MACRO_CONFIG),
          entry(PLANTED_START, SignalCode.MACRO_CONFIG),
          entry(SCRIPT_TEXT, SignalCode.MACRO_SHELL),
          entry(LINKER_PROGRAM, SignalCode.MACRO_CONFIG),
          entry(FFI, SignalCode.MACRO_NATIVE_CALL),
          entry(INLINE_ASM, SignalCode.MACRO_NATIVE_CALL),
          entry(NATIVE_EXECUTION, SignalCode.MACRO_NATIVE_CALL),
          entry(CONSTRUCTOR, SignalCode.MACRO_NATIVE_CALL),
          entry(SYMBOL_OVERRIDE, SignalCode.MACRO_NATIVE_CALL),
          entry(PROCESS_FILES, SignalCode.MACRO_PROCESS_FILES),
          entry(DECODE, SignalCode.MACRO_DECODE),
          entry(DECODE_LOOP, SignalCode.MACRO_DECODE),
          entry(DECODED_USE, SignalCode.MACRO_DECODE),
          entry(BYTE_ARRAY, SignalCode.MACRO_DECODE),
          entry(DATA_AS_CODE, SignalCode.MACRO_DATA_AS_CODE),
          entry(PARSED_DATA, SignalCode.MACRO_DATA_AS_CODE),
          entry(TEST_DATA, SignalCode.MACRO_DATA_AS_CODE),
          entry(SECRET_SENT, SignalCode.MACRO_CREDENTIALS),
          entry(RECEIVED_RUN, SignalCode.MACRO_COMMAND),
          entry(EXECUTABLE_MEMORY, SignalCode.MACRO_NATIVE_CALL),
          entry(OTHER_PROCESS, SignalCode.MACRO_PROCESS_FILES),
          entry(DESTRUCTION, SignalCode.MACRO_WRITES),
          entry(IP_ADDRESS, SignalCode.MACRO_ADDRESS),
          entry(DROP_HOST, SignalCode.MACRO_ADDRESS));

  private final SignalCollector signals;
  private final Predicate<String> files;
  private final StatedPurpose page;

  /// @param files returns whether the crate has a file of that name outside of tests
  /// @param page the stated purpose of the crate
  SignalDetector(SignalCollector signals, Predicate<String> files, StatedPurpose page) {
    this.signals = signals;
    this.files = files;
    this.page = page;
  }

  void detect(Map<ExecutionContext, CodeFacts> facts) {
    CodeFacts runtime = facts.getOrDefault(ExecutionContext.RUNTIME, new CodeFacts());
    build(
        facts.getOrDefault(ExecutionContext.BUILD, new CodeFacts()), runtime.any(NETWORK, PROCESS));
    macro(facts.getOrDefault(ExecutionContext.MACRO, new CodeFacts()));
    new RuntimeRules(signals, page).detect(runtime);
    tests(facts.getOrDefault(ExecutionContext.TEST, new CodeFacts()));
    everywhere(facts);
  }

  /// @param sends whether the library could send data that the build script collects
  private void build(CodeFacts code, boolean sends) {
    boolean pinned = code.purposes().pinned(page) && code.purposes().linksOnly();
    new EnumMap<>(BUILD)
        .forEach(
            (what, signal) -> {
              if (pinned && what == NETWORK) {
                code.of(what).forEach(found -> signals.add(found.as(signal).asNote()));
              } else if (what != DECODE || !code.purposes().encodesOnly()) {
                each(code, what, signal);
              }
            });
    if (code.any(NETWORK, DOWNLOADER, DECODE, DECODE_LOOP)) {
      for (Located found : code.of(URL)) {
        Signal signal = found.as(SignalCode.BUILD_ADDRESS);
        signals.add(pinned ? signal.asNote() : signal);
      }
    }
    for (Located script : code.of(SCRIPT_FILE)) {
      Signal signal = script.as(SignalCode.BUILD_SCRIPT_FILE);
      signals.add(configures(script) ? signal.asNote() : signal);
    }
    if (code.has(PROCESS)) {
      each(code, DOWNLOADER, SignalCode.BUILD_SHELL);
      code.of(SHELL).forEach(shell -> signals.add(shell(code, shell)));
      if (code.has(GIT) || code.of(GIT_CONTENT).stream().anyMatch(SignalDetector::namesGit)) {
        for (Located found : code.of(GIT_CONTENT)) {
          Signal signal = found.as(SignalCode.BUILD_GIT);
          boolean named = namesCommit(found) || (!sends && asksOnly(code, found));
          signals.add(named ? signal.asNote() : signal);
        }
      }
    }
    each(code, PARENT_WALK, SignalCode.BUILD_WALKS_UP);
  }

  private static boolean namesGit(Located place) {
    return place.hit().excerpt().contains("git ");
  }

  /// Returns whether a `git log` or `git show` only reads the name and day of one commit.
  private static boolean namesCommit(Located place) {
    return COMMIT.matcher(place.hit().excerpt()).find();
  }

  /// Returns whether a line asks `git` only for the name of a commit or the address of a remote.
  /// The build script can give it only to the compiler.
  private static boolean asksOnly(CodeFacts code, Located place) {
    long asked = onLine(code, GIT_QUERY, place);
    return asked > 0
        && asked >= onLine(code, GIT_CONTENT, place)
        && !code.any(NETWORK, DOWNLOADER, SHELL, FS_WRITE, ENV_ALL, NATIVE_EXECUTION);
  }

  private static long onLine(CodeFacts code, Capability what, Located place) {
    return code.of(what).stream()
        .filter(o -> o.path().equals(place.path()) && o.hit().line() == place.hit().line())
        .count();
  }

  /// Returns whether a script is the usual one that configures a library. Its content is inspected
  /// separately.
  private boolean configures(Located script) {
    String name = script.hit().excerpt();
    return CONFIGURES.contains(name) && files.test(name);
  }

  /// Returns the signal of a shell, which weighs less if it runs a file of the crate. Such a file
  /// can be reviewed like the build script.
  private Signal shell(CodeFacts code, Located shell) {
    Signal signal = shell.as(SignalCode.BUILD_SHELL);
    List<Located> scripts =
        code.of(SCRIPT_FILE).stream()
            .filter(
                script ->
                    script.path().equals(shell.path())
                        && script.hit().line() == shell.hit().line()
                        && files.test(script.hit().excerpt()))
            .toList();
    if (scripts.isEmpty()) {
      return signal;
    }
    return scripts.stream().allMatch(this::configures)
        ? signal.asNote()
        : signal.weighing(SignalWeight.REVIEW);
  }

  private void macro(CodeFacts code) {
    var work = new MacroWork(code::has);
    new EnumMap<>(MACRO)
        .forEach(
            (what, signal) -> {
              boolean tools = what == PROCESS && code.purposes().asksTools();
              if (tools || work.announced(what, page, code.namesHost())) {
                code.of(what).forEach(found -> signals.add(found.as(signal).asNote()));
              } else if (what != CREDENTIAL_PATH
                  && (what != DECODE || !code.purposes().encodesOnly())) {
                each(code, what, signal);
              }
            });
    for (Located found : code.of(CREDENTIAL_PATH)) {
      Signal signal = found.as(SignalCode.MACRO_CREDENTIALS);
      boolean settings = settingsOnly(found) && !code.any(NETWORK, PROCESS);
      signals.add(settings ? signal.asNote() : signal);
    }
    each(code, WEAK_CHECK, SignalCode.WEAK_CHECK);
    each(code, Capability.EMITTED_CODE, SignalCode.EMITTED_CODE);
    if (code.has(PROCESS)) {
      each(code, DOWNLOADER, SignalCode.MACRO_SHELL);
      each(code, SHELL, SignalCode.MACRO_SHELL);
      each(code, URL, SignalCode.MACRO_SHELL);
    }
  }

  /// Returns whether an occurrence names only the settings file of a project, as far as its line
  /// shows.
  private static boolean settingsOnly(Located place) {
    String line = place.hit().excerpt();
    return line.contains(".env") && !OTHER_CREDENTIALS.matcher(line).find();
  }

  /// Adds the signals of tests, examples and benchmarks. Users of the crate do not run them, but
  /// its authors and their CI do. Each combination counts within one source.
  private void tests(CodeFacts code) {
    beside(code, SECRET_SENT, NETWORK, FIXED_HOST);
    beside(code, SECRET_SENT, PROCESS, FIXED_HOST);
    beside(code, RECEIVED_RUN, NETWORK);
    beside(code, CREDENTIAL_PATH, NETWORK, FS_READ);
    beside(code, CREDENTIAL_PATH, DOWNLOADER, PROCESS, FIXED_HOST);
    beside(code, ENV_ALL, NETWORK, FIXED_HOST);
    beside(code, ENV_ALL, DOWNLOADER, PROCESS, FIXED_HOST);
    beside(code, DROP_HOST, NETWORK);
    beside(code, DROP_HOST, PROCESS);
    beside(code, PERSISTENCE, FS_WRITE, HOME_DIR);
    beside(code, CHMOD, NETWORK, PROCESS, FIXED_HOST);
    beside(code, DOWNLOADER, PROCESS, SHELL, FIXED_HOST);
  }

  private void beside(CodeFacts code, Capability what, Capability... others) {
    for (Located found : code.of(what)) {
      // A test creates its own home folder and puts the files there that the code must find.
      boolean made = what == CREDENTIAL_PATH && code.near(found, TEMP_DIR);
      boolean all = !made || !code.near(found, FS_WRITE);
      for (Capability other : others) {
        all &= code.near(found, other);
      }
      if (all) {
        Located with =
            code.of(others[0]).stream()
                .filter(other -> other.path().equals(found.path()))
                .findFirst()
                .orElse(found);
        signals.add(found.with(SignalCode.TEST_CONDUCT, with));
      }
    }
  }

  private void everywhere(Map<ExecutionContext, CodeFacts> facts) {
    facts.forEach(
        (place, code) -> {
          for (Located found : code.of(HIDDEN_TEXT)) {
            Signal signal = found.as(SignalCode.HIDDEN_TEXT);
            signals.add(place == ExecutionContext.TEST ? signal.asNote() : signal);
          }
          for (Located found : code.of(IOC)) {
            signals.add(found.as(SignalCode.IOC_TEXT));
          }
        });
  }

  private void each(CodeFacts code, Capability what, SignalCode signal) {
    code.of(what).forEach(found -> signals.add(found.as(signal)));
  }
}
