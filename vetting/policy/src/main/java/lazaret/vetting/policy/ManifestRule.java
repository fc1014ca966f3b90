package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.license.LicenseExpression;
import lazaret.vetting.policy.ManifestRules.Ban;
import lazaret.vetting.policy.ManifestRules.Licences;
import lazaret.vetting.policy.ManifestRules.Listed;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// The rule for bans, licenses and build scripts.
final class ManifestRule {
  private ManifestRule() {}

  static List<Mark> marks(Policy policy, Dossier dossier) {
    List<Mark> marks = new ArrayList<>();
    ManifestRules rules = policy.manifest();
    rules
        .ban(dossier.name(), dossier.version())
        .ifPresent(b -> marks.add(Mark.of(level(b), Code.BANNED, told(b))));
    Listed crates = rules.crates();
    if (crates != null && !crates.has(dossier.name(), dossier.version())) {
      marks.add(Mark.of(crates.level(), Code.BANNED, "is not among the crates that may be served"));
    }
    if (dossier.findings() != null) {
      facts(rules, dossier, dossier.findings().facts(), marks);
    }
    return marks;
  }

  private static void facts(
      ManifestRules rules, Dossier dossier, CrateFacts facts, List<Mark> marks) {
    Licences licences = rules.licences();
    if (licences != null) {
      licence(licences, dossier, facts.license(), marks);
    }
    Listed builds = rules.buildScripts();
    if (builds != null && facts.buildScript() && !builds.has(dossier.name(), dossier.version())) {
      marks.add(
          Mark.of(
              builds.level(),
              Code.BUILD_SCRIPT,
              "has a build script and is not among the crates that may"));
    }
  }

  private static void licence(
      Licences rules, Dossier dossier, @Nullable String stated, List<Mark> marks) {
    LicenseExpression clarified = rules.clarified(dossier.name(), dossier.version()).orElse(null);
    if (stated == null && clarified == null) {
      marks.add(Mark.of(rules.missing(), Code.LICENCE, "states no licence"));
      return;
    }
    try {
      LicenseExpression expression =
          clarified == null ? LicenseExpression.parse(String.valueOf(stated)) : clarified;
      if (!rules.allows(dossier.name(), dossier.version(), expression)) {
        marks.add(
            Mark.of(
                rules.level(),
                Code.LICENCE,
                "is licensed under %s, which the policy does not allow"
                    .formatted(
                        clarified == null
                            ? Excerpt.of(String.valueOf(stated))
                            : clarified.text() + ", as the policy clarifies")));
      }
    } catch (MalformedException _) {
      marks.add(
          Mark.of(
              rules.missing(),
              Code.LICENCE,
              "no SPDX expression: " + Excerpt.of(String.valueOf(stated))));
    }
  }

  /// Returns the level of a ban. A crate that only some crates may depend on must be served, since
  /// they could not be built otherwise.
  private static Level level(Ban ban) {
    return ban.wrappers().isEmpty() ? ban.level() : Level.WARN;
  }

  private static String told(Ban ban) {
    return ban.wrappers().isEmpty()
        ? ban.text()
        : ban.text()
            + "; only %s may depend on it"
                .formatted(
                    ban.wrappers().stream()
                        .map(CrateName::published)
                        .collect(Collectors.joining(", ")));
  }
}
