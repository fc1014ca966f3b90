package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.crates.VersionReq;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import lazaret.vetting.policy.ManifestPolicy.Clarification;
import lazaret.vetting.policy.ManifestPolicy.LicenseException;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.PolicyLevel;
import org.jspecify.annotations.Nullable;

/// A reader of `[licenses]` of a `deny.toml`.
final class DenyLicenses {
  private static final String ALLOW =
      "cargo-deny removed it: a license that is not in 'allow' is refused; list the permitted ones there";

  private DenyLicenses() {}

  static @Nullable Licenses licenses(PolicyTable root, @Nullable Licenses before) {
    boolean there = root.has("licenses");
    PolicyTable table = root.table("licenses");
    if (!there) {
      return before;
    }
    Double _ = table.number("version", 1, 2);
    refusals(table);
    List<LicenseTerm> allow = table.licenses("allow");
    List<LicenseException> exceptions = new ArrayList<>();
    for (PolicyTable one : table.tables("exceptions")) {
      CrateSpec crate = DenySpec.of(one);
      List<LicenseTerm> more = one.licenses("allow");
      one.done();
      if (crate != null) {
        exceptions.add(new LicenseException(crate, more));
      }
    }
    List<Clarification> clarifications = new ArrayList<>();
    table.tables("clarify").forEach(one -> clarify(one, clarifications));
    table.done();
    return new Licenses(allow, exceptions, clarifications, PolicyLevel.REVIEW, PolicyLevel.REVIEW);
  }

  private static void refusals(PolicyTable table) {
    List.of("unlicensed", "deny", "copyleft", "allow-osi-fsf-free", "default")
        .forEach(key -> table.refuse(key, ALLOW));
    table.refuse(
        "confidence-threshold",
        "the gate reads the 'license' of the manifest, not license texts; state in 'clarify' what a"
            + " crate without one is licensed under");
    table.refuse("private", "the gate never sees the workspace's own packages");
    List.of("include-dev", "include-build").forEach(key -> table.refuse(key, DenyReader.GRAPH));
    List.of("unused-allowed-license", "unused-license-exception")
        .forEach(key -> table.refuse(key, DenyReader.LINT));
  }

  /// Reads a clarification. The hashes of license files detect another text in another version. The
  /// bytes of one version never change here, so a clarification with hashes must name one version.
  private static void clarify(PolicyTable one, List<Clarification> clarifications) {
    CrateSpec crate = DenySpec.of(one);
    LicenseExpression expression = one.expression("expression");
    List<PolicyTable> files = one.tables("license-files");
    for (PolicyTable file : files) {
      String _ = file.needed("path", "the path of a license file");
      Double _ = file.number("hash", 0, 0xffff_ffffL);
      file.done();
    }
    one.done();
    if (crate == null || expression == null) {
      return;
    }
    if (!files.isEmpty() && !namesOneVersion(crate.req())) {
      one.mistake(
          "'licenses.clarify' of '%s' must name one version, like \"%s@1.2.3\": the gate does not hash license files, and the bytes of one version never change"
              .formatted(crate.name(), crate.name()));
    } else {
      clarifications.add(new Clarification(crate, expression));
    }
  }

  static boolean namesOneVersion(@Nullable VersionReq req) {
    return req != null
        && req.comparators().size() == 1
        && req.comparators().getFirst().op() == VersionReq.Op.EXACT
        && req.comparators().getFirst().patch() != null;
  }
}
