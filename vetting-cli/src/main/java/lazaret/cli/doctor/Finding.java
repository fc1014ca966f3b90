package lazaret.cli.doctor;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One thing that the doctor saw.
///
/// @param level how bad it is
/// @param code stable kebab-case name, documented in `docs/doctor.md`
/// @param what one sentence; may hold foreign text
/// @param cure what to do; null where nothing needs to be done
public record Finding(Level level, String code, String what, @Nullable String cure) {
  /// How bad something is.
  public enum Level {
    /// As it should be.
    OK,
    /// Worth knowing; nothing goes round the gate because of it.
    NOTE,
    /// A command that people use here bypasses the gate, though builds of the project do not.
    WARNING,
    /// Something goes round the gate, or will not work.
    PROBLEM;

    /// Returns the lower-case word.
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
