package lazaret.vetting.inspect.source;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What code can do or what it names, as seen in its tokens and literals. None is bad alone: rules
/// look at where it stands and what stands beside it, reviewers at what a version gained. The order
/// is that of reports.
public enum Capability {
  /// Sockets, HTTP clients, TLS.
  NETWORK("network"),
  /// Starts other programs.
  PROCESS("process"),
  /// Checks of TLS certificates switched off.
  TLS_OFF("tls-off"),
  /// Makes files executable.
  CHMOD("chmod"),
  /// Writes, moves or deletes files.
  FS_WRITE("fs-write"),
  /// Reads files and folders.
  FS_READ("fs-read"),
  /// Reads single variables of the environment.
  ENV_READ("env-read"),
  /// Reads the whole environment.
  ENV_ALL("env-all"),
  /// Asks for the folder of temporary files, or names it.
  TEMP_DIR("temp-dir"),
  /// Asks for the home folder.
  HOME_DIR("home-dir"),
  /// Declares or loads functions of other languages.
  FFI("ffi"),
  /// `unsafe`.
  UNSAFE("unsafe"),
  /// Machine code in the source.
  INLINE_ASM("inline-asm"),
  /// Decodes base64 or hex.
  DECODE("decode"),
  /// A path where credentials, keys or wallets lie.
  CREDENTIAL_PATH("credential-path"),
  /// The name of a secret in the environment, or the mark of a private key.
  SECRET_NAME("secret-name"),
  /// A URL.
  URL("url"),
  /// An IP address.
  IP_ADDRESS("ip-address"),
  /// A chat bot, a paste, a tunnel, a request catcher: where stolen data is dropped.
  DROP_HOST("drop-host"),
  /// A shell or interpreter by name.
  SHELL("shell"),
  /// A program that downloads by name.
  DOWNLOADER("downloader"),
  /// `git` by name.
  GIT("git"),
  /// A `git` subcommand that shows content, history or settings of a repository.
  GIT_CONTENT("git-content"),
  /// The variables by which CI services are recognised.
  CI_NAME("ci-name"),
  /// A file that is run at each login or boot.
  PERSISTENCE("persistence"),
  /// A pattern that matches private keys or wallet addresses.
  KEY_PATTERN("key-pattern"),
  /// A long array or string of bytes.
  BYTE_ARRAY("byte-array"),
  /// A telling text in pieces, reversed or encoded.
  HIDDEN_TEXT("hidden-text"),
  /// Climbs above the folder it was given.
  PARENT_WALK("parent-walk"),
  /// Tells the linker what to link.
  LINKS("links"),
  /// Starts a program that comes from data, from a dependency or from what it wrote itself.
  DERIVED_COMMAND("derived-command"),
  /// Starts a program that is none of the usual tools of a build.
  UNUSUAL_COMMAND("unusual-command"),
  /// Runs a file by a shell or interpreter.
  SCRIPT_FILE("script-file"),
  /// Chooses a linker, a plugin of one or a wrapper, or passes an argument that is not known.
  LINKER_PROGRAM("linker-program"),
  /// A path to the configuration of cargo, git, rustup or a shell.
  TOOL_CONFIG("tool-config"),
  /// Writes to the configuration of cargo, git, rustup or a shell.
  CONFIG_WRITE("config-write"),
  /// Writes below a home folder or above the crate.
  FOREIGN_WRITE("foreign-write"),
  /// Memory, environment or open files of a process, by their path below `/proc`.
  PROCESS_FILES("process-files"),
  /// Makes a text or bytes from others by arithmetic, a table or a turn.
  DECODE_LOOP("decode-loop"),
  /// Uses a decoded text as a path, program or address.
  DECODED_USE("decoded-use"),
  /// Makes source, a program or machine code of data.
  DATA_AS_CODE("data-as-code"),
  /// Reads a file, a variable, output of a program or a decoded text as tokens.
  PARSED_DATA("parsed-data"),
  /// Names files among tests.
  TEST_DATA("test-data"),
  /// Runs code past the standard library: exec, memory files, loading of libraries, system calls.
  NATIVE_EXECUTION("native-execution"),
  /// A function that runs before `main`.
  CONSTRUCTOR("constructor"),
  /// A function that takes the place of one of a system library.
  SYMBOL_OVERRIDE("symbol-override"),
  /// Keys, seeds, files of a home folder, the environment or the clipboard that are handed to what
  /// sends.
  SECRET_SENT("secret-sent"),
  /// Names of the machine or its user, or a password, that are handed to what sends.
  MACHINE_SENT("machine-sent"),
  /// A program, its arguments or a library that come from the network, or a program whose streams
  /// are a connection.
  RECEIVED_RUN("received-run"),
  /// Memory that is made executable and filled with bytes that the crate brings or fetches.
  EXECUTABLE_MEMORY("executable-memory"),
  /// Memory or environment of another process, by a call of the system.
  OTHER_PROCESS("other-process"),
  /// Files out of a listing of folders that are removed or overwritten.
  DESTRUCTION("destruction"),
  /// A text on the clipboard that is looked at and replaced.
  CLIPBOARD_SWAP("clipboard-swap"),
  /// The time of the clock that is compared with a day that stands in the source.
  FIXED_DATE("fixed-date"),
  /// The address of a wallet beside what pays.
  FIXED_RECIPIENT("fixed-recipient"),
  /// A check that always succeeds, or a random number from a seed that stands in the source.
  WEAK_CHECK("weak-check"),
  /// A macro for others whose code starts programs, reaches the network or writes files.
  EMITTED_CODE("emitted-code"),
  /// A service whose name and program the caller chooses.
  CALLERS_SERVICE("callers-service"),
  /// The name of a host, in a text or in a file that is compiled in.
  FIXED_HOST("fixed-host"),
  /// A download that is compared with a digest of the caller before it is used.
  VERIFIED_DOWNLOAD("verified-download"),
  /// A download that is compared with a digest of the crate before it is used.
  PINNED_DOWNLOAD("pinned-download"),
  /// The profile of a shell, written only where a parameter asks for it.
  CALLERS_WORD("callers-word"),
  /// Variables of the runner of a job that are given back to the caller.
  RUNNER_ANSWER("runner-answer"),
  /// A `git` command that gives the name of a commit or the address of a remote.
  GIT_QUERY("git-query"),
  /// A file in a place from which it is run later, beside a text that fetches or starts something.
  PLANTED_START("planted-start"),
  /// A text that is a script of an interpreter, and fetches or decodes what it runs.
  SCRIPT_TEXT("script-text"),
  /// Programs of which all only answer or format, each by its name.
  PLAIN_TOOLS("plain-tools"),
  /// A connection to where another one says, joined to that one.
  RELAY("relay"),
  /// A library that is loaded at run time.
  LIBRARY_LOAD("library-load"),
  /// A client or connection under its own name; never kept.
  NETWORK_CLIENT("network-client"),
  /// An indicator of compromise of a feed.
  IOC("ioc");

  private static final Map<String, Capability> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(Capability::code, Function.identity()));

  private final String code;

  Capability(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `tls-off`; stable, so that it can be stored.
  public String code() {
    return code;
  }

  /// Finds a capability by its kebab-case form; empty for a code of another version.
  public static Optional<Capability> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
