package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.Excerpt;
import lazaret.vetting.MalformedException;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.licence.LicenceExpression;
import lazaret.vetting.policy.ManifestRules.Ban;
import lazaret.vetting.policy.ManifestRules.BuildScripts;
import lazaret.vetting.policy.ManifestRules.Licences;
import lazaret.vetting.policy.Reason.Code;
import org.jspecify.annotations.Nullable;

/// Bans, licences, and who may run code at build time.
final class ManifestRule {
  private ManifestRule() {}

  static List<Mark> marks(Policy policy, Dossier dossier) {
    List<Mark> marks = new ArrayList<>();
    ManifestRules rules = policy.manifest();
    rules
        .ban(dossier.name(), dossier.version())
        .ifPresent(b -> marks.add(Mark.of(b.level(), Code.BANNED, told(b))));
    if (dossier.findings() != null) {
      facts(rules, dossier, dossier.findings().facts(), marks);
    }
    return marks;
  }

  private static void facts(
      ManifestRules rules, Dossier dossier, CrateFacts facts, List<Mark> marks) {
    Licences licences = rules.licences();
    if (licences != null) {
      licence(licences, dossier, facts.licence(), marks);
    }
    BuildScripts builds = rules.buildScripts();
    if (builds != null && facts.buildScript() && !builds.allows(dossier.name())) {
      marks.add(
          Mark.of(
              builds.level(),
              Code.BUILD_SCRIPT,
              "has a build script and is not among the crates that may"));
    }
  }

  private static void licence(
      Licences rules, Dossier dossier, @Nullable String stated, List<Mark> marks) {
    if (stated == null) {
      marks.add(Mark.of(rules.missing(), Code.LICENCE, "states no licence"));
      return;
    }
    try {
      if (!rules.allows(dossier.name(), LicenceExpression.parse(stated))) {
        marks.add(
            Mark.of(
                rules.level(),
                Code.LICENCE,
                "is licensed under %s, which the policy does not allow"
                    .formatted(Excerpt.of(stated))));
      }
    } catch (MalformedException _) {
      marks.add(
          Mark.of(rules.missing(), Code.LICENCE, "no SPDX expression: " + Excerpt.of(stated)));
    }
  }

  private static String told(Ban ban) {
    return ban.useInstead() == null
        ? ban.reason()
        : ban.reason() + "; use " + ban.useInstead() + " instead";
  }
}
