package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.SignalWeight.BLOCK;
import static lazaret.vetting.inspect.SignalWeight.HIGH;
import static lazaret.vetting.inspect.SignalWeight.NOTE;
import static lazaret.vetting.inspect.SignalWeight.REVIEW;

import java.util.Optional;
import lazaret.vetting.text.Coded;

/// A kind of finding in the files of a crate. `docs/signals.md` explains each: its evidence and
/// reason, its frequency in good crates, and the task of the reviewer.
public enum SignalCode implements Coded {
  /// An archive or file whose SHA-256 a feed names.
  IOC_DIGEST("ioc-digest", BLOCK, "these are bytes of a known attack: deny the version"),
  /// A file with an address or text that a feed names.
  IOC_TEXT("ioc-text", BLOCK, "it names an address or text of a known attack: deny the version"),
  /// An author or owner of the repository whose name differs by one letter from a well-known one.
  LOOK_ALIKE_IDENTITY(
      "look-alike-identity", REVIEW, "compare the name with that of the person it resembles"),
  /// A build script that reaches the network.
  BUILD_NETWORK(
      "build-network",
      HIGH,
      "find out what it fetches or sends, and from where: builds need no network"),
  /// A build script that does not check TLS certificates.
  BUILD_TLS_OFF("build-tls-off", HIGH, "no honest download needs this: treat it as an attack"),
  /// A build script that makes a file executable.
  BUILD_CHMOD("build-chmod", HIGH, "find out which file is run, and where it comes from"),
  /// A build script that names files of credentials.
  BUILD_CREDENTIALS(
      "build-credentials", HIGH, "a build has no use for keys: treat it as an attack"),
  /// A build script with an IP address, or with a URL and code that could use it.
  BUILD_ADDRESS(
      "build-address", HIGH, "find out who is behind the address and what is requested from it"),
  /// A build script that decodes a text: base64, hex, or by its own arithmetic.
  BUILD_DECODE("build-decode", HIGH, "decode it yourself, and find out why it is hidden"),
  /// A build script with a long array of bytes.
  BUILD_BYTES("build-bytes", HIGH, "find out what the bytes are"),
  /// A build script that bypasses the standard library to call functions of the system, or runs
  /// machine code.
  BUILD_NATIVE_CALL(
      "build-native-call", HIGH, "it runs code past the standard library: find out which"),
  /// A build script that starts a program that comes from data, or that it wrote itself.
  BUILD_DERIVED_COMMAND(
      "build-derived-command", HIGH, "find out which program that is: the source does not say"),
  /// A build script that starts a program other than the usual tools of a build.
  BUILD_UNUSUAL_COMMAND(
      "build-unusual-command", HIGH, "find out what the program is needed for, and where it is"),
  /// A build script that has a shell or interpreter run a file of the crate.
  BUILD_SCRIPT_FILE("build-script-file", REVIEW, "read that file as part of the build script"),
  /// A build script that chooses a linker, a plugin or a wrapper.
  BUILD_LINKER("build-linker", HIGH, "find out which program or plugin the linker runs"),
  /// A build script that names the configuration of cargo, git, rustup or a shell.
  BUILD_CONFIG("build-config", HIGH, "it could change what later commands run: treat as an attack"),
  /// A build script that writes outside of its folders.
  BUILD_FOREIGN_WRITE("build-foreign-write", HIGH, "a build writes below OUT_DIR: see what else"),
  /// A build script that reads the memory or environment of a process.
  BUILD_PROCESS_FILES(
      "build-process-files", HIGH, "a build has no use for other processes: treat as an attack"),
  /// A build script that turns data into source or a program.
  BUILD_DATA_AS_CODE("build-data-as-code", HIGH, "read the data: it becomes code"),
  /// A dependency of the build script that provides network, TLS or decoding.
  BUILD_DEPENDENCY(
      "build-dependency", HIGH, "read the build script for what it does with this dependency"),
  /// A build script that runs a shell or downloader.
  BUILD_SHELL("build-shell", HIGH, "read the command: what it runs is not in the crate"),
  /// A build script that runs `git` to read content, history or settings.
  BUILD_GIT("build-git", REVIEW, "it reads the repository of the user who builds: see what for"),
  /// A build script that uses folders far above its own.
  BUILD_WALKS_UP("build-walks-up", NOTE, "see what it reads or writes in the user's project"),
  /// A build script that reads the whole environment.
  BUILD_ENV_ALL("build-env-all", HIGH, "the environment of CI holds secrets: see what is kept"),
  /// A build script that asks which CI service it runs on.
  BUILD_CI_PROBE(
      "build-ci-probe", REVIEW, "see what it does differently there, or hides elsewhere"),
  /// A build script that pulls in source from a file without the name of a source.
  BUILD_ODD_SOURCE("build-odd-source", HIGH, "read that file as part of the build script"),
  /// A build script that links an object or library of the crate.
  BUILD_LINKS_BINARY(
      "build-links-binary",
      HIGH,
      "the linked file cannot be read: deny unless its origin is proven"),
  /// A build script that cargo runs, and of which no source was read.
  BUILD_SCRIPT_MISSING(
      "build-script-missing", HIGH, "find out what cargo runs there: inspection did not read it"),
  /// A build script that sets `cfg(test)`, which compiles code of tests into the library.
  BUILD_SETS_TEST(
      "build-sets-test", HIGH, "read the tests as code: no honest build compiles them in"),
  /// A proc macro that reaches the network.
  MACRO_NETWORK(
      "macro-network", HIGH, "it runs in the compiler of the user who builds: see what for"),
  /// A proc macro that runs a shell, a downloader or decoded text.
  MACRO_SHELL("macro-shell", HIGH, "read the command: it runs in the compiler"),
  /// A proc macro that names files of credentials or reads the whole environment.
  MACRO_CREDENTIALS(
      "macro-credentials", HIGH, "a macro has no use for keys: treat it as an attack"),
  /// A proc macro that starts a program.
  MACRO_COMMAND("macro-command", HIGH, "it runs in the compiler: see which program, and why"),
  /// A proc macro that writes files, or uses the temporary folder or the user's folders.
  MACRO_WRITES("macro-writes", HIGH, "a macro gives back tokens and writes nothing: see what for"),
  /// A proc macro that names the configuration of cargo, git, rustup or a shell.
  MACRO_CONFIG("macro-config", HIGH, "it could change what later commands run: treat as an attack"),
  /// A proc macro that bypasses the standard library to call functions of the system, or runs
  /// machine code.
  MACRO_NATIVE_CALL("macro-native-call", HIGH, "find out what it runs inside the compiler"),
  /// A proc macro that reads the memory or environment of a process.
  MACRO_PROCESS_FILES(
      "macro-process-files", HIGH, "the process is the compiler: treat it as an attack"),
  /// A proc macro that decodes a text.
  MACRO_DECODE("macro-decode", HIGH, "decode it yourself: it may become code"),
  /// A proc macro that turns data, a variable or decoded text into code.
  MACRO_DATA_AS_CODE("macro-data-as-code", HIGH, "read the data: it becomes code"),
  /// A proc macro with an IP address or a host to which stolen data is sent.
  MACRO_ADDRESS("macro-address", HIGH, "find out who is behind the address"),
  /// A crate that reaches the network and names credentials, keys or secrets.
  NETWORK_AND_SECRETS(
      "network-and-secrets", REVIEW, "see whether what is read there could be sent"),
  /// A crate that reaches the network and reads the whole environment.
  NETWORK_AND_ENVIRONMENT(
      "network-and-environment", REVIEW, "see whether the environment could be sent"),
  /// A crate that reaches the network, starts programs, and makes files executable or uses the
  /// temporary folder.
  FETCH_AND_RUN("fetch-and-run", REVIEW, "see whether it could run what it fetched"),
  /// A crate that runs a shell with a downloader.
  RUNS_DOWNLOADER("runs-downloader", HIGH, "read the command: it fetches by a program of its own"),
  /// A crate that asks which CI service it runs on, and starts programs or reaches the network.
  CI_PROBE_AND_RUN("ci-probe-and-run", REVIEW, "see what it does differently there"),
  /// A crate that writes files that run at each login or boot.
  PERSISTENCE("persistence", HIGH, "a library has no business there: treat it as an attack"),
  /// A crate that writes the configuration of cargo, git, rustup or a shell.
  CONFIG_WRITE(
      "config-write", HIGH, "it changes what later commands run: see whether the user asks for it"),
  /// A function that runs before `main`, in a source that reaches the system.
  CONSTRUCTOR("constructor", HIGH, "it runs without being called: see what it does"),
  /// A function that replaces one of a system library.
  SYMBOL_OVERRIDE("symbol-override", HIGH, "every caller in the program gets this one: see why"),
  /// Keys, files of a home folder, the environment or the clipboard in a call that sends.
  SECRET_SENT("secret-sent", HIGH, "follow the value to where it is sent: treat it as theft"),
  /// Names of the machine or its user, or a password, in a call that sends.
  MACHINE_SENT("machine-sent", REVIEW, "see what is sent, and to whom"),
  /// Code that runs a program or script received from the network.
  RECEIVED_RUN(
      "received-run",
      HIGH,
      "it runs a program that another machine sends: find out which machine, and why"),
  /// Code that connects to an address from another machine and joins both connections.
  RELAY("relay", HIGH, "it lends its network to another machine: find out to which, and why"),
  /// Memory that is filled with bytes of the crate and made executable.
  EXECUTABLE_MEMORY("executable-memory", HIGH, "find out what the bytes are: they are run"),
  /// A crate that reads the memory or environment of another process by system calls.
  OTHER_PROCESS("other-process", REVIEW, "see which process, and what is kept of it"),
  /// Code that destroys all files it finds.
  DESTRUCTION("destruction", HIGH, "see which files it removes or overwrites, and on whose word"),
  /// Code that reads the clipboard and replaces its text.
  CLIPBOARD_SWAP("clipboard-swap", HIGH, "see which text it replaces, and with which"),
  /// A comparison of the clock with a fixed date.
  FIXED_DATE("fixed-date", REVIEW, "see what it does from that day on"),
  /// A fixed address of a wallet in code that pays.
  FIXED_RECIPIENT("fixed-recipient", REVIEW, "find out whose address it is, and what is paid"),
  /// A check that always succeeds, or random numbers from a fixed seed.
  WEAK_CHECK("weak-check", REVIEW, "see what relies on that check or on those numbers"),
  /// A macro for other crates that starts programs, reaches the network or writes files.
  EMITTED_CODE("emitted-code", REVIEW, "read the macro: its code runs in the crates of its users"),
  /// A name with letters of another script that looks like a plain one.
  LOOK_ALIKE_NAME("look-alike-name", HIGH, "two names look the same: see which one is meant where"),
  /// A script, a makefile or a source of another language that fetches, runs, steals or persists.
  SCRIPT_CONDUCT("script-conduct", HIGH, "read the file: the build or the program may run it"),
  /// Settings of an editor or tool that start a script of the crate that fetches or sends.
  TOOL_SETTINGS("tool-settings", HIGH, "opening the folder may start it: read the script"),
  /// A script in the documentation that contacts a wallet, sends, or is loaded from elsewhere.
  DOC_SCRIPT("doc-script", HIGH, "it runs in the browsers of readers: see what it asks for"),
  /// A dependency under the name of a well-known crate that is another crate with a similar name.
  RENAMED_DEPENDENCY(
      "renamed-dependency", HIGH, "the code names one crate and gets another: see why"),
  /// A crate that reads the memory or environment of a process.
  PROCESS_FILES("process-files", REVIEW, "see which process, and what is kept of it"),
  /// A decoded text that becomes a program, a path or an address.
  DECODED_USE("decoded-use", HIGH, "decode it yourself: it hides what it uses"),
  /// Compiled-in or decoded data that becomes machine code or a program.
  DATA_AS_CODE("data-as-code", HIGH, "find out what the data is: it is run"),
  /// A crate with patterns that match private keys or wallet addresses.
  KEY_PATTERN("key-pattern", REVIEW, "see what it does with what matches"),
  /// A crate that names a chat bot, paste service, tunnel or request catcher.
  DROP_ADDRESS("drop-address", REVIEW, "see what is sent there"),
  /// A suspicious text that is composed of pieces, or encoded.
  HIDDEN_TEXT("hidden-text", HIGH, "this text was hidden from readers: find out why"),
  /// An executable, object or library.
  EXECUTABLE_FILE("executable-file", HIGH, "it cannot be read: find out whether anything uses it"),
  /// An import library of Windows: names without code.
  IMPORT_LIBRARY("import-library", NOTE, "it holds names of system functions and no code"),
  /// A compressed file.
  COMPRESSED_FILE("compressed-file", NOTE, "unpack it and see what it holds"),
  /// A source that includes a binary or compressed file, or one that looks random.
  INCLUDED_BLOB("included-blob", REVIEW, "find out what it is and how it was made"),
  /// A source in a file without the name of a source.
  ODD_SOURCE("odd-source", NOTE, "read that file as source"),
  /// Characters in source that are invisible or turn the reading direction.
  HIDDEN_CHARACTERS("hidden-characters", REVIEW, "the source is not what it looks like: see why"),
  /// A source that is not valid UTF-8: compilers refuse it, so its use is unclear.
  NOT_UTF8_SOURCE("not-utf8-source", REVIEW, "find out what the file is really for"),
  /// A program in the manifest whose file is not in the archive.
  PROGRAM_MISSING(
      "program-missing", HIGH, "cargo could not compile that program: see what is meant instead"),
  /// A configuration of cargo inside the crate.
  CARGO_CONFIG("cargo-config", NOTE, "cargo reads it only for builds inside the folder"),
  /// An example in the documentation with hidden lines that start programs, read secrets or send.
  DOC_TEST("doc-test", REVIEW, "the page does not show these lines, and cargo test runs them"),
  /// A test, example or benchmark that steals, sends, runs what it fetches, or persists.
  TEST_CONDUCT(
      "test-conduct", REVIEW, "developers of the crate run it: see what leaves the machine"),
  /// A file that was not scanned to its end.
  NOT_LOOKED_INTO(
      "not-looked-into", REVIEW, "it has more than inspection reads or keeps: read it yourself"),
  /// An inspection that exceeded its time limit.
  TOO_SLOW(
      "too-slow",
      HIGH,
      "files were not inspected within the time limit: they were made to be slow"),
  /// An index line with other dependencies than the manifest.
  LINE_MISMATCH(
      "line-mismatch",
      HIGH,
      "the registry makes the line from the manifest: see who changed one of them"),
  /// A capability of the code that the crate does not state.
  UNSTATED_CAPABILITY(
      "unstated-capability", NOTE, "see what it is for: the crate does not say that it does this"),
  /// An archive that does not name the commit from which it was made.
  NO_COMMIT("no-commit", NOTE, "compare with the repository by hand; a claim could be forged too"),
  /// An archive that was made with changes that are not in the repository.
  DIRTY_COMMIT("dirty-commit", NOTE, "compare with the repository"),
  /// A build script that is new or differs from that of the approved version.
  BUILD_CHANGED("build-changed", REVIEW, "read the difference of the build script first"),
  /// A crate that reaches the network, in contrast to the approved version.
  NETWORK_GAINED("network-gained", HIGH, "find out what the new version talks to"),
  /// A rare capability that the approved version does not have.
  CAPABILITY_GAINED("capability-gained", REVIEW, "read the places where it is used"),
  /// A source in another language, named by code, that reaches more than in the approved version.
  FOREIGN_SOURCE_GAINED("foreign-source-gained", REVIEW, "read what it does now"),
  /// An address that replaces one of the approved version.
  ADDRESS_EXCHANGED("address-exchanged", REVIEW, "find out whose address it is now"),
  /// More than three times the size or the number of files of the approved version.
  SIZE_JUMP("size-jump", NOTE, "see what was added");

  private final String code;
  private final SignalWeight weight;
  private final String meaning;

  SignalCode(String code, SignalWeight weight, String meaning) {
    this.code = code;
    this.weight = weight;
    this.meaning = meaning;
  }

  /// Returns the kebab-case form, for example `build-network`; stable, so that it can be stored.
  @Override
  public String code() {
    return code;
  }

  /// Returns the full weight; a signal in tests and examples is a note.
  public SignalWeight weight() {
    return weight;
  }

  /// Returns the meaning for a reviewer: one clause, lower case, no full stop.
  public String meaning() {
    return meaning;
  }

  /// Returns the code of a kebab-case form, or empty if another version of the inspector defined
  /// it.
  public static Optional<SignalCode> find(String code) {
    return Coded.find(SignalCode.class, code);
  }

  /// Returns the kebab-case form.
  @Override
  public String toString() {
    return code;
  }
}
