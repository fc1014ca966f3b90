package lazaret.vetting.inspect.behavior;

/// Things that a source does, found by following its values.
public enum Behavior {
  /// A program that comes from data: from a file, an encoded text, a dependency's variable, or what
  /// the source wrote itself.
  DERIVED_COMMAND,
  /// A program that is none of the usual tools of a build.
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
  /// Files among tests, read by code that is no test.
  TEST_DATA,
  /// Execution below the standard library: exec, memory files, loading of libraries, system calls.
  NATIVE_EXECUTION,
  /// A function that runs before `main`, by the name of its section.
  CONSTRUCTOR,
  /// A function that takes the place of one of a system library.
  SYMBOL_OVERRIDE,
  /// Keys, seeds, files of a home folder, the environment or the clipboard that are handed to what
  /// sends.
  SECRET_SENT,
  /// Names of the machine or its user, or a password, that are handed to what sends.
  MACHINE_SENT,
  /// A program, its arguments or a library that come from the network, or a program whose streams
  /// are a connection.
  RECEIVED_RUN,
  /// Memory that is made executable and filled with bytes that the crate brings or fetches.
  EXECUTABLE_MEMORY,
  /// Memory or environment of another process, by a call of the system.
  OTHER_PROCESS,
  /// Files out of a listing of folders that are removed or overwritten.
  DESTRUCTION,
  /// A text on the clipboard that is looked at and replaced.
  CLIPBOARD_SWAP,
  /// The time of the clock that is compared with a day that stands in the source.
  FIXED_DATE,
  /// The address of a wallet beside what pays.
  FIXED_RECIPIENT,
  /// A check that always succeeds, or a random number from a seed that stands in the source.
  WEAK_CHECK,
  /// A macro for others whose code starts programs, reaches the network or writes files.
  EMITTED_CODE,
  /// A service whose name and program the caller chooses.
  CALLERS_SERVICE,
  /// Parts of a text that are joined as those of the name of a host are.
  FIXED_HOST,
  /// A download that is compared with a digest of the caller before it is used.
  VERIFIED_DOWNLOAD,
  /// A download that is compared with a digest of the crate before it is used.
  PINNED_DOWNLOAD,
  /// The profile of a shell, written only where a parameter asks for it.
  CALLERS_WORD,
  /// Variables of the runner of a job that are given back to the caller.
  RUNNER_ANSWER,
  /// A file in a place from which it is run later, beside a text that fetches or starts something.
  PLANTED_START,
  /// A text that is a script of an interpreter, and fetches or decodes what it runs.
  SCRIPT_TEXT,
  /// Programs of which all only answer or format, each by its name.
  PLAIN_TOOLS,
  /// A connection to where another one says, joined to that one.
  RELAY,
  /// A library that is loaded at run time.
  LIBRARY_LOAD,
  /// A `git` command that gives the name of a commit or the address of a remote.
  GIT_QUERY
}
