package lazaret.vetting.detonation;

import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lazaret.vetting.detonation.BehaviorReport.Kind;
import lazaret.vetting.detonation.Detonation.Trace;
import lazaret.vetting.inspect.source.Capability;
import org.jspecify.annotations.Nullable;

/// The object of one trace, with the capabilities that code needs to cause it.
///
/// @param kind the kind of the object
/// @param what the object alone: `203.0.113.7:443`, `/usr/bin/cc`, `CARGO_PKG_NAME`
/// @param crate the crate that caused it; null if the trace names none
/// @param capabilities the capabilities that can cause it; empty if inspection has none for it
/// @param text the text by which sources name the object; the empty text if there is none
record TraceSubject(
    Kind kind, String what, @Nullable String crate, Set<Capability> capabilities, String text) {
  private static final Pattern BY = Pattern.compile("(.*) by ([A-Za-z0-9_-]+)", Pattern.DOTALL);
  private static final Pattern SCRIPT = Pattern.compile(".*/build/([^/]+)/build-script-[^/]*");
  private static final Pattern PORT = Pattern.compile(":\\d+$");
  private static final String VARIABLE = "variable ";
  private static final String NO_FILE = " (no regular file)";

  private static final Set<Capability> REACHING =
      EnumSet.of(
          Capability.NETWORK,
          Capability.URL,
          Capability.IP_ADDRESS,
          Capability.DROP_HOST,
          Capability.FIXED_HOST,
          Capability.DOWNLOADER);
  private static final Set<Capability> SECRETS =
      EnumSet.of(
          Capability.CREDENTIAL_PATH,
          Capability.SECRET_NAME,
          Capability.HOME_DIR,
          Capability.FS_READ,
          Capability.ENV_READ,
          Capability.ENV_ALL,
          Capability.SECRET_SENT);
  private static final Set<Capability> NATIVE =
      EnumSet.of(
          Capability.FFI,
          Capability.NATIVE_EXECUTION,
          Capability.INLINE_ASM,
          Capability.OTHER_PROCESS,
          Capability.PROCESS_FILES,
          Capability.EXECUTABLE_MEMORY);
  private static final Set<Capability> STARTING =
      EnumSet.of(
          Capability.PROCESS,
          Capability.UNUSUAL_COMMAND,
          Capability.DERIVED_COMMAND,
          Capability.SCRIPT_FILE,
          Capability.NATIVE_EXECUTION,
          Capability.RECEIVED_RUN);
  private static final Set<Capability> WRITING =
      EnumSet.of(
          Capability.FS_WRITE,
          Capability.FOREIGN_WRITE,
          Capability.CONFIG_WRITE,
          Capability.PLANTED_START,
          Capability.CHMOD,
          Capability.DESTRUCTION);
  private static final Set<Capability> READING =
      EnumSet.of(Capability.FS_READ, Capability.PARSED_DATA, Capability.TEST_DATA);
  private static final Set<Capability> VARIABLES =
      EnumSet.of(
          Capability.ENV_READ, Capability.ENV_ALL, Capability.SECRET_NAME, Capability.CI_NAME);

  /// Copies the set.
  TraceSubject {
    capabilities = Set.copyOf(capabilities);
  }

  /// Returns the object of a trace.
  static TraceSubject of(Trace trace) {
    return switch (trace.kind()) {
      case DENIED -> denied(trace.what());
      case RAN -> ran(trace.what());
      case SAID -> said(trace.what());
      case READ -> read(trace.what());
      case WROTE -> wrote(trace.what());
    };
  }

  private static TraceSubject denied(String text) {
    Matcher by = BY.matcher(text);
    boolean named = by.matches();
    String attempt = named ? by.group(1) : text;
    String crate = named ? by.group(2) : null;
    int space = attempt.indexOf(' ');
    String what = attempt.substring(space + 1);
    return switch (space < 0 ? attempt : attempt.substring(0, space)) {
      case "connect", "gate-refusal" ->
          new TraceSubject(Kind.HOST, what, crate, REACHING, PORT.matcher(what).replaceFirst(""));
      case "socket" -> new TraceSubject(Kind.HOST, what, crate, REACHING, "");
      case "decoy-opened", "decoy-value" ->
          new TraceSubject(Kind.CREDENTIAL, what, crate, SECRETS, name(what));
      case "keyring", "trace", "kernel" -> new TraceSubject(Kind.SYSTEM, what, crate, NATIVE, "");
      case "write-attempt" ->
          new TraceSubject(Kind.FILE_WRITTEN, what, crate, WRITING, ending(what));
      case "limit" -> new TraceSubject(Kind.LIMIT, what, crate, Set.of(), "");
      default -> new TraceSubject(Kind.OTHER, text, crate, Set.of(), "");
    };
  }

  private static TraceSubject ran(String program) {
    Matcher script = SCRIPT.matcher(program);
    return script.matches()
        ? new TraceSubject(Kind.PROCESS, program, script.group(1), Set.of(), "")
        : new TraceSubject(Kind.PROCESS, program, null, STARTING, '"' + name(program) + '"');
  }

  private static TraceSubject said(String instruction) {
    int equals = instruction.indexOf('=');
    String key = equals < 0 ? instruction : instruction.substring(0, equals);
    Set<Capability> capabilities =
        key.startsWith("rustc-link-") || key.equals("rustc-flags")
            ? EnumSet.of(Capability.LINKS, Capability.LINKER_PROGRAM)
            : key.equals("rerun-if-env-changed") ? VARIABLES : Set.of();
    return new TraceSubject(Kind.INSTRUCTION, instruction, null, capabilities, key);
  }

  private static TraceSubject read(String text) {
    if (text.startsWith(VARIABLE)) {
      String variable = text.substring(VARIABLE.length());
      return new TraceSubject(Kind.VARIABLE, variable, null, VARIABLES, '"' + variable + '"');
    }
    return new TraceSubject(Kind.FILE_READ, text, null, READING, ending(text));
  }

  private static TraceSubject wrote(String text) {
    String path =
        text.endsWith(NO_FILE) ? text.substring(0, text.length() - NO_FILE.length()) : text;
    return new TraceSubject(Kind.FILE_WRITTEN, path, null, WRITING, ending(path));
  }

  /// Returns the last part of a path.
  private static String name(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /// Returns the end of a literal that names a file.
  private static String ending(String path) {
    String name = name(path);
    return name.isEmpty() ? "" : name + '"';
  }

  /// Returns whether the compilation of the library can cause the event, in addition to the build
  /// script and macros. Its sources name files and variables that the compiler reads.
  boolean byCompilation() {
    return kind == Kind.VARIABLE || kind == Kind.FILE_READ;
  }
}
