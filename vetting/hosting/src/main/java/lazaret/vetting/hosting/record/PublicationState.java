package lazaret.vetting.hosting.record;

import lazaret.vetting.text.Coded;

/// The state of a publication. The codes are stored.
public enum PublicationState implements Coded {
  /// Published. A verdict decides whether it is served.
  LIVE("live"),
  /// Published, and held for a decision at that time. The state stays after the decision.
  HELD("held"),
  /// Yanked by an owner.
  YANKED("yanked"),
  /// Deleted by an administrator. The version number is not used again.
  DELETED("deleted");

  private final String code;

  PublicationState(String code) {
    this.code = code;
  }

  /// Returns the lower-case form, for example `held`.
  @Override
  public String code() {
    return code;
  }
}
