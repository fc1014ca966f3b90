package lazaret.vetting.deskapi.behavior;

/// The objects of recorded events, the most dangerous first.
public enum BehaviorKind {
  /// A host to which the build tried to connect, or a socket.
  HOST,
  /// A decoy credential that the build opened or printed.
  CREDENTIAL,
  /// An interface of the system that builds do not need: keyring, memory of other processes,
  /// kernel.
  SYSTEM,
  /// A program that ran.
  PROCESS,
  /// A file that the build wrote or tried to write.
  FILE_WRITTEN,
  /// A file of the machine that a compilation read.
  FILE_READ,
  /// A variable that a compilation read.
  VARIABLE,
  /// An instruction of the build script to cargo.
  INSTRUCTION,
  /// A limit of the sandbox that the build exceeded.
  LIMIT,
  /// An event of another kind.
  OTHER
}
