package lazaret.vetting.deskapi.store;

import org.jspecify.annotations.Nullable;

/// The health of one part of the gate.
///
/// @param name the part: `ledger`, `disk`, `cluster`, `decisions`, `feeds`, `snapshot`, `upstream`,
///   `following` or `certificate`
/// @param state whether a person must act
/// @param value a number by which people see the distance to a limit; null if it is unknown
/// @param unit the unit of the value in the plural, such as `bytes`; null without a value
/// @param detail the state in one clause
/// @param next the next step; null if none is needed
public record HealthItemInfo(
    String name,
    State state,
    @Nullable Long value,
    @Nullable String unit,
    String detail,
    @Nullable String next) {
  /// The states of a part.
  public enum State {
    /// It works.
    OK,
    /// It works, and a person should act.
    WARNING,
    /// It does not work.
    FAILED
  }
}
