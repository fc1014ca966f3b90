package lazaret.cli.doctor;

import java.util.Locale;
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
    OK,
    /// Information that does not affect the use of the gate.
    NOTE,
    /// A command that people use here bypasses the gate, though builds of the project do not.
    WARNING,
    /// A request bypasses the gate, or a setting will not work.
    PROBLEM;

    /// Returns the name in lower case.
    public String word() {
      return name().toLowerCase(Locale.ROOT);
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
