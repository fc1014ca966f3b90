package lazaret.manual;

import java.util.List;

/// A provider of programs with manual pages. [java.util.ServiceLoader] finds it, since the program
/// that implements it uses this module.
public interface ManualSource {
  /// Returns the programs with all of their commands.
  List<ManualProgram> programs();
}
