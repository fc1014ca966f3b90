package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import lazaret.vetting.policy.ManifestPolicy;
import lazaret.vetting.policy.ManifestPolicy.AllowList;
import lazaret.vetting.policy.ManifestPolicy.Ban;
import lazaret.vetting.policy.ManifestPolicy.Clarification;
import lazaret.vetting.policy.ManifestPolicy.LicenseException;
import lazaret.vetting.policy.ManifestPolicy.Licenses;
import lazaret.vetting.policy.PolicyLevel;
import lazaret.vetting.policy.SourcePolicy;
import lazaret.vetting.policy.SourcePolicy.Pin;
import org.jspecify.annotations.Nullable;

/// A reader of the policy for names, licenses, build scripts and sources.
final class ManifestPolicyReader {
  private ManifestPolicyReader() {}

  static ManifestPolicy manifest(PolicyTable root, ManifestPolicy before) {
    List<Ban> bans = new ArrayList<>(before.bans());
    root.tables("ban").forEach(table -> ban(table, bans));
    return new ManifestPolicy(
        licenses(root, before.licenses()),
        bans,
        listed(root, "crates", PolicyLevel.DENY, before.crates()),
        listed(root, "build-scripts", PolicyLevel.REVIEW, before.buildScripts()));
  }

  private static @Nullable Licenses licenses(PolicyTable root, @Nullable Licenses before) {
    boolean there = root.has("licenses");
    PolicyTable table = root.table("licenses");
    if (!there) {
      return before;
    }
    Licenses was =
        before == null
            ? new Licenses(List.of(), List.of(), List.of(), PolicyLevel.REVIEW, PolicyLevel.REVIEW)
            : before;
    List<LicenseTerm> allow = table.has("allow") ? table.licenses("allow") : was.allow();
    List<LicenseException> exceptions = new ArrayList<>(was.exceptions());
    for (PolicyTable one : table.tables("exceptions")) {
      CrateSpec crate = one.spec("crate");
      List<LicenseTerm> more = one.licenses("allow");
      one.done();
      if (crate != null) {
        exceptions.add(new LicenseException(crate, more));
      }
    }
    List<Clarification> clarifications = new ArrayList<>(was.clarifications());
    for (PolicyTable one : table.tables("clarify")) {
      CrateSpec crate = one.spec("crate");
      LicenseExpression expression = one.expression("expression");
      one.done();
      if (crate != null && expression != null) {
        clarifications.add(new Clarification(crate, expression));
      }
    }
    PolicyLevel other = table.level("other", was.level());
    PolicyLevel missing = table.level("missing", was.missing());
    table.done();
    return new Licenses(allow, exceptions, clarifications, other, missing);
  }

  private static void ban(PolicyTable table, List<Ban> bans) {
    CrateName crate = table.crate("crate");
    if (crate != null) {
      bans.add(
          new Ban(
              crate,
              table.req("version"),
              table.needed("reason", "why it is banned"),
              table.text("use-instead"),
              table.list(
                  "wrappers",
                  "a list of names of crates",
                  List.of(),
                  PolicyValues.ofText(CrateName::parse)),
              table.level("level", PolicyLevel.DENY)));
      table.done();
    }
  }

  private static @Nullable AllowList listed(
      PolicyTable root, String key, PolicyLevel other, @Nullable AllowList before) {
    boolean there = root.has(key);
    PolicyTable table = root.table(key);
    if (!there) {
      return before;
    }
    AllowList listed =
        new AllowList(
            table.has("allow") || before == null ? table.crates("allow") : before.allow(),
            table.level("other", before == null ? other : before.level()));
    table.done();
    return listed;
  }

  static SourcePolicy sources(PolicyTable table, SourcePolicy before) {
    SourcePolicy rules =
        new SourcePolicy(
            table.texts("registries", before.registries()),
            table.texts("git", before.git()),
            table.texts("prefixes", before.prefixes()),
            table.texts("organizations", before.organizations()),
            table.flag("other-registries", before.otherRegistries()),
            table.flag("other-git", before.otherGit()),
            table.word("pinned", Pin.class, before.pinned()));
    table.done();
    return rules;
  }
}
