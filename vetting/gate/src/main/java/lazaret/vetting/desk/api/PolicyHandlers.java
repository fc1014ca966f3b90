package lazaret.vetting.desk.api;

import java.time.Instant;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Excerpt;
import lazaret.vetting.desk.Desk;
import lazaret.vetting.desk.policies.PolicyService;
import lazaret.vetting.desk.policies.PolicyTrialReport;
import lazaret.vetting.deskapi.PolicyOperations;
import lazaret.vetting.deskapi.Problem;
import lazaret.vetting.deskapi.policy.NotEvaluatedInfo;
import lazaret.vetting.deskapi.policy.PolicyChangeInfo;
import lazaret.vetting.deskapi.policy.PolicyCheckReply;
import lazaret.vetting.deskapi.policy.PolicyCheckRequest;
import lazaret.vetting.deskapi.policy.PolicyOverrideInfo;
import lazaret.vetting.deskapi.policy.PolicyPartInfo;
import lazaret.vetting.deskapi.policy.PolicyReply;
import lazaret.vetting.deskapi.policy.PolicyVerdictInfo;
import lazaret.vetting.lockfile.Lockfile;
import lazaret.vetting.policy.Policy;
import lazaret.vetting.policy.PolicyOverride;
import lazaret.vetting.policy.PolicyPart;
import lazaret.vetting.policy.file.PolicyParseResult;
import lazaret.vetting.policy.file.PolicyWriter;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The operations on the policy.
final class PolicyHandlers {
  private final PolicyService policies;

  PolicyHandlers(Desk desk) {
    this.policies = desk.policies();
  }

  void addTo(HandlerTable handlers) {
    handlers.add(PolicyOperations.POLICY, (_, _) -> inForce());
    handlers.add(PolicyOperations.CHECK_POLICY, (request, _) -> check(request));
  }

  private PolicyReply inForce() {
    PolicyService.InForce found = policies.inForce();
    Policy policy = found.policy();
    return new PolicyReply(
        mode(policy),
        policy.generation(),
        found.origin().file(),
        found.origin().digest(),
        found.origin().since(),
        found.origin().refused(),
        policy.overrides().stream().map(each -> override(each, found.now())).toList(),
        PolicyWriter.text(policy));
  }

  static PolicyReply.Mode mode(Policy policy) {
    return switch (policy.mode()) {
      case ENFORCE -> PolicyReply.Mode.ENFORCE;
      case AUDIT -> PolicyReply.Mode.AUDIT;
    };
  }

  private static PolicyOverrideInfo override(PolicyOverride override, Instant now) {
    return new PolicyOverrideInfo(
        override.crate(),
        CrateInfos.optional(override.req(), Object::toString),
        override.what(),
        override.reason(),
        override.expires(),
        !now.isBefore(override.expires()));
  }

  private PolicyCheckReply check(PolicyCheckRequest request) {
    String lockfile = request.lockfile();
    Lockfile lock = lockfile == null ? null : Lockfile.parse(Bytes.utf8(lockfile));
    return switch (policies.read(Bytes.utf8(request.policy()))) {
      case PolicyParseResult.Invalid invalid -> throw refused(invalid, request.name());
      case PolicyParseResult.Valid valid -> reply(policies.trial(valid.policy(), lock));
    };
  }

  private static ProblemException refused(
      PolicyParseResult.Invalid invalid, @Nullable String name) {
    String file = name == null ? "policy.toml" : Excerpt.of(name);
    return new ProblemException(
        invalid.mistakes().stream()
            .map(each -> new Problem(ErrorCode.MALFORMED_INPUT, each.in(file)))
            .toList(),
        null);
  }

  private static PolicyCheckReply reply(PolicyTrialReport report) {
    return new PolicyCheckReply(
        report.judged(),
        report.complete(),
        report.withheld(),
        report.released(),
        report.changes().stream().map(PolicyHandlers::change).toList(),
        report.unjudged().stream()
            .map(
                each ->
                    new NotEvaluatedInfo(
                        each.name(), each.version(), each.unavailable(), each.why()))
            .toList());
  }

  private static PolicyChangeInfo change(PolicyTrialReport.Change change) {
    return new PolicyChangeInfo(
        change.name(),
        change.version(),
        verdict(change.before()),
        verdict(change.after()),
        change.alone().entrySet().stream()
            .map(each -> part(each.getKey(), each.getValue()))
            .toList());
  }

  private static PolicyPartInfo part(PolicyPart part, PolicyTrialReport.Outcome side) {
    return new PolicyPartInfo(
        part.code(), kind(side), side.served(), side.until(), side.code(), side.detail());
  }

  private static PolicyVerdictInfo verdict(PolicyTrialReport.Outcome side) {
    return new PolicyVerdictInfo(
        kind(side), side.served(), side.until(), side.code(), side.detail());
  }

  private static PolicyVerdictInfo.Kind kind(PolicyTrialReport.Outcome side) {
    return KebabCase.parse(PolicyVerdictInfo.Kind.class, side.kind()).orElseThrow();
  }
}
