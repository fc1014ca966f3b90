package lazaret.vetting.gitsource;

import lazaret.vetting.text.Coded;

/// The states of a Git source. The codes are stored and public.
public enum GitSourceState implements Coded {
  /// Nobody decided on it.
  WAITING("waiting"),
  /// Builds may use it.
  APPROVED("approved"),
  /// Builds may not use it.
  DENIED("denied");

  private final String code;

  GitSourceState(String code) {
    this.code = code;
  }

  /// Returns the lower-case form, for example `waiting`.
  @Override
  public String code() {
    return code;
  }
}
