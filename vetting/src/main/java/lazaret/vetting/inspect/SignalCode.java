package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.SignalWeight.BLOCK;
import static lazaret.vetting.inspect.SignalWeight.HIGH;
import static lazaret.vetting.inspect.SignalWeight.NOTE;
import static lazaret.vetting.inspect.SignalWeight.REVIEW;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What inspection can find in the files of a crate. Each is explained in `docs/signals.md`: what
/// it sees, why, how often good crates show it, what a reviewer should do.
public enum SignalCode {
  /// The archive or a file in it has a SHA-256 that a feed names.
  IOC_DIGEST("ioc-digest", BLOCK, "these are bytes of a known attack: deny the version"),
  /// A file holds an address or text that a feed names.
  IOC_TEXT("ioc-text", BLOCK, "it names an address or text of a known attack: deny the version"),
  /// An author or the owner of the repository is one letter off a well-known name.
  LOOK_ALIKE_IDENTITY(
      "look-alike-identity", REVIEW, "compare the name with that of the person it resembles"),
  /// The build script reaches the network.
  BUILD_NETWORK(
      "build-network", HIGH, "find out what it fetches or sends, and from where: builds need none"),
  /// The build script does not check TLS certificates.
  BUILD_TLS_OFF("build-tls-off", HIGH, "no honest download needs this: treat it as an attack"),
  /// The build script makes a file executable.
  BUILD_CHMOD("build-chmod", HIGH, "find out which file is run, and where it comes from"),
  /// The build script names where credentials lie.
  BUILD_CREDENTIALS(
      "build-credentials", HIGH, "a build has no use for keys: treat it as an attack"),
  /// The build script holds an IP address, or a URL beside what could use it.
  BUILD_ADDRESS(
      "build-address", HIGH, "find out who is behind the address and what is asked of it"),
  /// The build script decodes a text: base64, hex, or arithmetic of its own.
  BUILD_DECODE("build-decode", HIGH, "decode it yourself: what need is there to hide it?"),
  /// The build script holds a long array of bytes.
  BUILD_BYTES("build-bytes", HIGH, "find out what the bytes are"),
  /// The build script calls functions of the system past the standard library, or runs machine
  /// code.
  BUILD_NATIVE_CALL(
      "build-native-call", HIGH, "it runs code past the standard library: find out which"),
  /// The build script starts a program that comes from data, or that it wrote itself.
  BUILD_DERIVED_COMMAND(
      "build-derived-command", HIGH, "find out which program that is: the source does not say"),
  /// The build script starts a program that is none of the usual tools of a build.
  BUILD_UNUSUAL_COMMAND(
      "build-unusual-command", HIGH, "find out what the program is needed for, and where it lies"),
  /// The build script has a shell or interpreter run a file of the crate.
  BUILD_SCRIPT_FILE("build-script-file", REVIEW, "read that file as part of the build script"),
  /// The build script chooses a linker, a plugin or a wrapper.
  BUILD_LINKER("build-linker", HIGH, "find out which program or plugin the linker runs"),
  /// The build script names the configuration of cargo, git, rustup or a shell.
  BUILD_CONFIG("build-config", HIGH, "it could change what later commands run: treat as an attack"),
  /// The build script writes outside of its folders.
  BUILD_FOREIGN_WRITE("build-foreign-write", HIGH, "a build writes below OUT_DIR: see what else"),
  /// The build script looks into memory or environment of a process.
  BUILD_PROCESS_FILES(
      "build-process-files", HIGH, "a build has no use for other processes: treat as an attack"),
  /// The build script makes source or a program of data.
  BUILD_DATA_AS_CODE("build-data-as-code", HIGH, "read the data: it becomes code"),
  /// A dependency of the build script gives network, TLS or decoding.
  BUILD_DEPENDENCY(
      "build-dependency", HIGH, "read the build script for what it does with this dependency"),
  /// The build script runs a shell or downloader.
  BUILD_SHELL("build-shell", HIGH, "read the command: what it runs is not in the crate"),
  /// The build script runs `git` to read content, history or settings.
  BUILD_GIT("build-git", REVIEW, "it reads the repository of whoever builds: see what for"),
  /// The build script climbs far above its folders.
  BUILD_WALKS_UP("build-walks-up", NOTE, "see what it reads or writes in the user's project"),
  /// The build script reads the whole environment.
  BUILD_ENV_ALL("build-env-all", HIGH, "the environment of CI holds secrets: see what is kept"),
  /// The build script asks which CI service it runs on.
  BUILD_CI_PROBE(
      "build-ci-probe", REVIEW, "see what it does differently there, or hides elsewhere"),
  /// The build script pulls in source from a file that is not named like source.
  BUILD_ODD_SOURCE("build-odd-source", HIGH, "read that file as part of the build script"),
  /// The build script links an object or library that lies in the crate.
  BUILD_LINKS_BINARY(
      "build-links-binary",
      HIGH,
      "nobody can read what is linked: deny unless its origin is proven"),
  /// Cargo runs a build script, and no source of it was read.
  BUILD_SCRIPT_MISSING(
      "build-script-missing", HIGH, "find out what cargo runs there: inspection read none of it"),
  /// The build script sets `cfg(test)`, so that code of tests is compiled into the library.
  BUILD_SETS_TEST(
      "build-sets-test", HIGH, "read the tests as code: no honest build compiles them in"),
  /// A proc macro reaches the network.
  MACRO_NETWORK("macro-network", HIGH, "it runs in the compiler of whoever builds: see what for"),
  /// A proc macro runs a shell, a downloader or decoded text.
  MACRO_SHELL("macro-shell", HIGH, "read the command: it runs in the compiler"),
  /// A proc macro names where credentials lie or reads the whole environment.
  MACRO_CREDENTIALS(
      "macro-credentials", HIGH, "a macro has no use for keys: treat it as an attack"),
  /// A proc macro starts a program.
  MACRO_COMMAND("macro-command", HIGH, "it runs in the compiler: see which program, and why"),
  /// A proc macro writes files, or asks for the folders of temporary files or the user.
  MACRO_WRITES("macro-writes", HIGH, "a macro gives back tokens and writes nothing: see what for"),
  /// A proc macro names the configuration of cargo, git, rustup or a shell.
  MACRO_CONFIG("macro-config", HIGH, "it could change what later commands run: treat as an attack"),
  /// A proc macro calls functions of the system past the standard library, or runs machine code.
  MACRO_NATIVE_CALL("macro-native-call", HIGH, "find out what it runs inside the compiler"),
  /// A proc macro looks into memory or environment of a process.
  MACRO_PROCESS_FILES(
      "macro-process-files", HIGH, "the process is the compiler: treat it as an attack"),
  /// A proc macro decodes a text.
  MACRO_DECODE("macro-decode", HIGH, "decode it yourself: it may become code"),
  /// A proc macro makes code of data, of a variable or of decoded text.
  MACRO_DATA_AS_CODE("macro-data-as-code", HIGH, "read the data: it becomes code"),
  /// A proc macro holds an IP address or names where stolen data is dropped.
  MACRO_ADDRESS("macro-address", HIGH, "find out who is behind the address"),
  /// The crate reaches the network and names credentials, keys or secrets.
  NETWORK_AND_SECRETS(
      "network-and-secrets", REVIEW, "see whether what is read there could be sent"),
  /// The crate reaches the network and reads the whole environment.
  NETWORK_AND_ENVIRONMENT(
      "network-and-environment", REVIEW, "see whether the environment could be sent"),
  /// The crate reaches the network, starts programs, and makes files executable or uses the folder
  /// of temporary files.
  FETCH_AND_RUN("fetch-and-run", REVIEW, "see whether it could run what it fetched"),
  /// The crate runs a shell with a downloader.
  RUNS_DOWNLOADER("runs-downloader", HIGH, "read the command: it fetches by a program of its own"),
  /// The crate asks which CI service it runs on, and starts programs or reaches the network.
  CI_PROBE_AND_RUN("ci-probe-and-run", REVIEW, "see what it does differently there"),
  /// The crate writes what is run at each login or boot.
  PERSISTENCE("persistence", HIGH, "a library has no business there: treat it as an attack"),
  /// The crate writes the configuration of cargo, git, rustup or a shell.
  CONFIG_WRITE("config-write", HIGH, "it changes what later commands run: see whether it is asked"),
  /// A function runs before `main`, and its source reaches the system.
  CONSTRUCTOR("constructor", HIGH, "it runs without being called: see what it does"),
  /// A function takes the place of one of a system library.
  SYMBOL_OVERRIDE("symbol-override", HIGH, "every caller in the program gets this one: see why"),
  /// Keys, files of a home folder, the environment or the clipboard reach a call that sends.
  SECRET_SENT("secret-sent", HIGH, "follow the value to where it is sent: treat it as theft"),
  /// Names of the machine or its user, or a password, reach a call that sends.
  MACHINE_SENT("machine-sent", REVIEW, "see what is sent, and to whom"),
  /// The code runs a program or script that it received from the network.
  RECEIVED_RUN(
      "received-run",
      HIGH,
      "it runs a program that another machine sends: find out which machine, and why"),
  /// The crate connects where another machine says and joins both connections.
  RELAY("relay", HIGH, "it lends its network to another machine: find out to which, and why"),
  /// Memory is filled with bytes that the crate brings, and made executable.
  EXECUTABLE_MEMORY("executable-memory", HIGH, "find out what the bytes are: they are run"),
  /// The crate looks into memory or environment of another process by calls of the system.
  OTHER_PROCESS("other-process", REVIEW, "see which process, and what is kept of it"),
  /// Files are destroyed wherever they are found.
  DESTRUCTION("destruction", HIGH, "see which files it removes or overwrites, and on whose word"),
  /// A text on the clipboard is looked at and replaced.
  CLIPBOARD_SWAP("clipboard-swap", HIGH, "see what is put in the place of what"),
  /// The clock is compared with a day that stands in the source.
  FIXED_DATE("fixed-date", REVIEW, "see what it does from that day on"),
  /// The address of a wallet stands beside what pays.
  FIXED_RECIPIENT("fixed-recipient", REVIEW, "find out whose address it is, and what is paid"),
  /// A check always succeeds, or random numbers come from a seed that stands in the source.
  WEAK_CHECK("weak-check", REVIEW, "see what relies on that check or on those numbers"),
  /// A macro for others starts programs, reaches the network or writes files.
  EMITTED_CODE("emitted-code", REVIEW, "read the macro: its code runs in the crates of its users"),
  /// A name is spelled with letters of another script and looks like a plain one.
  LOOK_ALIKE_NAME("look-alike-name", HIGH, "two names look the same: see which one is meant where"),
  /// A script, a makefile or a source of another language fetches, runs, steals or stays.
  SCRIPT_CONDUCT("script-conduct", HIGH, "read the file: the build or the program may run it"),
  /// Settings of an editor or tool start a script of the crate that fetches or sends.
  TOOL_SETTINGS("tool-settings", HIGH, "opening the folder may start it: read the script"),
  /// A script in the documentation speaks to a wallet, sends, or comes from elsewhere.
  DOC_SCRIPT("doc-script", HIGH, "it runs in the browsers of readers: see what it asks for"),
  /// A dependency has the name of a well-known crate and is another one of much the same name.
  RENAMED_DEPENDENCY(
      "renamed-dependency", HIGH, "the code names one crate and gets another: see why"),
  /// The crate looks into memory or environment of a process.
  PROCESS_FILES("process-files", REVIEW, "see which process, and what is kept of it"),
  /// A decoded text becomes a program, a path or an address.
  DECODED_USE("decoded-use", HIGH, "decode it yourself: it was hidden what is used"),
  /// Data that is compiled in or decoded becomes machine code or a program.
  DATA_AS_CODE("data-as-code", HIGH, "find out what the data is: it is run"),
  /// The crate holds patterns that match private keys or wallet addresses.
  KEY_PATTERN("key-pattern", REVIEW, "see what it does with what matches"),
  /// The crate names a chat bot, paste, tunnel or request catcher.
  DROP_ADDRESS("drop-address", REVIEW, "see what is sent there"),
  /// A telling text is put together from pieces, or encoded.
  HIDDEN_TEXT("hidden-text", HIGH, "somebody did not want this text to be read: find out why"),
  /// An executable, object or library.
  EXECUTABLE_FILE("executable-file", HIGH, "nobody can read it: find out whether anything uses it"),
  /// Windows import libraries: names only, no code of their own.
  IMPORT_LIBRARY("import-library", NOTE, "it holds names of system functions and no code"),
  /// A compressed file.
  COMPRESSED_FILE("compressed-file", NOTE, "unpack it and see what it holds"),
  /// Source includes a binary or compressed file, or one that looks random.
  INCLUDED_BLOB("included-blob", REVIEW, "find out what it is and how it was made"),
  /// Source is pulled in from a file that is not named like source.
  ODD_SOURCE("odd-source", NOTE, "read that file as source"),
  /// Characters in source that do not show or turn the reading direction.
  HIDDEN_CHARACTERS("hidden-characters", REVIEW, "the source is not what it looks like: see why"),
  /// Source that is no UTF-8: no compiler takes it, so nothing should use it.
  NOT_UTF8_SOURCE("not-utf8-source", REVIEW, "find out what the file is really for"),
  /// The manifest names a program whose file is not in the archive.
  PROGRAM_MISSING(
      "program-missing", HIGH, "cargo could not compile that program: see what is meant instead"),
  /// Configuration of cargo inside the crate.
  CARGO_CONFIG("cargo-config", NOTE, "cargo reads it for whoever builds inside the folder only"),
  /// An example in the documentation hides lines that start programs, read secrets or send.
  DOC_TEST("doc-test", REVIEW, "the page does not show these lines, and cargo test runs them"),
  /// A test, example or benchmark steals, sends, fetches what it runs, or stays.
  TEST_CONDUCT(
      "test-conduct", REVIEW, "whoever works on the crate runs it: see what leaves the machine"),
  /// A file that was not looked at to its end.
  NOT_LOOKED_INTO(
      "not-looked-into", REVIEW, "it holds more than inspection reads or keeps: look yourself"),
  /// Inspection ran out of time.
  TOO_SLOW("too-slow", HIGH, "files were not looked into for want of time: somebody made them so"),
  /// The index line states other dependencies than the manifest.
  LINE_MISMATCH(
      "line-mismatch",
      HIGH,
      "the registry makes the line from the manifest: see who changed one of them"),
  /// The code has a capability of which the crate says nothing.
  UNSTATED_CAPABILITY(
      "unstated-capability", NOTE, "see what it is for: the crate does not say that it does this"),
  /// The archive does not say from which commit it was made.
  NO_COMMIT("no-commit", NOTE, "compare with the repository by hand; a claim could be forged too"),
  /// The archive says that it was made with changes that are not in the repository.
  DIRTY_COMMIT("dirty-commit", NOTE, "compare with the repository"),
  /// A build script appeared or changed against the version compared with.
  BUILD_CHANGED("build-changed", REVIEW, "read the difference of the build script first"),
  /// The crate reaches the network, and the version compared with did not.
  NETWORK_GAINED("network-gained", HIGH, "find out what the new version talks to"),
  /// A telling capability that the version compared with did not have.
  CAPABILITY_GAINED("capability-gained", REVIEW, "read the places where it is used"),
  /// A source in another language that the code names reaches what it did not.
  FOREIGN_SOURCE_GAINED("foreign-source-gained", REVIEW, "read what it does now"),
  /// Another address in the place of one of the version compared with.
  ADDRESS_EXCHANGED("address-exchanged", REVIEW, "find out whose address it is now"),
  /// More than three times the size or the files of the version compared with.
  SIZE_JUMP("size-jump", NOTE, "see what was added");

  private static final Map<String, SignalCode> BY_CODE =
      Arrays.stream(values()).collect(Collectors.toMap(SignalCode::code, Function.identity()));

  private final String code;
  private final SignalWeight weight;
  private final String meaning;

  SignalCode(String code, SignalWeight weight, String meaning) {
    this.code = code;
    this.weight = weight;
    this.meaning = meaning;
  }

  /// Returns the kebab-case form, for example `build-network`; stable, so that it can be stored.
  public String code() {
    return code;
  }

  /// Returns how much it weighs where it counts in full; in tests and examples it is a note.
  public SignalWeight weight() {
    return weight;
  }

  /// Returns what it means for a reviewer: one clause, lower case, no full stop.
  public String meaning() {
    return meaning;
  }

  /// Finds a signal by its kebab-case form; empty for a code of another version of the inspector.
  public static Optional<SignalCode> find(String code) {
    return Optional.ofNullable(BY_CODE.get(code));
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
