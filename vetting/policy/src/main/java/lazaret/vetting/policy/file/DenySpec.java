package lazaret.vetting.policy.file;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.VersionReq;
import org.jspecify.annotations.Nullable;

/// The package specs of cargo-deny. Source: cargo-deny 0.20.2, *Package Specs*.
final class DenySpec {
  private static final String FORM = "a crate like \"NAME\", \"NAME@VERSION\" or \"NAME:REQ\"";

  private DenySpec() {}

  /// Returns the crate that a table names; null with a mistake.
  static @Nullable CrateSpec of(PolicyTable table) {
    if (table.has("crate") || !table.has("name")) {
      return table.has("crate")
          ? table.value("crate", FORM, PolicyValues.ofText(DenySpec::parse), null)
          : table.spec("crate");
    }
    CrateName name = table.crate("name");
    VersionReq req = table.req("version");
    return name == null ? null : new CrateSpec(name, null, req);
  }

  /// Parses a package spec. The text after `@` matches exactly, with as many numbers as stated.
  static CrateSpec parse(String text) {
    int at = text.indexOf('@');
    int split = at >= 0 ? at : text.indexOf(':');
    if (split < 0) {
      return new CrateSpec(CrateName.parse(text), null, null);
    }
    String rest = text.substring(split + 1).strip();
    String req = at >= 0 ? "=" + rest.replaceFirst("^[<>=~^ ]+", "") : rest;
    return new CrateSpec(CrateName.parse(text.substring(0, split)), null, VersionReq.parse(req));
  }
}
