package lazaret.vetting.inspect.source;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// An ability of code, or a thing that it names, as seen in its tokens and literals.
///
/// None is bad alone. Rules evaluate the location and the other capabilities there, and reviewers
/// the capabilities that a version gained. The order is that of reports.
public enum Capability implements Coded {
  /// Sockets, HTTP clients, TLS.
  NETWORK("network"),
  /// Starting other programs.
  PROCESS("process"),
  /// Switching off the checks of TLS certificates.
  TLS_OFF("tls-off"),
  /// Making files executable.
  CHMOD("chmod"),
  /// Writing, moving or deleting files.
  FS_WRITE("fs-write"),
  /// Reading files and folders.
  FS_READ("fs-read"),
  /// Reading single environment variables.
  ENV_READ("env-read"),
  /// Reading the whole environment.
  ENV_ALL("env-all"),
  /// Asking for the temporary folder, or naming it.
  TEMP_DIR("temp-dir"),
  /// Asking for the home folder.
  HOME_DIR("home-dir"),
  /// Declaring or loading functions of other languages.
  FFI("ffi"),
  /// The keyword `unsafe`.
  UNSAFE("unsafe"),
  /// Machine code in the source.
  INLINE_ASM("inline-asm"),
  /// Decoding base64 or hex.
  DECODE("decode"),
  /// A path of credentials, keys or wallets.
  CREDENTIAL_PATH("credential-path"),
  /// The name of a secret in the environment, or the header of a private key.
  SECRET_NAME("secret-name"),
  /// A URL.
  URL("url"),
  /// An IP address.
  IP_ADDRESS("ip-address"),
  /// A chat bot, a paste service, a tunnel or a request catcher, to which stolen data is sent.
  DROP_HOST("drop-host"),
  /// The name of a shell or interpreter.
  SHELL("shell"),
  /// The name of a program that downloads.
  DOWNLOADER("downloader"),
  /// The name `git`.
  GIT("git"),
  /// A `git` subcommand that shows content, history or settings of a repository.
  GIT_CONTENT("git-content"),
  /// The variables by which a CI service is detected.
  CI_NAME("ci-name"),
  /// A file that runs at each login or boot.
  PERSISTENCE("persistence"),
  /// A pattern that matches private keys or wallet addresses.
  KEY_PATTERN("key-pattern"),
  /// A long array or string of bytes.
  BYTE_ARRAY("byte-array"),
  /// A suspicious text in pieces, reversed or encoded.
  HIDDEN_TEXT("hidden-text"),
  /// Leaving the given folder upwards.
  PARENT_WALK("parent-walk"),
  /// Instructing the linker to link something.
  LINKS("links"),
  /// Starting a program that comes from data or a dependency, or that the code wrote itself.
  DERIVED_COMMAND("derived-command"),
  /// Starting a program other than the usual tools of a build.
  UNUSUAL_COMMAND("unusual-command"),
  /// Running a file with a shell or interpreter.
  SCRIPT_FILE("script-file"),
  /// Choosing a linker, a linker plugin or a wrapper, or passing an unknown argument.
  LINKER_PROGRAM("linker-program"),
  /// A path to the configuration of cargo, git, rustup or a shell.
  TOOL_CONFIG("tool-config"),
  /// Writing to the configuration of cargo, git, rustup or a shell.
  CONFIG_WRITE("config-write"),
  /// Writing below a home folder or above the crate.
  FOREIGN_WRITE("foreign-write"),
  /// Memory, environment or open files of a process, by their path below `/proc`.
  PROCESS_FILES("process-files"),
  /// Making a text or bytes from others by arithmetic, a table or a reversal.
  DECODE_LOOP("decode-loop"),
  /// Using a decoded text as a path, program or address.
  DECODED_USE("decoded-use"),
  /// Making source, a program or machine code of data.
  DATA_AS_CODE("data-as-code"),
  /// Reading a file, a variable, output of a program or a decoded text as tokens.
  PARSED_DATA("parsed-data"),
  /// Naming files among tests.
  TEST_DATA("test-data"),
  /// Running code without the standard library: exec, memory files, loading of libraries, system
  /// calls.
  NATIVE_EXECUTION("native-execution"),
  /// A function that runs before `main`.
  CONSTRUCTOR("constructor"),
  /// A function that replaces one of a system library.
  SYMBOL_OVERRIDE("symbol-override"),
  /// Keys, seeds, files of a home folder, the environment or the clipboard in a call that sends.
  SECRET_SENT("secret-sent"),
  /// Names of the machine or its user, or a password, in a call that sends.
  MACHINE_SENT("machine-sent"),
  /// A program, its arguments or a library from the network, or a program whose streams are a
  /// connection.
  RECEIVED_RUN("received-run"),
  /// Memory that is made executable and filled with bytes that the crate contains or fetches.
  EXECUTABLE_MEMORY("executable-memory"),
  /// Memory or environment of another process, by a system call.
  OTHER_PROCESS("other-process"),
  /// Files from a listing of folders that are removed or overwritten.
  DESTRUCTION("destruction"),
  /// A text on the clipboard that is read and replaced.
  CLIPBOARD_SWAP("clipboard-swap"),
  /// A comparison of the clock with a fixed date.
  FIXED_DATE("fixed-date"),
  /// A fixed address of a wallet in code that pays.
  FIXED_RECIPIENT("fixed-recipient"),
  /// A check that always succeeds, or a random number from a fixed seed.
  WEAK_CHECK("weak-check"),
  /// A macro for other crates whose code starts programs, reaches the network or writes files.
  EMITTED_CODE("emitted-code"),
  /// A service whose name and program the caller chooses.
  CALLERS_SERVICE("callers-service"),
  /// The name of a host, in a text or in a file that is compiled in.
  FIXED_HOST("fixed-host"),
  /// A download that is compared with a digest of the caller before it is used.
  VERIFIED_DOWNLOAD("verified-download"),
  /// A download that is compared with a digest in the crate before it is used.
  PINNED_DOWNLOAD("pinned-download"),
  /// The profile of a shell, written only if a parameter asks for it.
  CALLERS_WORD("callers-word"),
  /// Variables of the CI runner that are returned to the caller.
  RUNNER_ANSWER("runner-answer"),
  /// A `git` command that returns the name of a commit or the address of a remote.
  GIT_QUERY("git-query"),
  /// A file in a place from which it is run later, and a text that fetches or starts something.
  PLANTED_START("planted-start"),
  /// A text that is a script of an interpreter, and fetches or decodes what it runs.
  SCRIPT_TEXT("script-text"),
  /// Programs that all only report or format, each by its name.
  PLAIN_TOOLS("plain-tools"),
  /// A connection to an address from another connection, joined to that one.
  RELAY("relay"),
  /// A library that is loaded at run time.
  LIBRARY_LOAD("library-load"),
  /// A client or connection under its own name; never stored.
  NETWORK_CLIENT("network-client"),
  /// An indicator of compromise from a feed.
  IOC("ioc");

  private final String code;

  Capability(String code) {
    this.code = code;
  }

  /// Returns the kebab-case form, for example `tls-off`; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
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
