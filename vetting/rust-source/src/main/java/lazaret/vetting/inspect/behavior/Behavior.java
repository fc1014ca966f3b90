package lazaret.vetting.inspect.behavior;

/// The actions of a source that are found by following its values.
public enum Behavior {
  /// A program that comes from data: a file, an encoded text, a dependency's variable, or a file
  /// that the source wrote itself.
  DERIVED_COMMAND,
  /// A program other than the usual tools of a build.
  UNUSUAL_COMMAND,
  /// A shell or interpreter that runs a file, which the note names.
  SCRIPT_FILE,
  /// A directive that chooses the linker, a plugin or a wrapper, or passes an unknown argument.
  LINKER_PROGRAM,
  /// A path to the configuration of cargo, git, rustup or a shell.
  TOOL_CONFIG,
  /// A write to such a path.
  CONFIG_WRITE,
  /// A write below a home folder or above the crate.
  FOREIGN_WRITE,
  /// Memory, environment or open files of a process, by their path below `/proc`.
  PROCESS_FILES,
  /// Text or bytes that arithmetic or a table makes from others.
  DECODE_LOOP,
  /// Decoded values that become a path, a program, an address or code.
  DECODED_USE,
  /// Data that becomes source, a program or machine code.
  DATA_AS_CODE,
  /// A file, a variable, output of a program or a decoded text that is read as tokens.
  PARSED_DATA,
  /// Files among tests that code outside of tests reads.
  TEST_DATA,
  /// Execution below the standard library: exec, memory files, loading of libraries, system calls.
  NATIVE_EXECUTION,
  /// A function that runs before `main`, by the name of its section.
  CONSTRUCTOR,
  /// A function that replaces one of a system library.
  SYMBOL_OVERRIDE,
  /// Keys, seeds, files of a home folder, the environment or the clipboard in a call that sends.
  SECRET_SENT,
  /// Names of the machine or its user, or a password, in a call that sends.
  MACHINE_SENT,
  /// A program, its arguments or a library from the network, or a program whose streams are a
  /// connection.
  RECEIVED_RUN,
  /// Memory that is made executable and filled with bytes that the crate contains or fetches.
  EXECUTABLE_MEMORY,
  /// Memory or environment of another process, by a system call.
  OTHER_PROCESS,
  /// Files from a listing of folders that are removed or overwritten.
  DESTRUCTION,
  /// A text on the clipboard that is read and replaced.
  CLIPBOARD_SWAP,
  /// A comparison of the clock with a fixed date.
  FIXED_DATE,
  /// A fixed address of a wallet in code that pays.
  FIXED_RECIPIENT,
  /// A check that always succeeds, or a random number from a fixed seed.
  WEAK_CHECK,
  /// A macro for other crates whose code starts programs, reaches the network or writes files.
  EMITTED_CODE,
  /// A service whose name and program the caller chooses.
  CALLERS_SERVICE,
  /// Parts of a text that are joined like those of a host name.
  FIXED_HOST,
  /// A download that is compared with a digest of the caller before it is used.
  VERIFIED_DOWNLOAD,
  /// A download that is compared with a digest in the crate before it is used.
  PINNED_DOWNLOAD,
  /// The profile of a shell, written only if a parameter asks for it.
  CALLERS_WORD,
  /// Variables of the CI runner that are returned to the caller.
  RUNNER_ANSWER,
  /// A file in a place from which it is run later, and a text that fetches or starts something.
  PLANTED_START,
  /// A text that is a script of an interpreter, and fetches or decodes what it runs.
  SCRIPT_TEXT,
  /// Programs that all only report or format, each by its name.
  PLAIN_TOOLS,
  /// A connection to an address from another connection, joined to that one.
  RELAY,
  /// A library that is loaded at run time.
  LIBRARY_LOAD,
  /// A `git` command that returns the name of a commit or the address of a remote.
  GIT_QUERY
}
