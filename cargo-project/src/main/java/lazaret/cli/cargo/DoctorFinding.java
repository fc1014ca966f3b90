package lazaret.cli.cargo;

import lazaret.vetting.text.Coded;
import org.jspecify.annotations.Nullable;

/// One observation of the doctor.
///
/// @param level the severity
/// @param code a stable kebab-case name, documented in `docs/doctor.md`
/// @param what one sentence; may contain foreign text
/// @param advice the next step, or null if none is necessary
public record DoctorFinding(Level level, String code, String what, @Nullable String advice) {
  /// The severity of a finding.
  public enum Level implements Coded {
    /// The expected state.
    OK("ok"),
    /// Information that does not affect the use of the gate.
    NOTE("note"),
    /// A command that people use here bypasses the gate, though builds of the project do not.
    WARNING("warning"),
    /// A request bypasses the gate, or a setting will not work.
    PROBLEM("problem");

    private final String code;

    Level(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  /// Creates a finding without a fault.
  public static DoctorFinding ok(String code, String what) {
    return new DoctorFinding(Level.OK, code, what, null);
  }

  /// Creates a finding that only informs.
  public static DoctorFinding note(String code, String what, @Nullable String cure) {
    return new DoctorFinding(Level.NOTE, code, what, cure);
  }

  /// Creates a finding that deserves a change.
  public static DoctorFinding warning(String code, String what, String cure) {
    return new DoctorFinding(Level.WARNING, code, what, cure);
  }

  /// Creates a finding of a fault.
  public static DoctorFinding problem(String code, String what, String cure) {
    return new DoctorFinding(Level.PROBLEM, code, what, cure);
  }
}
