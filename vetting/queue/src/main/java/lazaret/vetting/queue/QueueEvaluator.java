package lazaret.vetting.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lazaret.vetting.advisory.FeedAge;
import lazaret.vetting.deskapi.requests.QueueGroupsRequest.Role;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.gate.evaluation.CrateStates;
import lazaret.vetting.gate.store.QueuedRequest;
import lazaret.vetting.index.DependencyKind;
import lazaret.vetting.index.IndexDependency;
import lazaret.vetting.index.StoredLine;
import lazaret.vetting.inspect.Findings;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.policy.ApproverPolicy;
import lazaret.vetting.policy.Reason;
import lazaret.vetting.policy.Verdict;
import lazaret.vetting.policy.rules.Rulebook;
import lazaret.vetting.policy.rules.Rulebook.CrateGeneration;
import lazaret.vetting.queue.QueueEvaluation.Need;
import org.jspecify.annotations.Nullable;

/// The evaluation of queued versions by the stored data of their crates. It never asks upstream.
/// Thread-safe; blocks.
final class QueueEvaluator {
  /// The maximum number of requirements of one version that are kept.
  private static final int MAX_NEEDS = 500;

  private final CrateStates files;

  QueueEvaluator(CrateStates files) {
    this.files = files;
  }

  /// The rules at one moment.
  ///
  /// @param rulebook the rulebook in force
  /// @param age the age of the feeds
  /// @param now the moment
  record Basis(Rulebook rulebook, FeedAge age, Instant now) {
    CrateGeneration generation(QueuedRequest request) {
      return rulebook.crateGeneration(request.id().name(), age);
    }
  }

  /// Returns the rules at a moment.
  Basis basis(Instant now) {
    Rulebook rulebook = files.rulebook();
    return new Basis(rulebook, rulebook.age(now), now);
  }

  /// Evaluates the version of a request.
  QueueEvaluation evaluate(QueuedRequest request, Basis basis) {
    CrateState file = files.find(request.id().name()).orElse(null);
    StoredLine line = file == null ? null : file.line(request.id().version()).orElse(null);
    if (file == null || line == null) {
      return new QueueEvaluation(
          null,
          List.of(),
          false,
          List.of(),
          List.of(),
          basis.now(),
          null,
          basis.generation(request));
    }
    Verdict verdict = file.evaluate(line, basis.rulebook(), basis.now());
    Findings findings = file.findings(line.entry().cksum()).orElse(null);
    return new QueueEvaluation(
        verdict,
        approvers(file, line, verdict, basis),
        findings != null,
        roles(findings),
        needs(line),
        basis.now(),
        verdict instanceof Verdict.Hold hold ? hold.until() : null,
        basis.generation(request));
  }

  private static List<String> approvers(
      CrateState file, StoredLine line, Verdict verdict, Basis basis) {
    ApproverPolicy policy = basis.rulebook().policy().evidence().approver();
    return verdict.has(Reason.Code.SECOND_PERSON_NEEDED)
        ? policy.counted(file.decisions(line.entry().version()), basis.now()).stream()
            .map(Decision::by)
            .toList()
        : List.of();
  }

  private static List<Role> roles(@Nullable Findings findings) {
    List<Role> roles = new ArrayList<>();
    if (findings != null && findings.facts().buildScript()) {
      roles.add(Role.BUILD_SCRIPT);
    }
    if (findings != null && findings.facts().procMacro()) {
      roles.add(Role.MACRO);
    }
    return roles;
  }

  private static List<Need> needs(StoredLine line) {
    return line.entry().deps().stream()
        .filter(dependency -> dependency.kind() != DependencyKind.DEV)
        .limit(MAX_NEEDS)
        .map(QueueEvaluator::need)
        .toList();
  }

  private static Need need(IndexDependency dependency) {
    return new Need(dependency.packageName().collisionKey(), dependency.req());
  }
}
