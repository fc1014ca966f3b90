package lazaret.vetting.policy;

import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.inspect.CrateFacts;
import lazaret.vetting.policy.ManifestRules.Ban;
import lazaret.vetting.policy.ManifestRules.BuildScripts;
import lazaret.vetting.policy.Reason.Code;

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
    BuildScripts builds = rules.buildScripts();
    if (builds != null && facts.buildScript() && !builds.allows(dossier.name())) {
      marks.add(
          Mark.of(
              builds.level(),
              Code.BUILD_SCRIPT,
              "has a build script and is not among the crates that may"));
    }
  }

  private static String told(Ban ban) {
    return ban.useInstead() == null
        ? ban.reason()
        : ban.reason() + "; use " + ban.useInstead() + " instead";
  }
}
