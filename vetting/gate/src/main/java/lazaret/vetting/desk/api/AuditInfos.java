package lazaret.vetting.desk.api;

import java.util.List;
import lazaret.vetting.audit.AuditConflict;
import lazaret.vetting.audit.AuditPath;
import lazaret.vetting.audit.AuditStatement;
import lazaret.vetting.audit.AuditStep;
import lazaret.vetting.audit.AuditVerdict;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.audits.AuditImportReport;
import lazaret.vetting.desk.audits.AuditReport;
import lazaret.vetting.deskapi.audits.AuditImportInfo;
import lazaret.vetting.deskapi.audits.AuditPathInfo;
import lazaret.vetting.deskapi.audits.AuditStatementInfo;
import lazaret.vetting.deskapi.audits.AuditStepInfo;
import lazaret.vetting.deskapi.audits.AuditVerdictInfo;
import lazaret.vetting.deskapi.audits.AuditVerdictInfo.Kind;
import lazaret.vetting.deskapi.audits.AuditViolationInfo;
import lazaret.vetting.deskapi.audits.CrateAuditsReply;
import lazaret.vetting.deskapi.audits.CriterionAuditsInfo;
import lazaret.vetting.text.KebabCase;
import org.jspecify.annotations.Nullable;

/// The conversion of values about audits to records of the API.
final class AuditInfos {
  private AuditInfos() {}

  static AuditVerdictInfo verdict(AuditVerdict verdict) {
    return switch (verdict) {
      case AuditVerdict.Fully fully -> met(Kind.FULLY, fully.paths());
      case AuditVerdict.Partially partially -> met(Kind.PARTIALLY, partially.paths());
      case AuditVerdict.WithExemptions exempted -> met(Kind.WITH_EXEMPTIONS, exempted.paths());
      case AuditVerdict.NotVetted none ->
          new AuditVerdictInfo(Kind.NOT_VETTED, null, none.missing(), null, null);
      case AuditVerdict.Violated violated ->
          new AuditVerdictInfo(Kind.VIOLATED, null, null, violations(violated.conflicts()), null);
      case AuditVerdict.OtherBytes other ->
          new AuditVerdictInfo(Kind.OTHER_BYTES, null, null, null, other.seen());
    };
  }

  private static AuditVerdictInfo met(Kind kind, List<AuditPath> paths) {
    return new AuditVerdictInfo(
        kind,
        paths.stream()
            .map(
                each ->
                    new AuditPathInfo(
                        each.criterion(), each.steps().stream().map(AuditInfos::step).toList()))
            .toList(),
        null,
        null,
        null);
  }

  static List<AuditViolationInfo> violations(List<AuditConflict> conflicts) {
    return conflicts.stream().map(AuditInfos::violation).toList();
  }

  private static AuditViolationInfo violation(AuditConflict conflict) {
    return new AuditViolationInfo(
        conflict.peer(),
        conflict.versions(),
        conflict.criteria(),
        conflict.who(),
        conflict.notes(),
        conflict.namesVersion(),
        CrateInfos.optional(conflict.contradicts(), AuditInfos::step));
  }

  private static AuditStepInfo step(AuditStep step) {
    return new AuditStepInfo(
        kind(step.kind()),
        step.peer(),
        CrateInfos.optional(step.from(), Object::toString),
        step.to().toString(),
        step.who());
  }

  private static AuditStepInfo.Kind kind(AuditStep.Kind kind) {
    return switch (kind) {
      case AUDIT -> AuditStepInfo.Kind.AUDIT;
      case WILDCARD -> AuditStepInfo.Kind.WILDCARD;
      case TRUSTED -> AuditStepInfo.Kind.TRUSTED;
      case EXEMPTION -> AuditStepInfo.Kind.EXEMPTION;
      case UNPUBLISHED -> AuditStepInfo.Kind.UNPUBLISHED;
    };
  }

  static AuditImportInfo imported(AuditImportReport imported) {
    return new AuditImportInfo(
        imported.peer(),
        imported.source(),
        imported.at(),
        imported.crates(),
        imported.entries(),
        imported.bound(),
        imported.exempted(),
        imported.warnings());
  }

  static CrateAuditsReply report(AuditReport report) {
    AuditReport.OfVersion version = report.version();
    CrateId id = version == null ? null : version.id();
    return new CrateAuditsReply(
        report.name(),
        id == null ? null : id.version(),
        id == null ? null : id.cksum(),
        criteria(version),
        report.statements().stream().map(AuditInfos::statement).toList());
  }

  private static List<CriterionAuditsInfo> criteria(AuditReport.@Nullable OfVersion version) {
    return version == null
        ? List.of()
        : version.criteria().stream().map(AuditInfos::criterion).toList();
  }

  private static CriterionAuditsInfo criterion(AuditReport.Reach reach) {
    AuditVerdictInfo verdict = verdict(reach.verdict());
    return new CriterionAuditsInfo(
        reach.criterion(),
        verdict.verdict(),
        verdict.paths(),
        verdict.missing(),
        verdict.violations(),
        verdict.seen());
  }

  private static AuditStatementInfo statement(AuditStatement statement) {
    return new AuditStatementInfo(
        statement.peer(),
        KebabCase.parse(AuditStatementInfo.Kind.class, statement.kind()).orElseThrow(),
        statement.about(),
        statement.criteria(),
        statement.who(),
        statement.notes());
  }
}
