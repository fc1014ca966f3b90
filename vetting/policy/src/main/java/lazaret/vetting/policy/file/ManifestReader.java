package lazaret.vetting.policy.file;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateSpec;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.license.LicenseTerm;
import lazaret.vetting.policy.Level;
import lazaret.vetting.policy.ManifestRules;
import lazaret.vetting.policy.ManifestRules.Ban;
import lazaret.vetting.policy.ManifestRules.Clarification;
import lazaret.vetting.policy.ManifestRules.LicenceException;
import lazaret.vetting.policy.ManifestRules.Licences;
import lazaret.vetting.policy.ManifestRules.Listed;
import lazaret.vetting.policy.SourceRules;
import lazaret.vetting.policy.SourceRules.Pin;
import org.jspecify.annotations.Nullable;

/// A reader of the policy for names, licenses, build scripts and sources.
final class ManifestReader {
  private ManifestReader() {}

  static ManifestRules manifest(TableReader root, ManifestRules before) {
    List<Ban> bans = new ArrayList<>(before.bans());
    root.tables("ban").forEach(table -> ban(table, bans));
    return new ManifestRules(
        licences(root, before.licences()),
        bans,
        listed(root, "crates", Level.DENY, before.crates()),
        listed(root, "build-scripts", Level.REVIEW, before.buildScripts()));
  }

  private static @Nullable Licences licences(TableReader root, @Nullable Licences before) {
    boolean there = root.has("licences");
    TableReader table = root.table("licences");
    if (!there) {
      return before;
    }
    Licences was =
        before == null
            ? new Licences(List.of(), List.of(), List.of(), Level.REVIEW, Level.REVIEW)
            : before;
    List<LicenseTerm> allow = table.has("allow") ? table.licences("allow") : was.allow();
    List<LicenceException> exceptions = new ArrayList<>(was.exceptions());
    for (TableReader one : table.tables("exceptions")) {
      CrateSpec crate = one.spec("crate");
      List<LicenseTerm> more = one.licences("allow");
      one.done();
      if (crate != null) {
        exceptions.add(new LicenceException(crate, more));
      }
    }
    List<Clarification> clarifications = new ArrayList<>(was.clarifications());
    for (TableReader one : table.tables("clarify")) {
      CrateSpec crate = one.spec("crate");
      LicenseExpression expression = one.expression("expression");
      one.done();
      if (crate != null && expression != null) {
        clarifications.add(new Clarification(crate, expression));
      }
    }
    Level other = table.level("other", was.level());
    Level missing = table.level("missing", was.missing());
    table.done();
    return new Licences(allow, exceptions, clarifications, other, missing);
  }

  private static void ban(TableReader table, List<Ban> bans) {
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
                  TableReader.ofText(CrateName::parse)),
              table.level("level", Level.DENY)));
      table.done();
    }
  }

  private static @Nullable Listed listed(
      TableReader root, String key, Level other, @Nullable Listed before) {
    boolean there = root.has(key);
    TableReader table = root.table(key);
    if (!there) {
      return before;
    }
    Listed listed =
        new Listed(
            table.has("allow") || before == null ? table.crates("allow") : before.allow(),
            table.level("other", before == null ? other : before.level()));
    table.done();
    return listed;
  }

  static SourceRules sources(TableReader table, SourceRules before) {
    SourceRules rules =
        new SourceRules(
            table.texts("registries", before.registries()),
            table.texts("git", before.git()),
            table.texts("prefixes", before.prefixes()),
            table.texts("organisations", before.organisations()),
            table.flag("other-registries", before.otherRegistries()),
            table.flag("other-git", before.otherGit()),
            table.word("pinned", Pin.class, before.pinned()));
    table.done();
    return rules;
  }
}
