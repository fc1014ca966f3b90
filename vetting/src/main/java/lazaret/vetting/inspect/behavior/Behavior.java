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
  SYMBOL_OVERRIDE
}
