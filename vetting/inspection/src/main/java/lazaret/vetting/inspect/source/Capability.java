package lazaret.vetting.inspect.source;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// An ability of code, or a thing that it names, as seen in its tokens and literals.
///
/// None is bad alone. Rules evaluate the location and the other capabilities there, and reviewers
/// the capabilities that a version gained. The order is that of reports.
public enum Capability implements Coded {
  /// Sockets, HTTP clients, TLS.
  NETWORK("network", "Reaches the network"),
  /// Starting other programs.
  PROCESS("process", "Starts programs"),
  /// Switching off the checks of TLS certificates.
  TLS_OFF("tls-off", "Disables checks of TLS"),
  /// Making files executable.
  CHMOD("chmod", "Makes files executable"),
  /// Writing, moving or deleting files.
  FS_WRITE("fs-write", "Writes files"),
  /// Reading files and folders.
  FS_READ("fs-read", "Reads files"),
  /// Reading single environment variables.
  ENV_READ("env-read", "Reads variables"),
  /// Reading the whole environment.
  ENV_ALL("env-all", "Reads the whole environment"),
  /// Asking for the temporary folder, or naming it.
  TEMP_DIR("temp-dir", "Uses the temporary folder"),
  /// Asking for the home folder.
  HOME_DIR("home-dir", "Uses the home folder"),
  /// Declaring or loading functions of other languages.
  FFI("ffi", "Declares foreign functions"),
  /// The keyword `unsafe`.
  UNSAFE("unsafe", "Has unsafe code"),
  /// Machine code in the source.
  INLINE_ASM("inline-asm", "Contains machine code"),
  /// Decoding base64 or hex.
  DECODE("decode", "Decodes base64 or hex"),
  /// A path of credentials, keys or wallets.
  CREDENTIAL_PATH("credential-path", "Names files of credentials"),
  /// The name of a secret in the environment, or the header of a private key.
  SECRET_NAME("secret-name", "Names secrets"),
  /// A URL.
  URL("url", "Contains URLs"),
  /// An IP address.
  IP_ADDRESS("ip-address", "Contains IP addresses"),
  /// A chat bot, a paste service, a tunnel or a request catcher, to which stolen data is sent.
  DROP_HOST("drop-host", "Names hosts that collect data"),
  /// The name of a shell or interpreter.
  SHELL("shell", "Names a shell"),
  /// The name of a program that downloads.
  DOWNLOADER("downloader", "Names a downloader"),
  /// The name `git`.
  GIT("git", "Names git"),
  /// A `git` subcommand that shows content, history or settings of a repository.
  GIT_CONTENT("git-content", "Reads content or settings by git"),
  /// The variables by which a CI service is detected.
  CI_NAME("ci-name", "Detects CI services"),
  /// A file that runs at each login or boot.
  PERSISTENCE("persistence", "Names files that run at login"),
  /// A pattern that matches private keys or wallet addresses.
  KEY_PATTERN("key-pattern", "Matches keys or wallets"),
  /// A long array or string of bytes.
  BYTE_ARRAY("byte-array", "Contains long byte arrays"),
  /// A suspicious text in pieces, reversed or encoded.
  HIDDEN_TEXT("hidden-text", "Contains hidden texts"),
  /// Leaving the given folder upwards.
  PARENT_WALK("parent-walk", "Leaves its folder upwards"),
  /// Instructing the linker to link something.
  LINKS("links", "Links native code"),
  /// Starting a program that comes from data or a dependency, or that the code wrote itself.
  DERIVED_COMMAND("derived-command", "Starts a program from data"),
  /// Starting a program other than the usual tools of a build.
  UNUSUAL_COMMAND("unusual-command", "Starts an unusual program"),
  /// Running a file with a shell or interpreter.
  SCRIPT_FILE("script-file", "Runs a file by a shell or interpreter"),
  /// Choosing a linker, a linker plugin or a wrapper, or passing an unknown argument.
  LINKER_PROGRAM("linker-program", "Selects a linker or wrapper"),
  /// A path to the configuration of cargo, git, rustup or a shell.
  TOOL_CONFIG("tool-config", "Names configuration of tools"),
  /// Writing to the configuration of cargo, git, rustup or a shell.
  CONFIG_WRITE("config-write", "Writes configuration of tools"),
  /// Writing below a home folder or above the crate.
  FOREIGN_WRITE("foreign-write", "Writes outside of its folders"),
  /// Memory, environment or open files of a process, by their path below `/proc`.
  PROCESS_FILES("process-files", "Reads files of processes"),
  /// Making a text or bytes from others by arithmetic, a table or a reversal.
  DECODE_LOOP("decode-loop", "Decodes by arithmetic"),
  /// Using a decoded text as a path, program or address.
  DECODED_USE("decoded-use", "Uses decoded texts"),
  /// Making source, a program or machine code of data.
  DATA_AS_CODE("data-as-code", "Makes code of data"),
  /// Reading a file, a variable, output of a program or a decoded text as tokens.
  PARSED_DATA("parsed-data", "Parses data as tokens"),
  /// Naming files among tests.
  TEST_DATA("test-data", "Names files among tests"),
  /// Running code without the standard library: exec, memory files, loading of libraries, system
  /// calls.
  NATIVE_EXECUTION("native-execution", "Runs code by system calls"),
  /// A function that runs before `main`.
  CONSTRUCTOR("constructor", "Runs code before main"),
  /// A function that replaces one of a system library.
  SYMBOL_OVERRIDE("symbol-override", "Replaces functions of the system"),
  /// Keys, seeds, files of a home folder, the environment or the clipboard in a call that sends.
  SECRET_SENT("secret-sent", "Sends secrets"),
  /// Names of the machine or its user, or a password, in a call that sends.
  MACHINE_SENT("machine-sent", "Sends names of the machine"),
  /// A program, its arguments or a library from the network, or a program whose streams are a
  /// connection.
  RECEIVED_RUN("received-run", "Runs what it received"),
  /// Memory that is made executable and filled with bytes that the crate contains or fetches.
  EXECUTABLE_MEMORY("executable-memory", "Makes memory executable"),
  /// Memory or environment of another process, by a system call.
  OTHER_PROCESS("other-process", "Reads memory of other processes"),
  /// Files from a listing of folders that are removed or overwritten.
  DESTRUCTION("destruction", "Removes or overwrites listed files"),
  /// A text on the clipboard that is read and replaced.
  CLIPBOARD_SWAP("clipboard-swap", "Replaces the clipboard"),
  /// A comparison of the clock with a fixed date.
  FIXED_DATE("fixed-date", "Compares the clock with a date"),
  /// A fixed address of a wallet in code that pays.
  FIXED_RECIPIENT("fixed-recipient", "Contains an address that is paid"),
  /// A check that always succeeds, or a random number from a fixed seed.
  WEAK_CHECK("weak-check", "Has a check that always succeeds"),
  /// A macro for other crates whose code starts programs, reaches the network or writes files.
  EMITTED_CODE("emitted-code", "Emits code that reaches the system"),
  /// A service whose name and program the caller chooses.
  CALLERS_SERVICE("callers-service", "Installs a service of the caller"),
  /// The name of a host, in a text or in a file that is compiled in.
  FIXED_HOST("fixed-host", "Names hosts"),
  /// A download that is compared with a digest of the caller before it is used.
  VERIFIED_DOWNLOAD("verified-download", "Checks downloads by a digest of the caller"),
  /// A download that is compared with a digest in the crate before it is used.
  PINNED_DOWNLOAD("pinned-download", "Checks downloads by a digest of the crate"),
  /// The profile of a shell, written only if a parameter asks for it.
  CALLERS_WORD("callers-word", "Writes a profile on request"),
  /// Variables of the CI runner that are returned to the caller.
  RUNNER_ANSWER("runner-answer", "Returns variables of the CI service"),
  /// A `git` command that returns the name of a commit or the address of a remote.
  GIT_QUERY("git-query", "Queries a commit or remote by git"),
  /// A file in a place from which it is run later, and a text that fetches or starts something.
  PLANTED_START("planted-start", "Plants a file that is run later"),
  /// A text that is a script of an interpreter, and fetches or decodes what it runs.
  SCRIPT_TEXT("script-text", "Contains scripts"),
  /// Programs that all only report or format, each by its name.
  PLAIN_TOOLS("plain-tools", "Starts tools that only report"),
  /// A connection to an address from another connection, joined to that one.
  RELAY("relay", "Joins connections"),
  /// A library that is loaded at run time.
  LIBRARY_LOAD("library-load", "Loads libraries"),
  /// A client or connection under its own name; never stored.
  NETWORK_CLIENT("network-client", "Names a network client"),
  /// An indicator of compromise from a feed.
  IOC("ioc", "Contains indicators of compromise");

  private final String code;
  private final String words;

  Capability(String code, String words) {
    this.code = code;
    this.words = words;
  }

  /// Returns the kebab-case form, for example `tls-off`; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
  }

  /// Returns the capability as a clause for pages, without its subject: `Reads variables`.
  public String words() {
    return words;
  }

  /// Returns the capability of a kebab-case form, or empty if another version defined it.
  public static Optional<Capability> find(String code) {
    return Coded.find(Capability.class, code);
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
