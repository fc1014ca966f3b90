package lazaret.vetting.origin;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.text.Coded;

/// The registry to which a name of a crate belongs permanently. The codes are stored and public.
public enum NameOrigin implements Coded {
  /// The public registry, also if it has no crate of this name.
  PUBLIC("public"),
  /// A private registry, which has a crate of this name.
  PRIVATE("private"),
  /// No registry has a crate of this name that may be served. A private one may get it; it is never
  /// requested from the public one.
  RESERVED("reserved");

  private final String code;

  NameOrigin(String code) {
    this.code = code;
  }

  /// Returns a name for a receiver on another machine, such as one of traces: the name itself if it
  /// is public, else `private`.
  public String shown(CrateName name) {
    return this == PUBLIC ? name.published() : "private";
  }

  /// Returns the lower-case form, for example `private`.
  @Override
  public String code() {
    return code;
  }
}
