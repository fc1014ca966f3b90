package lazaret.site;

import lazaret.vetting.text.Coded;

/// The collections of files of a site. The codes are stored and public.
public enum SiteFileCollection implements Coded {
  /// Toolchains, by the path that rustup requests.
  TOOLCHAINS("toolchains"),
  /// Trees of Git repositories, by their hash.
  GIT("git"),
  /// Documentation, by crate and version.
  DOCUMENTATION("documentation"),
  /// Signed inspection results.
  RESULTS("results"),
  /// Releases of this program.
  PRODUCT("product"),
  /// The states of feeds that bundles of advisories are compared with. No bundle carries them.
  ADVISORIES("advisories");

  private final String code;

  SiteFileCollection(String code) {
    this.code = code;
  }

  /// Returns the lower-case form, for example `toolchains`.
  @Override
  public String code() {
    return code;
  }
}
