package lazaret.cli.doctor;

import org.jspecify.annotations.Nullable;

/// One observation of the doctor.
///
/// @param level the severity
/// @param code a stable kebab-case name, documented in `docs/doctor.md`
/// @param what one sentence; may contain foreign text
/// @param cure the next step, or null if none is necessary
public record Finding(Level level, String code, String what, @Nullable String cure) {
  /// The severity of a finding.
  public enum Level {
    /// The expected state.
    OK("ok"),
    /// Information that does not affect the use of the gate.
    NOTE("note"),
    /// A command that people use here bypasses the gate, though builds of the project do not.
    WARNING("warning"),
    /// A request bypasses the gate, or a setting will not work.
    PROBLEM("problem");

    private final String word;

    Level(String word) {
      this.word = word;
    }

    /// Returns the name in lower case.
    public String word() {
      return word;
    }
  }

  static Finding ok(String code, String what) {
    return new Finding(Level.OK, code, what, null);
  }

  static Finding note(String code, String what, @Nullable String cure) {
    return new Finding(Level.NOTE, code, what, cure);
  }

  static Finding warning(String code, String what, String cure) {
    return new Finding(Level.WARNING, code, what, cure);
  }

  static Finding problem(String code, String what, String cure) {
    return new Finding(Level.PROBLEM, code, what, cure);
  }
}
